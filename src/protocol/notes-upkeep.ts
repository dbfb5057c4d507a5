import type { Lsn, PageNo } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { GroupId } from './record.ts';
import type { HostId, SegmentId } from './topology.ts';

/**
 * How a volume is kept up: backup and restore, scrubbing and repair of blocks, work put off, and what is
 * left of a group's quorums.
 */
export type UpkeepNote =
  | {
      readonly type: 'staged';
      readonly segment: SegmentId;
      readonly first: Lsn;
      readonly last: Lsn;
      readonly count: number;
      readonly blocks: number;
    }
  /** The object store has the group's log up to here. */
  | { readonly type: 'backed-up'; readonly group: GroupId; readonly from: Lsn; readonly to: Lsn }
  /** A version on a disk was damaged, by whoever tries the model out. */
  | {
      readonly type: 'block-damaged';
      readonly segment: SegmentId;
      readonly page: PageNo;
      readonly lsn: Lsn;
    }
  /** A stored version does not have the sum it was written with: it is used for nothing any more. */
  | {
      readonly type: 'block-bad';
      readonly segment: SegmentId;
      readonly page: PageNo;
      readonly lsn: Lsn;
      readonly sum: number;
      readonly expected: number;
      readonly found: 'read' | 'scrub' | 'coalesce' | 'collect' | 'back-up';
    }
  | {
      readonly type: 'block-repaired';
      readonly segment: SegmentId;
      readonly peer: SegmentId;
      readonly page: PageNo;
      readonly lsn: Lsn;
      readonly tookUs: Micros;
    }
  | {
      readonly type: 'scrubbed';
      readonly segment: SegmentId;
      readonly blocks: number;
      readonly bad: number;
    }
  /** Background work of a host waits because reads and writes keep its disk busy. */
  | {
      readonly type: 'background-deferred';
      readonly host: HostId;
      readonly waiting: number;
      readonly queue: number;
    }
  /** Background work waited too long: the host slows down reads and writes until it has caught up. */
  | {
      readonly type: 'throttled';
      readonly host: HostId;
      readonly on: boolean;
      readonly waiting: number;
    }
  /** Too few members of a group answer: what is written to it cannot become durable. */
  | {
      readonly type: 'write-quorum-lost';
      readonly group: GroupId;
      readonly heard: readonly SegmentId[];
    }
  | {
      readonly type: 'write-quorum-regained';
      readonly group: GroupId;
      readonly waitedUs: Micros;
    }
  /** So few answer that a recovery, or a repair, would have to wait. */
  | {
      readonly type: 'read-quorum-lost';
      readonly group: GroupId;
      readonly heard: readonly SegmentId[];
    }
  | {
      readonly type: 'read-quorum-regained';
      readonly group: GroupId;
      readonly heard: readonly SegmentId[];
    }
  /** A new volume is being made from the backup, as of the point `lsn`, which was the VDL at `atUs`. */
  | {
      readonly type: 'restore-begun';
      readonly volume: ActorId;
      readonly lsn: Lsn;
      readonly atUs: Micros;
      readonly wantedUs: Micros;
      readonly isLatest: boolean;
      readonly groups: number;
    }
  | {
      readonly type: 'group-restored';
      readonly volume: ActorId;
      readonly group: GroupId;
      readonly pages: number;
      readonly records: number;
    }
  | {
      readonly type: 'volume-restored';
      readonly volume: ActorId;
      readonly lsn: Lsn;
      readonly atUs: Micros;
      readonly wantedUs: Micros;
      readonly records: number;
    };
