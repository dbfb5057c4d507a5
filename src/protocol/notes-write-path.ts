import type { Lsn, PageNo, SessionId, TxnId } from '../database/ids.ts';
import type { Micros } from '../engine/time.ts';
import type { GroupId, LogRecord } from './record.ts';
import type { HostId, SegmentId } from './topology.ts';

/** What the writer does with what is written, up to the commit (SIGMOD'17 §4.2.1, §4.2.2, SIGMOD'18 §2.3). */
export type WritePathNote =
  | {
      readonly type: 'mtr-closed';
      readonly mtr: number;
      readonly txn: TxnId;
      readonly session: SessionId | null;
      readonly records: readonly LogRecord[];
    }
  | {
      readonly type: 'allocation-stalled';
      readonly session: SessionId | null;
      readonly wanted: Lsn;
      readonly limit: Lsn;
    }
  | { readonly type: 'allocation-resumed'; readonly limit: Lsn }
  | {
      readonly type: 'batch-sent';
      readonly group: GroupId;
      readonly batch: number;
      readonly first: Lsn;
      readonly last: Lsn;
      readonly count: number;
      readonly bytes: number;
    }
  /** `copies` counts those of the group's `members` that are complete to `lsn`, the newest record it covers. */
  | {
      readonly type: 'acked';
      readonly segment: SegmentId;
      readonly host: HostId;
      readonly lsn: Lsn;
      readonly scl: Lsn;
      readonly copies: number;
      readonly members: number;
      readonly needed: number;
    }
  | { readonly type: 'pgcl'; readonly group: GroupId; readonly from: Lsn; readonly to: Lsn }
  | { readonly type: 'vcl'; readonly from: Lsn; readonly to: Lsn }
  | { readonly type: 'vdl'; readonly from: Lsn; readonly to: Lsn }
  | {
      readonly type: 'commit-queued';
      readonly txn: TxnId;
      readonly lsn: Lsn;
      readonly session: SessionId | null;
    }
  | {
      readonly type: 'commit-returned';
      readonly txn: TxnId;
      readonly lsn: Lsn;
      readonly session: SessionId | null;
      readonly waitedUs: Micros;
    }
  | {
      readonly type: 'purged';
      readonly group: GroupId;
      readonly page: PageNo;
      readonly records: number;
    };
