import type { Lsn } from '../database/ids.ts';
import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Attach, Attached, Feedback, Stream } from './messages.ts';
import type { GeometryIs, NewGroup } from './messages-growth.ts';
import { note } from './note.ts';
import { keepPart, resume } from './stream-resume.ts';
import { copyOf, type ReplicaLink, type Writer } from './writer.ts';
import { readViewEnded } from './writer-wake.ts';

/** A replica that leaves the stream unanswered this long no longer holds back collection (protocol choice). */
const FORGET_REPLICA_US = 2_000_000;
/** Between two looks at replicas that have not said that they have everything (protocol choice). */
const PROBE_EVERY_US = 1_000_000;
/** Feedback comes every 100 ms while there is something to tell: so long a silence is odd. */
const SILENCE_US = 500_000;

/** Asks for the network's next turn, if there is anybody to tell (SIGMOD'18 §3.2). */
export function streamSoon(writer: Mutable<Writer>, effects: Effect[]): void {
  if (writer.streaming || writer.replicas.length === 0) return;
  effects.push(arm('stream', { table: 'build' }, signal('SEND_STREAM')));
  writer.streaming = true;
}

/** Whole mini-transactions and the VDL go to every replica; nobody waits for them (SIGMOD'18 §3.3). */
export function sendStream(
  writer: Writer,
  { atUs }: Delivery<Signal<'SEND_STREAM'>>,
): Outcome<Writer> {
  const replicas = writer.replicas.map((link) => (isForgotten(link, atUs) ? detached(link) : link));
  const listening = replicas.filter(({ attached }) => attached);
  const next = copyOf(writer);
  next.replicas = replicas;
  next.streaming = false;
  return streamTo(next, listening, atUs);
}

/** The next part of the stream, empty or not, to the replicas named. */
function streamTo(
  writer: Mutable<Writer>,
  listening: readonly ReplicaLink[],
  atUs: Micros,
): Outcome<Writer> {
  const { outbox, volume, vdlAtUs, epoch } = writer;
  const sequence = writer.sequence + 1;
  const stream: Stream = {
    type: 'STREAM',
    epoch,
    sequence,
    records: outbox,
    vdl: volume.vdl,
    vdlAtUs,
    geometry: writer.unstreamed ? geometryOf(writer) : null,
  };
  const effects: Effect[] = listening.map(({ id }) => send(id, stream));
  effects.push(
    note({
      type: 'stream-sent',
      replicas: listening.length,
      records: outbox.length,
      first: outbox[0]?.lsn ?? null,
      last: outbox[outbox.length - 1]?.lsn ?? null,
      vdl: volume.vdl,
    }),
  );
  if (!writer.probing) effects.push(arm('probe', PROBE_EVERY_US, signal('PROBE')));
  writer.replicas = writer.replicas.map((link) =>
    link.silentSinceUs === null ? heard(link, link.readPoint, atUs) : link,
  );
  keepPart(writer, stream, atUs);
  writer.outbox = [];
  writer.unstreamed = false;
  writer.sequence = sequence;
  writer.probing = true;
  return [writer, effects];
}

/** Arranges a look at the replicas, if none is due. */
export function probeSoon(writer: Mutable<Writer>, effects: Effect[]): void {
  if (writer.probing || writer.replicas.length === 0) return;
  effects.push(arm('probe', PROBE_EVERY_US, signal('PROBE')));
  writer.probing = true;
}

/** The first part of a new writer's stream, to everybody: who followed another attaches anew. */
export function streamToAll(
  writer: Mutable<Writer>,
  atUs: Micros,
  effects: readonly Effect[],
): Outcome<Writer> {
  const [next, sent] = streamTo(writer, writer.replicas, atUs);
  return [next, [...effects, ...sent]];
}

const isForgotten = ({ silentSinceUs }: ReplicaLink, atUs: Micros): boolean =>
  silentSinceUs !== null && atUs - silentSinceUs >= FORGET_REPLICA_US;

/** The link after word from its replica, or none. Written out, because this goes on all the time. */
const heard = (
  { id, sequence, attached }: ReplicaLink,
  readPoint: Lsn,
  silentSinceUs: Micros | null,
): ReplicaLink => ({ id, readPoint, sequence, silentSinceUs, attached });

