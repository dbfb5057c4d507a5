import type { Lsn } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import type { Epochs, TruncationRange } from './epochs.ts';
import type { Membership } from './membership.ts';
import type { GroupId } from './record.ts';
import type { SegmentId } from './topology.ts';

/** An instance to the control plane: what the volume consists of, and one more group if `full`. */
export interface AskGeometry {
  readonly type: 'ASK_GEOMETRY';
  /** Groups that it knows of. */
  readonly groups: number;
  /** None of them has a free page left. */
  readonly full: boolean;
}

/** The groups that were appended after those that the asker knows (SIGMOD'18 §4.1: volume geometry). */
export interface GeometryIs {
  readonly type: 'GEOMETRY';
  readonly epoch: number;
  readonly groups: readonly NewGroup[];
}

/** A group as it begins: free pages, no log, complete to the LSN that the volume began at. */
export interface NewGroup {
  readonly membership: Membership;
  readonly lsn: Lsn;
}

/** The control plane to a host: carry this segment of a new group. */
export interface Host {
  readonly type: 'HOST';
  readonly segment: SegmentId;
  readonly founding: Founding;
}

/** What a segment of a new group begins with. */
interface Founding extends NewGroup {
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
  readonly pages: readonly Page[];
}

/** A host to the segment that it carries from now on. */
export interface Found {
  readonly type: 'FOUND';
  readonly founding: Founding;
}

/** A segment of a new group to the control plane: it is there. */
export interface Hosted {
  readonly type: 'HOSTED';
  readonly group: GroupId;
  readonly segment: SegmentId;
  /** The volume epoch that it refuses older writers by. */
  readonly volume: number;
}
