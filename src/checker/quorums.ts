import { dual, fourOfSix, type Quorum } from '../protocol/quorum.ts';
import type { SegmentId } from '../protocol/topology.ts';
import type { WriterGroup } from '../protocol/writer.ts';

/** Which sets of segments make a record of the group durable, as the writer sees it. */
export const writeSetOf = (group: WriterGroup): Quorum<SegmentId> => fourOfSix(group.segments);

/** Which sets of segments have to know everything durable. */
export const readSetOf = (group: WriterGroup): Quorum<SegmentId> => dual(writeSetOf(group));
