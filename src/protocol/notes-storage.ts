import type { Lsn, PageNo } from '../database/ids.ts';
import type { Micros } from '../engine/time.ts';
import type { HostId, SegmentId } from './topology.ts';

/** The steps of a storage node, but for backup and scrubbing (SIGMOD'17 §3.3). */
export type StorageNote =
  | {
      readonly type: 'received';
      readonly segment: SegmentId;
      readonly first: Lsn;
      readonly last: Lsn;
      readonly count: number;
    }
  | {
      readonly type: 'persisted';
      readonly segment: SegmentId;
      readonly host: HostId;
      readonly first: Lsn;
      readonly last: Lsn;
      readonly count: number;
      readonly sclFrom: Lsn;
      readonly sclTo: Lsn;
      readonly diskUs: Micros;
    }
  | {
      readonly type: 'gap-found';
      readonly segment: SegmentId;
      readonly after: Lsn;
      readonly before: Lsn;
    }
  | {
      readonly type: 'gossip-asked';
      readonly segment: SegmentId;
      readonly peer: SegmentId;
      readonly scl: Lsn;
    }
  | {
      readonly type: 'gossip-filled';
      readonly segment: SegmentId;
      readonly peer: SegmentId;
      readonly first: Lsn;
      readonly last: Lsn;
      readonly count: number;
      readonly sclFrom: Lsn;
      readonly sclTo: Lsn;
      readonly byBlocks: boolean;
    }
  | {
      readonly type: 'coalesced';
      readonly segment: SegmentId;
      readonly page: PageNo;
      readonly from: Lsn;
      readonly to: Lsn;
      readonly records: number;
    }
  | {
      readonly type: 'collected';
      readonly segment: SegmentId;
      readonly floor: Lsn;
      readonly records: number;
    }
  | {
      readonly type: 'segment-state';
      readonly segment: SegmentId;
      readonly state: 'complete' | 'catching up' | 'down' | 'hydrating' | 'retired' | 'absent';
    };
