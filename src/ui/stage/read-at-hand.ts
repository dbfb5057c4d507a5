import type { ClusterView } from '../../protocol/view.ts';
import type { Look } from '../../scene/look.ts';

type FollowedRead = Look['followedRead'];

/**
 * The one page read that has the stage to itself, if there is one: then everything but its path can
 * step back. While redo is on its way the write is what there is to see.
 */
export function readAtHand({ instances, flights }: ClusterView): FollowedRead {
  if (flights.some(({ kind }) => kind === 'redo' || kind === 'ack')) return null;
  let only: FollowedRead = null;
  for (const { id, pendingReads } of instances)
    for (const { page } of pendingReads) {
      if (only !== null && (only.instance !== id || only.page !== page)) return null;
      only = { instance: id, page };
    }
  return only;
}

/** The same object for the same read, so that pictures can be compared by identity. */
export function sameRead(before: FollowedRead, now: FollowedRead): FollowedRead {
  return before?.instance === now?.instance && before?.page === now?.page ? before : now;
}
