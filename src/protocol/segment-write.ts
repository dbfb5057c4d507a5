import {
  type ActorId,
  arm,
  type Delivery,
  disarm,
  type Effect,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { signal } from '../engine/signal.ts';
import type { DiskDone, Write } from './messages.ts';
import type { Ready } from './messages-membership.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import type { LogRecord } from './record.ts';
import { copyOf, counted, type Segment, STEP } from './segment.ts';
import { ackOf, diskJob, inBackground } from './segment-background.ts';
import { hear } from './segment-backup.ts';
import { learnt, refusal, staleness } from './segment-epochs.ts';
import { hold } from './segment-hold.ts';
import { askIfNewer } from './segment-membership.ts';

/**
 * Step 1: into the incoming queue, in memory; the disk is asked to persist (SIGMOD'17 §3.3). A writer
 * that was replaced is refused (SIGMOD'18 §2.4).
 */
export function receive(segment: Segment, { message, from }: Delivery<Write>): Outcome<Segment> {
  const { records, epochs } = message;
  const reason = staleness(segment, epochs);
  if (reason !== null) return refusal(segment, { from, what: 'WRITE', reason, epochs });
  const effects: Effect[] = [...askIfNewer(segment, from, epochs)];
  const next = copyOf(learnt(segment, message, effects));
  next.writer = from;
  hear(next, message);
  next.steps = counted(segment.steps, STEP.receive);
  const job = { kind: 'write', write: message, from } as const;
  effects.push(
    send(segment.host, diskJob(segment, job)),
    ...ackedAtOnce(segment, message, from),
    note({
      type: 'received',
      segment: segment.id,
      first: firstOf(records),
      last: lastOf(records),
      count: records.length,
    }),
  );
  return [next, effects];
}

/** Under a mutation: acknowledged before the disk has it. */
function ackedAtOnce(segment: Segment, { records }: Write, from: ActorId): readonly Effect[] {
  if (!mutated(segment.mutations, 'ack-before-persist')) return [];
  return [send(from, ackOf(hold(segment, records), records))];
}
/** A replaced member takes nothing more: whoever sends to it has not heard of that. */
export const refuseWrite = (
  segment: Segment,
  { message, from }: Delivery<Write>,
): Outcome<Segment> => {
  const { epochs } = message;
  const reason = staleness(segment, epochs) ?? 'stale-membership-epoch';
  return refusal(segment, { from, what: 'WRITE', reason, epochs });
};

/**
 * Step 2 is done: the batch is on disk, so it is acknowledged with the SCL (SIGMOD'17 §4.2.1). Step 3
 * sorts it into the log and sees gaps; the background steps are set going. A promise given to a new
 * writer while the batch waited for the disk comes first: the batch does not count.
 */
export function persist(segment: Segment, delivery: Delivery<DiskDone>): Outcome<Segment> {
  const { job, tookUs } = delivery.message;
  if (job.kind !== 'write') return [segment, []];
  const { records, epochs } = job.write;
  const reason = staleness(segment, epochs);
  if (reason !== null) return refusal(segment, { from: job.from, what: 'WRITE', reason, epochs });
  const held = hold(segment, records);
  const effects: Effect[] = [
    note({
      type: 'persisted',
      segment: segment.id,
      host: segment.host,
      first: firstOf(records),
      last: lastOf(records),
      count: records.length,
      sclFrom: segment.scl,
      sclTo: held.scl,
      diskUs: tookUs,
    }),
    send(job.from, ackOf(held, records)),
  ];
  const gap = newGap(segment, held);
  if (gap !== null) effects.push(note({ type: 'gap-found', segment: segment.id, ...gap }));
  return inBackground(held, effects);
}

/** The gap below the first waiting record, when it was not there before. */
function newGap(before: Segment, after: Segment): { after: number; before: number } | null {
  const first = after.ahead[0];
  if (first === undefined || first === before.ahead[0]) return null;
  return { after: after.scl, before: first.lsn };
}

const firstOf = (records: readonly LogRecord[]): number => records[0]?.lsn ?? 0;
const lastOf = (records: readonly LogRecord[]): number => records[records.length - 1]?.lsn ?? 0;

/** The host is gone: everything in memory with it; log and pages are on disk (SIGMOD'17 §3.3). */
export function hostDown(segment: Segment): Outcome<Segment> {
  const next = copyOf(segment);
  next.built = [];
  next.reads = [];
  next.coalescing = [];
  next.gossiping = false;
  next.collecting = false;
  next.quietTicks = 0;
  next.heldSinceUs = null;
  next.backup = { ...segment.backup, due: false };
  next.scrub = { due: false, soundAt: 0, bad: [] };
  return [next, [disarm('*'), note({ type: 'segment-state', segment: segment.id, state: 'down' })]];
}

/** The host is back: ask a peer at once what was missed. */
export function hostUp(segment: Segment): Outcome<Segment> {
  const effects: Effect[] = [
    note({ type: 'segment-state', segment: segment.id, state: 'catching up' }),
    arm('gossip', { fromUs: 1_000, toUs: 5_000 }, signal('GOSSIP_TICK')),
  ];
  const next = copyOf(segment);
  next.gossiping = true;
  return inBackground(next, effects);
}

/** The segment lacks nothing that its peers have: the writer and the host hear of it. */
export function caughtUp(segment: Segment): Outcome<Segment> {
  const { id, host, writer } = segment;
  const ready: Ready = { type: 'READY', segment: id };
  return [
    segment,
    [
      note({ type: 'segment-state', segment: id, state: 'complete' }),
      send(writer, ackOf(segment, [])),
      send(host, ready),
    ],
  ];
}
