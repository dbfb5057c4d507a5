import { type Quorum, satisfies } from './quorum.ts';
import type { SegmentId } from './topology.ts';

export type Expression = Quorum<SegmentId>;

/** Every member that an expression speaks of, once. */
export function namesIn(quorum: Expression): readonly SegmentId[] {
  if ('k' in quorum) return quorum.of;
  const parts = 'and' in quorum ? quorum.and : quorum.or;
  return [...new Set(parts.flatMap(namesIn))];
}

/** All sets of the given members. */
function subsetsOf(members: readonly SegmentId[]): readonly (readonly SegmentId[])[] {
  return Array.from({ length: 2 ** members.length }, (_, bits) =>
    members.filter((_, i) => (bits & (1 << i)) !== 0),
  );
}

/** The sets that satisfy an expression and of which no smaller part does. */
export function minimalSets(quorum: Expression): readonly (readonly SegmentId[])[] {
  const holds = (set: readonly SegmentId[]): boolean => satisfies(quorum, (id) => set.includes(id));
  return subsetsOf(namesIn(quorum)).filter(
    (set) => holds(set) && set.every((left) => !holds(set.filter((id) => id !== left))),
  );
}

/** Pairs of minimal sets, one of each expression, that have nobody in common. */
export function disjointPairs(one: Expression, other: Expression): readonly string[] {
  const others = minimalSets(other);
  return minimalSets(one).flatMap((a) =>
    others.filter((b) => !a.some((id) => b.includes(id))).map((b) => `${text(a)} ${text(b)}`),
  );
}

/** Members by their letters, in alphabetical order. */
export const text = (set: readonly SegmentId[]): string =>
  set
    .map((id) => id.replace(/^\d+\/|@.*$/g, ''))
    .toSorted()
    .join('');
