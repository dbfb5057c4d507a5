import type { CommitHistory } from '../database/commit-history.ts';
import type { Lsn, PageNo, SessionId, TxnId } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import type { QueryResult, Statement } from '../database/statement.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { Epochs, TruncationRange } from './epochs.ts';
import type { GeometryIs } from './messages-growth.ts';
import type { BackgroundStep } from './messages-upkeep.ts';
import type { GroupId, LogRecord } from './record.ts';
import type { Az, SegmentId } from './topology.ts';

/** A boxcar of redo for one segment, fully ordered by LSN (SIGMOD'17 §3.2). */
export interface Write {
  readonly type: 'WRITE';
  readonly group: GroupId;
  readonly batch: number;
  readonly records: readonly LogRecord[];
  readonly epochs: Epochs;
  /** What recoveries annulled: for members that were not told. */
  readonly ranges: readonly TruncationRange[];
  /** The writer's VDL: a floor for recovery that segments keep. */
  readonly vdl: Lsn;
  /** When the VDL got there. */
  readonly vdlAtUs: Micros;
  /** No read below this will come any more. */
  readonly pgmrpl: Lsn;
  /** Every member is known to be complete to here, so nobody needs gossip for it. */
  readonly allCompleteTo: Lsn;
}

/** "I have persisted your batch, and am complete to `scl`." */
export interface Ack {
  readonly type: 'ACK';
  readonly segment: SegmentId;
  readonly group: GroupId;
  readonly scl: Lsn;
  /** LSNs persisted just now; used only when PGCL counts single records. */
  readonly got: readonly Lsn[];
  readonly epochs: Epochs;
}

export interface ReadPage {
  readonly type: 'READ_PAGE';
  readonly request: number;
  readonly page: PageNo;
  readonly readPoint: Lsn;
  /** Last record of the group at or below the read point: what the segment must be complete to. */
  readonly tail: Lsn;
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
}

export interface PageAnswer {
  readonly type: 'PAGE';
  readonly request: number;
  readonly segment: SegmentId;
  readonly page: Page;
  readonly hit: boolean;
  readonly applied: number;
}

export interface ReadRefused {
  readonly type: 'READ_REFUSED';
  readonly request: number;
  readonly segment: SegmentId;
  readonly reason: 'behind' | 'below-floor' | 'corrupt' | 'hydrating' | 'tail' | RefusalReason;
  readonly epochs: Epochs;
}

/** In which way a sender is out of date. */
export type RefusalReason =
  | 'stale-volume-epoch'
  | 'stale-membership-epoch'
  | 'stale-geometry-epoch';

/** "You are out of date": an answer to any request but a read, with what the segment knows. */
export interface Refused {
  readonly type: 'REFUSED';
  readonly segment: SegmentId;
  readonly group: GroupId;
  readonly reason: RefusalReason;
  readonly epochs: Epochs;
}

/** "I am complete to `scl`": the whole of what peers need to find each other's holes. */
export interface Gossip {
  readonly type: 'GOSSIP';
  readonly segment: SegmentId;
  readonly scl: Lsn;
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
}

/** The records, or base pages where the log is gone, that a peer lacks. Empty: nothing to give. */
export interface GossipFill {
  readonly type: 'GOSSIP_FILL';
  readonly segment: SegmentId;
  readonly scl: Lsn;
  /** How far its own log is folded into base pages; nothing for a tail, which has none. */
  readonly folded: Lsn;
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
  readonly records: readonly LogRecord[];
  /** Base pages complete to `floor`, for a peer whose SCL lies below the floor. */
  readonly blocks: {
    readonly floor: Lsn;
    /** The group's last record at or below the floor. */
    readonly tail: Lsn;
    readonly pages: readonly Page[];
  } | null;
}

/** One write or read for the disk that a host's segments share. */
export interface Disk {
  readonly type: 'DISK';
  readonly segment: SegmentId;
  readonly job: DiskJob;
}
export type DiskJob =
  | { readonly kind: 'write'; readonly write: Write; readonly from: ActorId }
  | { readonly kind: 'fill'; readonly fill: GossipFill }
  | { readonly kind: 'read'; readonly read: number }
  /** What can wait until the disk has nothing better to do. */
  | { readonly kind: 'background'; readonly step: BackgroundStep };
export interface DiskDone {
  readonly type: 'DISK_DONE';
  readonly job: DiskJob;
  /** Time in the disk's queue and on the disk. */
  readonly tookUs: Micros;
}

