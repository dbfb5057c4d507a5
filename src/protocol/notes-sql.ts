import type { SessionId, TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';

/** What becomes of statements and transactions, at an instance. */
export type SqlNote =
  | {
      readonly type: 'statement';
      readonly instance: ActorId;
      readonly session: SessionId;
      readonly text: string;
    }
  | { readonly type: 'transaction-begun'; readonly txn: TxnId; readonly session: SessionId }
  | {
      readonly type: 'lock-wait';
      readonly session: SessionId;
      readonly txn: TxnId;
      readonly holder: TxnId;
      readonly what: string;
    }
  | {
      readonly type: 'deadlock';
      readonly victim: SessionId;
      readonly txn: TxnId;
      readonly sentence: string;
    }
  | { readonly type: 'rolled-back'; readonly txn: TxnId; readonly session: SessionId }
  | {
      readonly type: 'statement-failed';
      readonly instance: ActorId;
      readonly session: SessionId;
      readonly problem: string;
    }
  | {
      readonly type: 'replied';
      readonly instance: ActorId;
      readonly session: SessionId;
      readonly rows: number;
    };
