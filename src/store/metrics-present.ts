import { leastMembers } from '../protocol/quorum.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { Present } from '../scene/metrics/plots.ts';
import { worstGroup } from './cluster-words.ts';

/** What charts show of a moment: the quorums of the group that is worst off, and the commits that wait. */
export function presentOf(view: ClusterView | null, nowUs: number): Present {
  const worst = view && worstGroup(view);
  const needs = {
    write: worst ? leastMembers(worst.write) : 0,
    read: worst ? leastMembers(worst.read) : 0,
  };
  const waiting = view?.instances.flatMap(({ waitingCommits }) => waitingCommits) ?? [];
  return { nowUs, needs, waiting };
}
