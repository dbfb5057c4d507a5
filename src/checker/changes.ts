import type { Lsn } from '../database/ids.ts';
import { type Membership, placeOf, writeSet } from '../protocol/membership.ts';
import { satisfies } from '../protocol/quorum.ts';
import type { GroupId } from '../protocol/record.ts';
import { partsOf, type SegmentId, SLOTS } from '../protocol/topology.ts';

/** What a new member has to hold, and whether a writer counts it already. */
interface Joining {
  readonly lsn: Lsn;
  readonly adopted: boolean;
}

/** Who kept each group when, as the control plane decided it, and who has recorded that. */
export class Changes {
  /** How many groups there are, and the geometry epoch that this makes. */
  groups: number;
  geometry = 1;
  readonly #decided = new Map<GroupId, Membership[]>();
  readonly #recorded = new Map<SegmentId, number>();
  readonly #joining = new Map<SegmentId, Joining>();

  constructor(groups: number) {
    this.groups = groups;
  }

  /** A configuration is decided: what is durable by then the members it adds have to get. */
  decided(membership: Membership, durable: Lsn): void {
    const known = this.#decided.get(membership.group) ?? [];
    this.#decided.set(membership.group, [...known, membership]);
    for (const segment of addedIn(membership))
      if (!this.#joining.has(segment)) this.#joining.set(segment, { lsn: durable, adopted: false });
  }

  /**
   * A writer goes by a configuration from now on: until now records became durable without the members
   * that it adds. What becomes durable from now on has a write quorum without the old members, too.
   */
  adopted(membership: Membership, durable: Lsn): void {
    for (const segment of addedIn(membership)) {
      const joining = this.#joining.get(segment);
      if (joining === undefined || joining.adopted) continue;
      this.#joining.set(segment, { lsn: Math.max(joining.lsn, durable), adopted: true });
    }
  }

  /** What was durable when a member joined; undefined for those that were there from the start. */
  durableBefore(segment: SegmentId): Lsn | undefined {
    return this.#joining.get(segment)?.lsn;
  }

  recorded(segment: SegmentId, epoch: number): void {
    this.#recorded.set(segment, Math.max(epoch, this.#recorded.get(segment) ?? 0));
  }

  /** Whether nobody can need a segment: a write quorum goes by members without it, or it never was one. */
  isDispensable(segment: SegmentId): boolean {
    const { group, member } = partsOf(segment);
    const decided = this.#decided.get(group) ?? [];
    const last = decided.findLastIndex((each) => placeOf(each, segment) !== undefined);
    const isFirst = SLOTS.some((slot) => slot === member);
    if (last === -1 && !isFirst) return true;
    return decided.slice(last + 1).some((membership) => {
      const has = (id: SegmentId): boolean => (this.#recorded.get(id) ?? 0) >= membership.epoch;
      return satisfies(writeSet(membership), has);
    });
  }
}

const addedIn = ({ places }: Membership): readonly SegmentId[] =>
  places.flatMap(({ replacement }) => replacement?.segment ?? []);
