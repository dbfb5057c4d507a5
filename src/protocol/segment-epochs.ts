import type { Lsn } from '../database/ids.ts';
import { AppendLog } from '../engine/append-log.ts';
import {
  type ActorId,
  type Delivery,
  type Effect,
  type Message,
  type Outcome,
  send,
} from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Epochs, TruncationRange } from './epochs.ts';
import type { RefusalReason, Refused } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import type { LogRecord } from './record.ts';
import { isAnnulled } from './recovery-points.ts';
import { copyOf, type Segment, type StoredPage } from './segment.ts';

/** What a message presents of the volume's state: how new its sender's knowledge is. */
interface Presented {
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
}

/**
 * Why a request cannot be served: its sender's knowledge is older than this segment's (SIGMOD'18 §2.4).
 * Null when it is as new, or newer.
 */
export function staleness(segment: Segment, presented: Epochs): RefusalReason | null {
  const { volume, membership, geometry } = segment.epochs;
  if (presented.volume < volume && !mutated(segment.mutations, 'no-volume-epoch-check'))
    return 'stale-volume-epoch';
  if (presented.membership < membership) return 'stale-membership-epoch';
  return presented.geometry < geometry ? 'stale-geometry-epoch' : null;
}

/** Which of the three epochs a refusal is about. */
const EPOCH_OF = {
  'stale-volume-epoch': 'volume',
  'stale-membership-epoch': 'membership',
  'stale-geometry-epoch': 'geometry',
} as const satisfies Readonly<Record<RefusalReason, keyof Epochs>>;

/** Tells a sender that it is out of date, and with what: it refreshes its state with one more request. */
export function refusal(
  segment: Segment,
  { from, what, reason, epochs }: Omit<Refusal, 'segment'>,
): Outcome<Segment> {
  const { id, group } = segment;
  const refused: Refused = {
    type: 'REFUSED',
    segment: id,
    group,
    reason,
    epochs: segment.epochs,
  };
  return [segment, [send(from, refused), refusalNote({ segment, from, what, reason, epochs })]];
}

/**
 * What a writer wants of a segment, whoever opens the volume being one: refused when it is out of date
 * (SIGMOD'18 §2.4), else done by a segment that knows what the writer knows, and answers to it from now on.
 */
export function asWriterBids(
  segment: Segment,
  { type, message, from }: Delivery<Message & Presented>,
  then: (next: Mutable<Segment>, effects: Effect[]) => Outcome<Segment>,
): Outcome<Segment> {
  const { epochs } = message;
  const reason = staleness(segment, epochs);
  if (reason !== null) return refusal(segment, { from, what: type, reason, epochs });
  const effects: Effect[] = [];
  const next = copyOf(learnt(segment, message, effects));
  next.writer = from;
  return then(next, effects);
}

interface Refusal {
  readonly segment: Segment;
  readonly from: ActorId;
  /** The kind of message. */
  readonly what: string;
  readonly reason: RefusalReason;
  readonly epochs: Epochs;
}

/** That a request was refused: what it was, and the epochs in question on both sides. */
export const refusalNote = ({ segment, from, what, reason, epochs }: Refusal): Effect =>
  note({
    type: 'refused',
    segment: segment.id,
    sender: from,
    what,
    reason,
    presented: epochs[EPOCH_OF[reason]],
    known: segment.epochs[EPOCH_OF[reason]],
  });

/** Whether a sender knows less of the volume epoch, or of what was annulled in it, than this segment. */
export const knowsLess = ({ epochs, ranges }: Presented, segment: Segment): boolean =>
  epochs.volume < segment.epochs.volume || ranges.length < segment.ranges.length;

/**
 * The segment after a message that may know of a newer volume epoch or of a truncation range: it adopts
 * both at once, persistently, and drops what was annulled before it serves anything (SIGMOD'18 §2.4; how
 * late learners find out is a protocol choice). What it was told by peers of the time before counts no
 * more.
 */
export function learnt(segment: Segment, presented: Presented, effects: Effect[]): Segment {
  const { epochs, ranges } = presented;
  const isNewer = epochs.volume > segment.epochs.volume;
  const learnsRanges = ranges.length > segment.ranges.length;
  if (!isNewer && !learnsRanges) return segment;
  const next = copyOf(segment);
  if (isNewer) {
    const { membership, geometry } = segment.epochs;
    next.epochs = { volume: epochs.volume, membership, geometry };
    effects.push(
      note({
        type: 'epoch-adopted',
        segment: segment.id,
        from: segment.epochs.volume,
        to: epochs.volume,
      }),
    );
  }
  if (learnsRanges) {
    next.ranges = ranges;
    annul(next);
    effects.push(truncatedNote(segment, next));
  }
  next.peerScl = segment.peerScl.map(() => 0);
  next.allCompleteTo = 0;
  next.quietTicks = 0;
  return next;
}

function truncatedNote(before: Segment, after: Segment): Effect {
  const range = after.ranges[after.ranges.length - 1];
  const held = ({ log, ahead }: Segment): number => log.length + ahead.length;
  return note({
    type: 'truncated',
    segment: after.id,
    epoch: range?.epoch ?? 0,
    above: range?.above ?? 0,
    upTo: range?.upTo ?? 0,
    dropped: held(before) - held(after),
    sclFrom: before.scl,
    sclTo: after.scl,
  });
}

/**
 * Drops every annulled record, and the page images made with one. Records that follow in the log go with
 * it: they can only be annulled as well. SCL may go down here and nowhere else. Base pages stay, because
 * nothing above PGMRPL is ever folded into them.
 */
function annul(segment: Mutable<Segment>): void {
  const { log, ranges } = segment;
  if (mutated(segment.mutations, 'keep-annulled')) return;
  segment.ahead = segment.ahead.filter((record) => !isAnnulled(ranges, record));
  const first = firstAnnulled(log, ranges);
  if (first === null) return;
  segment.scl = log.at(first)?.prevSegmentLsn ?? segment.scl;
  segment.log = AppendLog.of(log.slice(0, first));
  segment.gossipTarget = Math.min(segment.gossipTarget, segment.scl);
  segment.built = segment.built.filter(({ lsn }) => lsn <= segment.scl);
  segment.pages = segment.pages.map((page, index) => withoutAnnulled(segment, page, index));
}

function firstAnnulled(
  log: AppendLog<LogRecord>,
  ranges: readonly TruncationRange[],
): number | null {
  for (let i = 0; ; i++) {
    const record = log.at(i);
    if (record === undefined) return null;
    if (isAnnulled(ranges, record)) return i;
  }
}

function withoutAnnulled(segment: Segment, stored: StoredPage, index: number): StoredPage {
  if (stored.head <= segment.scl) return stored;
  const versions = stored.versions.filter(({ lsn }) => lsn <= segment.scl);
  // Versions are in the order of their LSNs: those that go are the last ones.
  const sums = stored.sums.slice(0, versions.length);
  const newest = versions[versions.length - 1]?.lsn ?? 0;
  let head: Lsn = newest;
  let chain = 0;
  for (const record of segment.log) {
    if (record.page !== segment.firstPage + index || record.lsn <= newest) continue;
    head = record.lsn;
    chain++;
  }
  return { versions, sums, head, chain };
}

/** Those of a peer's records that were not annulled: a peer may not know yet. */
export const liveOf = (segment: Segment, records: readonly LogRecord[]): readonly LogRecord[] =>
  segment.ranges.length === 0
    ? records
    : records.filter((record) => !isAnnulled(segment.ranges, record));
