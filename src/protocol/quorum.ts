/** A quorum set: a Boolean expression over members (SIGMOD'18 §4.1). `M` names a member. */
export type Quorum<M = string> =
  | { readonly k: number; readonly of: readonly M[] }
  | { readonly and: readonly Quorum<M>[] }
  | { readonly or: readonly Quorum<M>[] };

/** Whether the members for which `has` holds satisfy the expression. */
export function satisfies<M>(quorum: Quorum<M>, has: (member: M) => boolean): boolean {
  if ('k' in quorum) return countOf(quorum.of, has) >= quorum.k;
  if ('and' in quorum) return quorum.and.every((part) => satisfies(part, has));
  return quorum.or.some((part) => satisfies(part, has));
}

/**
 * The read expression that meets every set satisfying a write expression: and ↔ or, k of n becomes
 * (n−k+1) of n. 4/6 AND 4/6 gives 3/6 OR 3/6, as in SIGMOD'18 §4.1.
 */
export function dual<M>(quorum: Quorum<M>): Quorum<M> {
  if ('k' in quorum) return { k: quorum.of.length - quorum.k + 1, of: quorum.of };
  if ('and' in quorum) return { or: quorum.and.map(dual) };
  return { and: quorum.or.map(dual) };
}

/**
 * The greatest L such that the members whose value is at least L form a quorum: the 4th largest of
 * six for 4/6. `and` takes the smaller side, `or` the greater.
 */
export function quorumPoint<M>(quorum: Quorum<M>, pointOf: (member: M) => number): number {
  if ('k' in quorum) return kthLargest(quorum.of, quorum.k, pointOf);
  const parts = 'and' in quorum ? quorum.and : quorum.or;
  const points = parts.map((part) => quorumPoint(part, pointOf));
  return 'and' in quorum ? Math.min(...points) : Math.max(...points);
}

function kthLargest<M>(members: readonly M[], k: number, pointOf: (member: M) => number): number {
  let best = 0;
  for (const member of members) {
    const candidate = pointOf(member);
    if (candidate > best && countOf(members, (other) => pointOf(other) >= candidate) >= k)
      best = candidate;
  }
  return best;
}

function countOf<M>(members: readonly M[], has: (member: M) => boolean): number {
  let count = 0;
  for (const member of members) if (has(member)) count++;
  return count;
}

/** How many members the smallest sets that satisfy the expression have, if members are not shared. */
export function leastMembers<M>(quorum: Quorum<M>): number {
  if ('k' in quorum) return quorum.k;
  const parts = ('and' in quorum ? quorum.and : quorum.or).map(leastMembers);
  return 'and' in quorum ? Math.max(...parts) : Math.min(...parts);
}
