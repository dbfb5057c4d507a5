import { databaseWith, openDatabase } from '../database/database.ts';
import { emptyCache, type PageCache } from '../database/page-cache.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import { Vector } from '../engine/vector.ts';
import { heartbeatSoon } from './heartbeat.ts';
import type { Instance } from './instance.ts';
import { note } from './note.ts';
import { newRecovery, RECOVERY_AGAIN_US, recoveryOf, type Warm } from './recovery.ts';
import type { OpenVolume, Role, TakeOver, VolumeOpened } from './recovery-messages.ts';
import { poll } from './recovery-poll.ts';
import type { Replica } from './replica.ts';
import { abandonReads } from './replica-sessions.ts';
import { seatsOf } from './seats.ts';
import { CONTROL } from './topology.ts';
import { copyOf, newGroup, newWriter, type Writer } from './writer.ts';

const PROMOTED = 'The replica is about to become the writer: run the statement again.';

/** A replica is to become the writer: it keeps its cache, and recovers the volume (SIGMOD'18 §3.2). */
export function takeOver(
  replica: Replica,
  { message, atUs }: Delivery<TakeOver>,
): Outcome<Instance> {
  const warm: Warm = {
    vdl: replica.vdl,
    tails: [...replica.groups].map(({ tail }) => tail),
  };
  const [, told] = abandonReads(replica, PROMOTED);
  const [writer, effects] = claim(candidateOf(replica, replica.cache), message.epoch, warm, atUs);
  return [writer, [...told, ...effects]];
}

/** An instance that has started is still the writer: crash recovery, in place, with an empty cache. */
export function recoverInPlace(
  instance: Instance,
  { message, atUs }: Delivery<Role>,
): Outcome<Instance> {
  const writer = candidateOf(instance, emptyCache(instance.settings.cachePages));
  return claim(writer, message.epoch, null, atUs);
}

/** A writer that knows nothing yet: what it was told in its life before counts no more. */
export function candidateOf(instance: Instance, cache: PageCache): Writer {
  const { id, settings, boot, epoch, ranges, nextRequest } = instance;
  const lsn = instance.role === 'writer' ? instance.volume.vdl : instance.vdl;
  const layout = { groups: instance.groups.length, pagesPerGroup: settings.pagesPerGroup };
  const db = openDatabase(
    { ...layout, cacheCapacityPages: settings.cachePages },
    { nextTxn: 1, vdl: lsn },
  );
  const fresh = newWriter({
    role: 'writer',
    id,
    lsn,
    settings,
    groups: [...instance.groups],
    replicas: [],
    db: databaseWith(db, { cache }),
  });
  const commits = instance.role === 'writer' ? instance.counters.commits : instance.commits;
  const counters = { ...fresh.counters, commits };
  return { ...fresh, boot, epoch, ranges, nextRequest, counters };
}

function claim(
  writer: Writer,
  expected: number,
  warm: Warm | null,
  atUs: Micros,
): Outcome<Instance> {
  const next = { ...writer, recovery: newRecovery(expected, atUs, warm) };
  const effects: Effect[] = [disarm('*'), ...heartbeatSoon(next)];
  effects.push(note({ type: 'recovery', instance: writer.id, phase: 'claiming', epoch: expected }));
  askForVolume(next, effects);
  return [next, effects];
}

/** The answer may have been lost: the same claim again. */
export function claimAgain(writer: Writer, _: Delivery<Signal<'RECOVERY_AGAIN'>>): Outcome<Writer> {
  const effects: Effect[] = [];
  askForVolume(writer, effects);
  return [writer, effects];
}

function askForVolume(writer: Writer, effects: Effect[]): void {
  const { id, boot } = writer;
  const { expected } = recoveryOf(writer);
  const message: OpenVolume = { type: 'OPEN_VOLUME', instance: id, boot, expected };
  effects.push(
    send(CONTROL, message),
    arm('recovery', RECOVERY_AGAIN_US, signal('RECOVERY_AGAIN')),
  );
}

/** The epoch is this instance's alone: it may ask the segments, who keep the volume, what they hold. */
export function volumeOpened(writer: Writer, { message }: Delivery<VolumeOpened>): Outcome<Writer> {
  const { epoch, geometry, memberships, ranges, instances } = message;
  const { id, settings } = writer;
  const groups = memberships.map((membership) => {
    const epochs = { volume: epoch, membership: membership.epoch, geometry };
    const tail = writer.groups.at(membership.group)?.durableTail ?? 0;
    return newGroup({ ...seatsOf(membership, id, settings.hostsPerZone), epochs }, tail);
  });
  const next = copyOf(writer);
  next.epoch = epoch;
  next.ranges = ranges;
  next.groups = Vector.of(groups);
  next.recovery = {
    ...recoveryOf(writer),
    polls: groups.map(() => ({ answers: [], truncated: [] })),
    others: instances.filter((other) => other !== id),
  };
  const effects: Effect[] = [note({ type: 'recovery', instance: id, phase: 'polling', epoch })];
  poll(next, effects);
  return [next, effects];
}
