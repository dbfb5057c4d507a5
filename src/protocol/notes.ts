import type { Lsn, PageNo, Row, SessionId, TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { ReadRefused, RefusalReason } from './messages.ts';
import type { GrowthNote } from './notes-growth.ts';
import type { MembershipNote } from './notes-membership.ts';
import type { UpkeepNote } from './notes-upkeep.ts';
import type { GroupId, LogRecord } from './record.ts';
import type { HostId, SegmentId } from './topology.ts';
import type { RecoveryPhase } from './view-change.ts';

/**
 * Everything a rule can report. Narration, pictures, the trace file, metrics and (later) the checker
 * are made of these and of message deliveries, and of nothing else.
 */
export type AuroraNote =
  | MembershipNote
  // Statements and transactions, at an instance
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
    }
  // The write path, at the writer
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
  /** `copies` counts the members of the write quorum that are now complete to `lsn`, the newest record this ack covers. */
  | {
      readonly type: 'acked';
      readonly segment: SegmentId;
      readonly host: HostId;
      readonly lsn: Lsn;
      readonly scl: Lsn;
      readonly copies: number;
      readonly needed: number;
    }
  | { readonly type: 'pgcl'; readonly group: GroupId; readonly from: Lsn; readonly to: Lsn }
  | { readonly type: 'vcl'; readonly from: Lsn; readonly to: Lsn }
  | { readonly type: 'vdl'; readonly from: Lsn; readonly to: Lsn }
  | {
      readonly type: 'commit-queued';
      readonly txn: TxnId;
      readonly lsn: Lsn;
      readonly session: SessionId;
    }
  | {
      readonly type: 'commit-returned';
      readonly txn: TxnId;
      readonly lsn: Lsn;
      readonly session: SessionId;
      readonly waitedUs: Micros;
    }
  | {
      readonly type: 'stream-sent';
      readonly replicas: number;
      readonly records: number;
      readonly first: Lsn | null;
      readonly last: Lsn | null;
      readonly vdl: Lsn;
    }
  | {
      readonly type: 'purged';
      readonly group: GroupId;
      readonly page: PageNo;
      readonly records: number;
    }
  // A storage node's eight steps
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
    }
  // Epochs and truncation, at a segment
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
  // Recovery and failover
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
    }
  | UpkeepNote
  | GrowthNote
  // Reading a page back
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
    }
  // Replicas
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
    }
  // Faults
  | {
      readonly type: 'node';
      readonly host: HostId;
      readonly state:
        | 'down'
        | 'restarting'
        | 'up'
        | 'slow'
        | 'normal speed'
        | 'isolated'
        | 'connected'
        | 'patching'
        | 'lost';
    }
  | {
      readonly type: 'instance';
      readonly instance: ActorId;
      readonly state: 'down' | 'restarting' | 'up';
    }
  | { readonly type: 'zone'; readonly az: string; readonly state: 'down' | 'restored' }
  | { readonly type: 'drop-armed'; readonly target: ActorId }
  | { readonly type: 'loss-rate'; readonly ppm: number }
  | { readonly type: 'duplicate-rate'; readonly ppm: number }
  | {
      readonly type: 'partition';
      readonly from: readonly ActorId[];
      readonly to: readonly ActorId[];
      readonly state: 'cut' | 'mended';
    }
  | { readonly type: 'control'; readonly state: 'down' | 'up' }
  | { readonly type: 'workload'; readonly on: boolean; readonly perSecond: number };

/** What the control plane does about a writer that it does not hear of, or that somebody wants replaced. */
export type FailoverStep =
  | 'detecting'
  | 'electing'
  | 'promoting'
  | 'launching'
  | 'reconnecting'
  | 'done'
  | 'cancelled';

export type NoteType = AuroraNote['type'];
export type NoteOf<T extends NoteType> = Extract<AuroraNote, { readonly type: T }>;
