import type { Lsn, SessionId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { RefusalReason } from './messages.ts';
import type { GroupId } from './record.ts';
import type { SegmentId } from './topology.ts';
import type { RecoveryPhase } from './view-change.ts';

/** Epochs and truncation at a segment, recovery, failover (SIGMOD'17 §4.3, SIGMOD'18 §2.4). */
export type RecoveryNote =
  | {
      readonly type: 'refused';
      readonly segment: SegmentId;
      readonly sender: ActorId;
      /** The kind of message: `WRITE`, `GOSSIP`. */
      readonly what: string;
      readonly reason: RefusalReason;
      /** The epoch in question that came with it, and the one the segment knows. */
      readonly presented: number;
      readonly known: number;
    }
  | {
      readonly type: 'epoch-adopted';
      readonly segment: SegmentId;
      readonly from: number;
      readonly to: number;
    }
  /** Annulled records are gone: the one case in which SCL may go down. */
  | {
      readonly type: 'truncated';
      readonly segment: SegmentId;
      readonly epoch: number;
      readonly above: Lsn;
      readonly upTo: Lsn;
      readonly dropped: number;
      readonly sclFrom: Lsn;
      readonly sclTo: Lsn;
    }
  /** The compare-and-set at the control plane: somebody may open the volume in a new epoch. */
  | { readonly type: 'epoch-raised'; readonly instance: ActorId; readonly epoch: number }
  | {
      readonly type: 'claim-refused';
      readonly instance: ActorId;
      /** The epoch that it wanted to follow upon, and the one there is. */
      readonly presented: number;
      readonly known: number;
    }
  | {
      readonly type: 'range-recorded';
      readonly epoch: number;
      readonly above: Lsn;
      readonly upTo: Lsn;
    }
  | {
      readonly type: 'recovery';
      readonly instance: ActorId;
      readonly phase: RecoveryPhase;
      /** The epoch it opens; until that is claimed, the one it wants to follow upon. */
      readonly epoch: number;
    }
  | {
      readonly type: 'recovery-answered';
      readonly instance: ActorId;
      readonly segment: SegmentId;
      readonly group: GroupId;
      readonly scl: Lsn;
      /** Records it holds that may not be durable yet. */
      readonly records: number;
      readonly answers: number;
      readonly hasReadQuorum: boolean;
    }
  /** The points that the answers give back: the volume is cut there. */
  | {
      readonly type: 'recovery-points';
      readonly instance: ActorId;
      readonly epoch: number;
      readonly vcl: Lsn;
      readonly vdl: Lsn;
      readonly surviving: number;
      readonly annulled: number;
    }
  | {
      readonly type: 'volume-opened';
      readonly instance: ActorId;
      readonly epoch: number;
      /** VDL as it begins: the end of the truncation range. */
      readonly vdl: Lsn;
      readonly next: Lsn;
      /** Transactions that were cut off and are now undone in the background. */
      readonly undo: number;
      readonly tookUs: Micros;
    }
  | {
      readonly type: 'fenced';
      readonly instance: ActorId;
      readonly epoch: number;
      readonly known: number;
    }
  | {
      readonly type: 'failover';
      readonly step: FailoverStep;
      readonly from: ActorId;
      readonly to: ActorId | null;
    }
  | { readonly type: 'endpoint'; readonly writer: ActorId; readonly epoch: number }
  | {
      readonly type: 'reconnect';
      readonly session: SessionId;
      readonly endpoint: ActorId;
      readonly state: 'lost' | 'found';
    };

/** What the control plane does about a writer that it does not hear of, or that somebody wants replaced. */
export type FailoverStep =
  | 'detecting'
  | 'electing'
  | 'promoting'
  | 'launching'
  | 'reconnecting'
  | 'done'
  | 'cancelled';
