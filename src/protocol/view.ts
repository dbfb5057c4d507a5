import type { Lsn, PageNo, Row, SessionId, TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { Quorum } from './quorum.ts';
import type { GroupId, LsnRange } from './record.ts';
import type { Az, HostId, SegmentId, Slot } from './topology.ts';

/**
 * What may be shown of a moment: plain data derived from the actors and from messages in flight.
 * The scene, the inspector, the accessible mirror and `window.redoscope.state()` read only this.
 */
export interface ClusterView {
  readonly timeUs: Micros;
  readonly volume: VolumeView;
  readonly zones: readonly ZoneView[];
  readonly instances: readonly InstanceView[];
  readonly hosts: readonly HostView[];
  /** One entry per protection group, in order; each lists its six segments in slot order a…f. */
  readonly groups: readonly GroupView[];
  readonly flights: readonly FlightView[];
  readonly transactions: readonly TransactionView[];
  readonly rebuilds: readonly RebuildView[];
  readonly clients: readonly ClientView[];
  readonly counters: Counters;
}

export interface VolumeView {
  readonly allocated: Lsn;
  readonly vcl: Lsn;
  readonly vdl: Lsn;
  readonly allocationLimit: Lsn;
  readonly epoch: number;
  /** The lowest read point any instance may still use. */
  readonly pgmrpl: Lsn;
}

export interface ZoneView {
  readonly az: Az;
  readonly state: 'up' | 'down' | 'partly down';
}

export interface CachedPageView {
  readonly page: PageNo;
  readonly group: GroupId;
  readonly lsn: Lsn;
  /** May be evicted: every change of it is durable (page LSN ≤ VDL). */
  readonly durable: boolean;
  readonly kind: string;
}

export interface InstanceView {
  readonly id: ActorId;
  readonly role: 'writer' | 'replica';
  readonly az: Az;
  readonly state: 'open' | 'down';
  /** XState value as a path, e.g. `open`. */
  readonly chart: string;
  readonly cacheCapacity: number;
  /** Most recently used first. */
  readonly cache: readonly CachedPageView[];
  /** Writer: VDL. Replica: the VDL it knows and has applied up to. */
  readonly readPoint: Lsn;
  readonly highestReceived: Lsn;
  readonly lagUs: Micros;
  readonly applied: number;
  readonly skipped: number;
  readonly hits: number;
  readonly misses: number;
  readonly waitingCommits: readonly {
    readonly txn: TxnId;
    readonly lsn: Lsn;
    readonly sinceUs: Micros;
  }[];
  readonly pendingReads: readonly {
    readonly page: PageNo;
    readonly readPoint: Lsn;
    readonly segment: SegmentId;
  }[];
  readonly sessions: readonly SessionView[];
  /** Sentence when the instance cannot make progress: LSN allocation limit, cache full, undo full. */
  readonly stalled: string | null;
}

export interface SessionView {
  readonly session: SessionId;
  readonly state:
    | 'idle'
    | 'running'
    | 'reading a page'
    | 'waiting for a row lock'
    | 'waiting for durability'
    | 'stalled';
  readonly txn: TxnId | null;
  readonly detail: string;
}

export interface HostView {
  readonly id: HostId;
  readonly az: Az;
  readonly state: 'up' | 'down' | 'restarting';
  readonly slow: boolean;
  readonly isolated: boolean;
  readonly dropNext: boolean;
  readonly diskQueue: number;
  readonly chart: string;
  readonly segments: readonly SegmentId[];
}

export interface SegmentView {
  readonly id: SegmentId;
  readonly group: GroupId;
  readonly slot: Slot;
  readonly host: HostId;
  readonly az: Az;
  readonly state: 'complete' | 'catching up' | 'down';
  readonly chart: string;
  readonly scl: Lsn;
  /** Records up to here are only in base pages; log below is gone. */
  readonly floor: Lsn;
  readonly highest: Lsn;
  /** Held above the first gap. */
  readonly ahead: readonly LsnRange[];
  /** Newest LSNs held at or below SCL, oldest first, at most 12: the ruler's ticks. */
  readonly recent: readonly Lsn[];
  readonly hotRecords: number;
  /** What the writer believes this segment is complete to. */
  readonly ackedScl: Lsn;
  /** Stored page versions, newest first. */
  readonly pages: readonly { readonly page: PageNo; readonly lsn: Lsn; readonly chain: number }[];
  /** How many times each of the eight steps ran: index 0 is step ①. Steps not built yet stay 0. */
  readonly steps: readonly number[];
  readonly gossipKnown: number;
}

export interface GroupView {
  readonly id: GroupId;
  readonly pgcl: Lsn;
  /** LSN of the newest record issued for this group. */
  readonly tail: Lsn;
  readonly write: Quorum<Slot>;
  readonly read: Quorum<Slot>;
  readonly segments: readonly SegmentView[];
  /** Segments that could acknowledge or answer now. */
  readonly healthy: number;
  readonly health: 'writes continue' | 'writes wait' | 'reads only' | 'data at risk';
  readonly firstPage: PageNo;
  readonly lastPage: PageNo;
  /** The newest record of the group and who holds and has acknowledged it: the quorum meter. */
  readonly meter: MeterView | null;
}

export interface MeterView {
  readonly lsn: Lsn;
  readonly slots: readonly {
    readonly slot: Slot;
    readonly host: HostId;
    readonly state: 'acked' | 'stored' | 'sent' | 'missing' | 'down';
  }[];
  readonly acked: number;
  readonly needed: number;
  readonly durable: boolean;
}

export type FlightKind =
  | 'query'
  | 'reply'
  | 'redo'
  | 'ack'
  | 'stream'
  | 'feedback'
  | 'page-request'
  | 'page'
  | 'refusal'
  | 'gossip'
  | 'gossip-fill';

/** A message on its way. Its place at time t is (t − sentUs) / (dueUs − sentUs) of its path: linear. */
export interface FlightView {
  readonly id: number;
  readonly kind: FlightKind;
  /** Actor ids; a segment's host is in `fromHost` / `toHost` (instances and clients: their own id). */
  readonly from: ActorId;
  readonly to: ActorId;
  readonly fromHost: HostId;
  readonly toHost: HostId;
  readonly sentUs: Micros;
  readonly dueUs: Micros;
  /** A lost message ends in a cross at `dueUs`, part of the way: it travels only `reach` (0–1) of its path. */
  readonly lost: string | null;
  readonly reach: number;
  readonly group: GroupId | null;
  readonly first: Lsn | null;
  readonly last: Lsn | null;
  readonly count: number;
  readonly txns: readonly TxnId[];
  readonly page: PageNo | null;
  /** For acks: would be the k-th acknowledgement of the record at hand, if it were to arrive now. */
  readonly label: string;
}

export interface TransactionView {
  readonly txn: TxnId;
  readonly session: SessionId;
  readonly state: 'active' | 'waiting for durability';
  readonly first: Lsn | null;
  readonly last: Lsn | null;
  readonly commitLsn: Lsn | null;
  readonly groups: readonly GroupId[];
}

/** A page being built from redo on a storage node, record by record (SIGMOD'17 §4.2.3, '18 §3.4). */
export interface RebuildView {
  readonly segment: SegmentId;
  readonly host: HostId;
  readonly instance: ActorId;
  readonly page: PageNo;
  readonly readPoint: Lsn;
  readonly baseLsn: Lsn;
  readonly hit: boolean;
  readonly phase: 'reading base' | 'applying';
  readonly startedUs: Micros;
  readonly nextUs: Micros;
  /** LSNs still to apply, in order, and those already applied. */
  readonly left: readonly { readonly lsn: Lsn; readonly what: string }[];
  readonly done: readonly { readonly lsn: Lsn; readonly what: string }[];
  readonly pageLsn: Lsn;
  readonly rows: readonly Row[];
  readonly kind: string;
}

export interface ClientView {
  readonly id: ActorId;
  /** Console sessions are typed by a person, application sessions by the workload. */
  readonly kind: 'console' | 'application';
  readonly endpoint: ActorId;
  readonly chart: string;
  readonly waitingSinceUs: Micros | null;
  readonly queued: number;
}

interface Counters {
  readonly events: number;
  readonly messages: number;
  readonly commits: number;
  readonly batches: number;
  readonly lost: number;
}
