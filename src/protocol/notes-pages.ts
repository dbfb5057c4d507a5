import type { Lsn, PageNo, Row } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { ReadRefused } from './messages.ts';
import type { GroupId } from './record.ts';
import type { SegmentId } from './topology.ts';

/** How a page is read back (SIGMOD'17 §4.2.3, SIGMOD'18 §3.1). */
export type PageNote =
  | {
      readonly type: 'page-requested';
      readonly instance: ActorId;
      readonly page: PageNo;
      readonly group: GroupId;
      readonly readPoint: Lsn;
      readonly segment: SegmentId;
      readonly hedged: boolean;
    }
  | {
      readonly type: 'page-base';
      readonly segment: SegmentId;
      readonly instance: ActorId;
      readonly page: PageNo;
      readonly lsn: Lsn;
      readonly readPoint: Lsn;
      readonly hit: boolean;
      readonly records: readonly Lsn[];
      readonly rows: readonly Row[];
    }
  | {
      readonly type: 'record-applied';
      readonly segment: SegmentId;
      readonly instance: ActorId;
      readonly page: PageNo;
      readonly lsn: Lsn;
      readonly what: string;
      readonly before: readonly Row[];
      readonly after: readonly Row[];
      readonly left: number;
    }
  | {
      readonly type: 'page-answered';
      readonly segment: SegmentId;
      readonly instance: ActorId;
      readonly page: PageNo;
      readonly lsn: Lsn;
      readonly readPoint: Lsn;
      readonly applied: number;
      readonly hit: boolean;
    }
  | {
      readonly type: 'page-refused';
      readonly segment: SegmentId;
      readonly instance: ActorId;
      readonly page: PageNo;
      readonly reason: ReadRefused['reason'];
    }
  | {
      readonly type: 'page-admitted';
      readonly instance: ActorId;
      readonly page: PageNo;
      readonly lsn: Lsn;
      readonly waitedUs: Micros;
    }
  | {
      readonly type: 'evicted';
      readonly instance: ActorId;
      readonly page: PageNo;
      readonly lsn: Lsn;
      readonly vdl: Lsn;
    };
