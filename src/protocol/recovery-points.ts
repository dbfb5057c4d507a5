import type { Lsn } from '../database/ids.ts';
import type { TruncationRange } from './epochs.ts';
import type { LogRecord } from './record.ts';

/** What one member told recovery of its log: annulled records are not in it. */
export interface Answer {
  readonly scl: Lsn;
  /** The writer's VDL as the member last heard of it: everything up to there is durable. */
  readonly hint: Lsn;
  /** The group's last record at or below where `records` begin. */
  readonly tail: Lsn;
  /** Every record that it holds above its hint, or its SCL if that is lower, in order, holes or not. */
  readonly records: readonly LogRecord[];
}

/**
 * How far a group is believed to be complete: by the records that the answers hold together, or by the
 * greatest SCL among them, which is unsafe when the writer counted single records.
 */
export type RecoveryRule = 'union' | 'max-scl';

/** What recovery finds of one group. */
interface RecoveredGroup {
  /** Everything of the group up to here is held by those who answered. */
  readonly complete: Lsn;
  /** Its last record at or below the recovered VDL. */
  readonly tail: Lsn;
  /** Records at or below the recovered VDL that fewer than a quorum may hold, in order. */
  readonly surviving: readonly LogRecord[];
  /** All that the answers hold of it at or below the recovered VDL, in order. */
  readonly records: readonly LogRecord[];
}

/** The volume's points as a read quorum of every group gives them back. */
export interface Recovered {
  readonly vcl: Lsn;
  readonly vdl: Lsn;
  /** Everything up to here was known to be durable before anything was computed. */
  readonly floor: Lsn;
  readonly groups: readonly RecoveredGroup[];
  /** Records found above the recovered VDL. */
  readonly annulled: readonly LogRecord[];
}

/**
 * The points of a volume whose writer is gone (SIGMOD'17 §4.3, '18 §2.4). Per group, what the answers
 * hold without a gap; over all groups, the volume chain from the highest VDL that any member was told of
 * (protocol choice: the papers keep that chain as a fallback and leave the rule open); VDL is the highest
 * consistency point at or below. Acknowledged work is always inside, other work may be. Every group's
 * answers must be those of a read quorum.
 */
export function recoverPoints(
  groups: readonly (readonly Answer[])[],
  rule: RecoveryRule,
): Recovered {
  const floor = Math.max(...groups.flat().map(({ hint }) => hint));
  const found = groups.map(unionOf);
  const complete = groups.map((answers, i) => completeOf(answers, found[i] ?? [], rule));
  const inOrder = found.flat().sort(byLsn);
  const { vcl, vdl } = alongTheVolume(inOrder, floor, ({ group }) => complete[group] ?? 0);
  return {
    vcl,
    vdl,
    floor,
    groups: groups.map((answers, i) => {
      const records = (found[i] ?? []).filter(({ lsn }) => lsn <= vdl);
      const last = records[records.length - 1]?.lsn ?? 0;
      const tail = Math.max(last, ...answers.map((answer) => answer.tail));
      const surviving = records.filter(({ lsn }) => lsn > floor);
      return { complete: complete[i] ?? 0, tail, surviving, records };
    }),
    annulled: inOrder.filter(({ lsn }) => lsn > vdl),
  };
}

const byLsn = (a: LogRecord, b: LogRecord): number => a.lsn - b.lsn;

/** The records that the answers hold together, each once, in order. */
function unionOf(answers: readonly Answer[]): readonly LogRecord[] {
  const found = new Map<Lsn, LogRecord>();
  for (const { records } of answers) for (const record of records) found.set(record.lsn, record);
  return [...found.values()].sort(byLsn);
}

/** Whoever has the greatest SCL has everything up to there; the others may continue its chain. */
function completeOf(
  answers: readonly Answer[],
  found: readonly LogRecord[],
  rule: RecoveryRule,
): Lsn {
  let complete = Math.max(0, ...answers.map(({ scl }) => scl));
  if (rule === 'max-scl') return complete;
  for (const { lsn, prevSegmentLsn } of found) {
    if (prevSegmentLsn > complete) break;
    complete = Math.max(complete, lsn);
  }
  return complete;
}

/** The volume chain from a point known to be complete, as long as each record has its group behind it. */
function alongTheVolume(
  inOrder: readonly LogRecord[],
  floor: Lsn,
  completeOf: (record: LogRecord) => Lsn,
): Pick<Recovered, 'vcl' | 'vdl'> {
  let vcl = floor;
  let vdl = floor;
  for (const record of inOrder) {
    if (record.lsn <= vcl) continue;
    if (record.prevVolumeLsn > vcl || record.lsn > completeOf(record)) break;
    vcl = record.lsn;
    if (record.cpl) vdl = vcl;
  }
  return { vcl, vdl };
}

/**
 * What a recovery annuls: everything above its VDL up to an LSN that no earlier writer can have given
 * (SIGMOD'17 §4.3). A writer that recovered before may have given LSNs above its own range before any of
 * them became durable, so the bound starts from the highest range (protocol choice).
 */
export function rangeAfter(
  epoch: number,
  vdl: Lsn,
  ranges: readonly TruncationRange[],
  allocationLimit: number,
): TruncationRange {
  const highest = Math.max(vdl, ...ranges.map(({ upTo }) => upTo));
  return { epoch, above: vdl, upTo: highest + allocationLimit };
}

/** Whether a recovery annulled a record: it was issued before the recovery, above what it kept. */
export const isAnnulled = (
  ranges: readonly TruncationRange[],
  { lsn, epoch }: Pick<LogRecord, 'lsn' | 'epoch'>,
): boolean =>
  ranges.length > 0 &&
  ranges.some((range) => epoch < range.epoch && lsn > range.above && lsn <= range.upTo);
