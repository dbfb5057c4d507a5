import { readSet, writeSet } from '../protocol/membership.ts';
import type { Quorum } from '../protocol/quorum.ts';
import type { SegmentId } from '../protocol/topology.ts';
import type { WriterGroup } from '../protocol/writer.ts';

/** Which sets of segments make a record of the group durable, as the writer sees it. */
export const writeSetOf = ({ membership }: WriterGroup): Quorum<SegmentId> => writeSet(membership);

/** Which sets of segments have to know everything durable. */
export const readSetOf = ({ membership }: WriterGroup): Quorum<SegmentId> => readSet(membership);