/** Redo for replicas, in whole mini-transactions, with the VDL as a control record (SIGMOD'18 §3.3). */
export interface Stream {
  readonly type: 'STREAM';
  /** The volume epoch of the writer it comes from. */
  readonly epoch: number;
  readonly sequence: number;
  readonly records: readonly LogRecord[];
  readonly vdl: Lsn;
  /** When the writer's VDL got there: what lag is measured from. */
  readonly vdlAtUs: Micros;
  /** Groups that the volume has got by growing; null when nothing is new about that. */
  readonly geometry: GeometryIs | null;
}
/** The oldest point that any read on the replica may still need, and how much of the stream it has. */
export interface Feedback {
  readonly type: 'FEEDBACK';
  readonly replica: ActorId;
  readonly sequence: number;
  readonly readPoint: Lsn;
}
export interface Attach {
  readonly type: 'ATTACH';
  readonly replica: ActorId;
  /** The last part of the stream that it has in order; null when its cache is empty. */
  readonly sequence: number | null;
  /** Whose stream that is: every writer counts its parts from the beginning. */
  readonly epoch: number;
}
export interface Attached {
  readonly type: 'ATTACHED';
  readonly epoch: number;
  readonly ranges: readonly TruncationRange[];
  readonly sequence: number;
  readonly vdl: Lsn;
  readonly vdlAtUs: Micros;
  readonly tails: readonly Lsn[];
  /** Groups that the volume has got by growing. */
  readonly geometry: GeometryIs;
  readonly history: CommitHistory;
  /** Issued but not durable yet: the replica's stream starts above VDL. */
  readonly records: readonly LogRecord[];
}

/** What a replica lacks, so that it can go on with the cache it has. */
export interface Resumed {
  readonly type: 'RESUMED';
  readonly epoch: number;
  readonly parts: readonly Stream[];
  readonly vdl: Lsn;
  readonly vdlAtUs: Micros;
  /** Its read point counted all the time, so its read views are as good as ever. */
  readonly held: boolean;
}
/** A replica has been behind for too long to be given what it lacks: it has to restart. */
export interface FallenBehind {
  readonly type: 'FALLEN_BEHIND';
  readonly epoch: number;
  readonly lagUs: Micros;
}

export interface Query {
  readonly type: 'QUERY';
  readonly session: SessionId;
  /** It opens the connection: nothing can be open on it yet. */
  readonly begins: boolean;
  readonly statement: Statement;
  readonly text: string;
}
export interface Reply {
  readonly type: 'REPLY';
  /** Null when no connection asked: bare records. */
  readonly session: SessionId | null;
  readonly result: QueryResult | null;
  readonly problem: string | null;
  /** The statement was not run, and why; null when it was. */
  readonly refused: 'not-serving' | 'no-connection' | 'read-only' | null;
  /** The connection is gone, and whatever was open on it. */
  readonly lost: boolean;
  readonly commit: { readonly txn: TxnId; readonly lsn: Lsn } | null;
}

/** What a person, or the workload, asks a connection to do next. */
export interface Submit {
  readonly type: 'SUBMIT';
  readonly endpoint: ActorId;
  readonly statements: readonly Statement[];
  readonly text: string;
}
/** One mini-transaction of bare records, a transaction of its own: the log without a database. */
export interface Raw {
  readonly type: 'RAW';
  /** One record for each, in order. */
  readonly pages: readonly PageNo[];
}
export interface SetWorkload {
  readonly type: 'SET_WORKLOAD';
  readonly workload: WorkloadConfig;
}
export interface Burst {
  readonly type: 'BURST';
  readonly count: number;
}
export interface ReadOnce {
  readonly type: 'READ_ONCE';
  readonly endpoint: ActorId;
}

/** What a person, or an operator, asks of the control plane. */
export interface Promote {
  readonly type: 'PROMOTE';
  /** Null: whoever comes first by tier. */
  readonly target: ActorId | null;
}
export interface Replace {
  readonly type: 'REPLACE';
  /** A segment, or a host and all its segments. */
  readonly target: ActorId;
  readonly reason: 'suspected' | 'hot';
}
export interface Patch {
  readonly type: 'PATCH';
  /** A host, or a zone whose hosts take turns. */
  readonly target: ActorId;
}
export interface ExtendedLoss {
  readonly type: 'EXTENDED_LOSS';
  readonly az: Az;
  readonly on: boolean;
}
export interface RestoreVolume {
  readonly type: 'RESTORE_VOLUME';
  readonly toUs: Micros;
}
/** A stored page is damaged. */
export interface Corrupt {
  readonly type: 'CORRUPT';
  readonly page: PageNo;
}
