import type { Lsn, PageNo, TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';

/** The stream to replicas, and what they make of it (SIGMOD'17 §4.2.4, SIGMOD'18 §3.2). */
export type ReplicaNote =
  | {
      readonly type: 'stream-sent';
      readonly replicas: number;
      readonly records: number;
      readonly first: Lsn | null;
      readonly last: Lsn | null;
      readonly vdl: Lsn;
    }
  | {
      readonly type: 'stream-received';
      readonly replica: ActorId;
      readonly records: number;
      readonly last: Lsn | null;
      readonly vdl: Lsn;
    }
  | {
      readonly type: 'replica-applied';
      readonly replica: ActorId;
      readonly lsn: Lsn;
      readonly page: PageNo;
    }
  | {
      readonly type: 'replica-skipped';
      readonly replica: ActorId;
      readonly lsn: Lsn;
      readonly page: PageNo;
    }
  /** Missed parts of the stream came after all: the replica keeps its cache. */
  | {
      readonly type: 'stream-resumed';
      readonly replica: ActorId;
      readonly parts: number;
      readonly records: number;
    }
  | {
      readonly type: 'fallen-behind';
      readonly replica: ActorId;
      readonly lagUs: Micros;
      readonly limitUs: Micros;
    }
  /** A transaction is in the replica's commit history from now on: views at or above `lsn` see it. */
  | {
      readonly type: 'commit-noticed';
      readonly replica: ActorId;
      readonly txn: TxnId;
      readonly lsn: Lsn;
    }
  | {
      readonly type: 'read-view';
      readonly replica: ActorId;
      readonly from: Lsn;
      readonly to: Lsn;
      readonly lagUs: Micros;
    };