const detached = (link: ReplicaLink): ReplicaLink => ({ ...link, attached: false });

/**
 * A replica that has not said for a while that it has everything may have lost the end of the stream:
 * one more part, sent to all and even to those given up, lets it see the gap (protocol choice).
 */
export function probe(writer: Writer, { atUs }: Delivery<Signal<'PROBE'>>): Outcome<Writer> {
  const replicas = writer.replicas.map((link) => (isForgotten(link, atUs) ? detached(link) : link));
  const next = copyOf(writer);
  next.probing = false;
  next.replicas = replicas;
  // Who waits for undo to be emptied may wait for a read view on a replica that is gone: ask.
  const waiting = writer.db.waiting.length > 0;
  if (!waiting && replicas.every(({ silentSinceUs }) => silentSinceUs === null)) return [next, []];
  const isSilent = replicas.some(({ silentSinceUs }) =>
    silentSinceUs === null ? waiting : atUs - silentSinceUs >= SILENCE_US,
  );
  if (isSilent) {
    const [after, effects] = streamTo(next, replicas, atUs);
    const more: Effect[] = [...effects];
    readViewEnded(next, more);
    return [after, more];
  }
  next.probing = true;
  return [next, [arm('probe', PROBE_EVERY_US, signal('PROBE'))]];
}

/** A replica says how old a version its reads may still need (SIGMOD'17 §4.2.3). */
export function heed(writer: Writer, { message, atUs }: Delivery<Feedback>): Outcome<Writer> {
  const { replica, readPoint, sequence } = message;
  const silentSinceUs = sequence >= writer.sequence ? null : atUs;
  const next = copyOf(writer);
  next.replicas = writer.replicas.map((link) =>
    link.id === replica && link.attached
      ? {
          ...heard(link, Math.max(link.readPoint, readPoint), silentSinceUs),
          sequence: Math.max(link.sequence, sequence),
        }
      : link,
  );
  const effects: Effect[] = [];
  readViewEnded(next, effects);
  return [next, effects];
}

/** A replica that missed part of the stream goes on where it was, if it can; otherwise it joins anew. */
export const attach = (writer: Writer, delivery: Delivery<Attach>): Outcome<Writer> =>
  resume(writer, delivery) ?? joined(writer, delivery);

/**
 * A replica joins with an empty cache: no data are copied (protocol choice of order: its read point is
 * registered before it learns VDL, so that nothing it may ask for is collected).
 */
function joined(writer: Writer, { message }: Delivery<Attach>): Outcome<Writer> {
  const { volume, groups, vdlAtUs, sequence, db, outbox, epoch, ranges } = writer;
  const link: ReplicaLink = {
    id: message.replica,
    readPoint: volume.vdl,
    sequence,
    silentSinceUs: null,
    attached: true,
  };
  const unsent = outbox[0]?.lsn ?? Number.MAX_SAFE_INTEGER;
  const sent = volume.pending.slice(0).filter(({ lsn }) => lsn < unsent);
  const attached: Attached = {
    type: 'ATTACHED',
    epoch,
    ranges,
    sequence,
    vdl: volume.vdl,
    vdlAtUs,
    tails: [...groups].map(({ durableTail }) => durableTail),
    geometry: geometryOf(writer),
    history: db.history,
    records: sent,
  };
  const others = writer.replicas.filter(({ id }) => id !== link.id);
  const next = copyOf(writer);
  next.replicas = [...others, link];
  return [next, [send(link.id, attached)]];
}

/** The groups that the volume has got by growing, as replicas have to know them (SIGMOD'18 §4.1). */
function geometryOf({ groups, settings }: Writer): GeometryIs {
  const { firstGroups, firstLsn: lsn } = settings;
  const appended: NewGroup[] = [];
  for (let id = firstGroups; id < groups.length; id++) {
    const membership = groups.at(id)?.membership;
    if (membership !== undefined) appended.push({ membership, lsn });
  }
  return { type: 'GEOMETRY', epoch: groups.at(0)?.epochs.geometry ?? 1, groups: appended };
}
