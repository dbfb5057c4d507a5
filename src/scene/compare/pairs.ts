import type { CommitMetric } from '../../history/answered-commits.ts';
import type { AuroraCommits } from '../../history/aurora-commits.ts';
import type { MirroredCommit, MirroredCommits } from '../../history/mirrored-commits.ts';
import type { Micros, TxnId } from '../view-types.ts';

/** What was committed on either system. */
export interface Both {
  readonly aurora: Pick<AuroraCommits, 'all' | 'isWhole' | 'keyOf' | 'recordOf' | 'recoveries'>;
  readonly mysql: Pick<MirroredCommits, 'all' | 'isWhole' | 'ofKey' | 'recoveries'>;
}

/** The same transaction on both systems: Aurora has answered it, MySQL perhaps not yet. */
export interface Pair {
  readonly aurora: CommitMetric;
  readonly mysql: MirroredCommit | null;
}

interface AnsweredPair extends Pair {
  readonly mysql: MirroredCommit;
}

const returnedUs = ({ returned }: CommitMetric): Micros => returned.timeUs;

/** Every transaction that both have answered by now, in the order of the later answers. */
export function pairsUpTo({ aurora, mysql }: Both, nowUs: Micros): readonly AnsweredPair[] {
  const byKey = new Map(aurora.all.map((commit) => [aurora.keyOf(commit.txn), commit]));
  const pairs: AnsweredPair[] = [];
  for (const commit of mysql.all) {
    if (commit.returnedUs > nowUs) break;
    const other = commit.key === null ? undefined : byKey.get(commit.key);
    if (other && returnedUs(other) <= nowUs) pairs.push({ aurora: other, mysql: commit });
  }
  return pairs;
}

/** The transaction asked for, or else the latest that both have answered. */
export function pairAt(both: Both, nowUs: Micros, asked: TxnId | null): Pair | null {
  const { aurora, mysql } = both;
  const chosen = asked === null ? undefined : aurora.all.find(({ txn }) => txn === asked);
  if (chosen && returnedUs(chosen) <= nowUs) {
    const key = aurora.keyOf(chosen.txn);
    const there = key === null ? null : mysql.ofKey(key);
    return { aurora: chosen, mysql: there && there.returnedUs <= nowUs ? there : null };
  }
  return pairsUpTo(both, nowUs).at(-1) ?? null;
}
