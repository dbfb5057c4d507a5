import { type Membership, readSet, writeSet } from '../protocol/membership.ts';
import type { Quorum } from '../protocol/quorum.ts';
import type { SegmentId } from '../protocol/topology.ts';
import type { WriterGroup } from '../protocol/writer.ts';

interface Sets {
  readonly write: Quorum<SegmentId>;
  readonly read: Quorum<SegmentId>;
}

/** Asked for with every durable record: kept as long as the membership is. */
const known = new WeakMap<Membership, Sets>();

function setsOf({ membership }: WriterGroup): Sets {
  let sets = known.get(membership);
  if (sets === undefined) {
    sets = { write: writeSet(membership), read: readSet(membership) };
    known.set(membership, sets);
  }
  return sets;
}

/** Which sets of segments make a record of the group durable, as the writer sees it. */
export const writeSetOf = (group: WriterGroup): Quorum<SegmentId> => setsOf(group).write;

/** Which sets of segments have to know everything durable. */
export const readSetOf = (group: WriterGroup): Quorum<SegmentId> => setsOf(group).read;
