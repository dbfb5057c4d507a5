import type { Lsn, PageNo } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { InvariantError } from '../engine/assert.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { TruncationRange } from './epochs.ts';
import { type Membership, placeOf, readSet } from './membership.ts';
import { satisfies } from './quorum.ts';
import type { Answer, Recovered } from './recovery-points.ts';
import type { SegmentId } from './topology.ts';
import type { Writer, WriterGroup } from './writer.ts';

/** What was not heard is asked again after this long (protocol choice). */
export const RECOVERY_AGAIN_US = 200_000;

/** One member's answer to the recovery read. */
export interface Heard extends Answer {
  readonly segment: SegmentId;
}

/** What recovery has heard of one group. */
export interface GroupPoll {
  readonly answers: readonly Heard[];
  /** Members that have recorded the truncation range. */
  readonly truncated: readonly SegmentId[];
}

/** Up to where the cache of an instance that was promoted is current. */
export interface Warm {
  readonly vdl: Lsn;
  /** By group, its last record at or below that. */
  readonly tails: readonly Lsn[];
}

/** What an instance that opens the volume has found out so far. Memory: a crash begins it anew. */
export interface Recovery {
  /** The epoch that its claim follows upon. */
  readonly expected: number;
  readonly sinceUs: Micros;
  /** Null when the cache is empty. */
  readonly warm: Warm | null;
  readonly polls: readonly GroupPoll[];
  /** Every group has a read quorum: late answers are waited for a little longer. */
  readonly isEnough: boolean;
  readonly found: Recovered | null;
  /** What it annuls; null until that is known. */
  readonly range: TruncationRange | null;
  /** The control plane has it on record, so segments may hear of it. */
  readonly isRecorded: boolean;
  /** Pages of the catalogue and of undo: those it needs, and those it has. */
  readonly wanted: readonly PageNo[];
  readonly pages: readonly Page[];
  /** Every other instance of the cluster. */
  readonly others: readonly ActorId[];
}

/** A recovery that wants to follow upon the epoch `expected`, and has heard nobody yet. */
export const newRecovery = (expected: number, sinceUs: Micros, warm: Warm | null): Recovery => ({
  expected,
  sinceUs,
  warm,
  polls: [],
  isEnough: false,
  found: null,
  range: null,
  isRecorded: false,
  wanted: [],
  pages: [],
  others: [],
});

/** The recovery of a writer whose chart says that it is recovering. */
export function recoveryOf({ id, recovery }: Writer): Recovery {
  if (recovery === null) throw new InvariantError(`${id} is not recovering the volume`);
  return recovery;
}

/** The points of a recovery that is past its poll. */
export function foundBy(writer: Writer): Recovered {
  const { found } = recoveryOf(writer);
  if (found === null) throw new InvariantError(`${writer.id} does not know the points yet`);
  return found;
}

/** Whether an answer counts: a member that is still being filled may lack what is durable. */
const counts = (membership: Membership, segment: SegmentId): boolean => {
  const place = placeOf(membership, segment);
  return place?.member === segment || place?.replacement?.hydrated === true;
};

/** The answers that the points of a group may be computed from. */
export const countedAnswers = (
  { membership }: WriterGroup,
  { answers }: GroupPoll,
): readonly Heard[] => answers.filter(({ segment }) => counts(membership, segment));

/** Whether a read quorum of the group has answered (SIGMOD'17 §4.3). */
export const hasReadQuorum = ({ membership }: WriterGroup, { answers }: GroupPoll): boolean =>
  satisfies(readSet(membership), (member) => answers.some(({ segment }) => segment === member));

/** Whether the members for which a predicate holds are a write quorum of the group. */
export const isWriteQuorum = (
  { quorum }: WriterGroup,
  holds: (member: number) => boolean,
): boolean => satisfies(quorum, holds);
