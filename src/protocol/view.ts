import type { Lsn, PageNo, SessionId, TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { QuorumModelName } from './config.ts';
import type { Epochs } from './epochs.ts';
import type { Quorum } from './quorum.ts';
import type { GroupId, LsnRange } from './record.ts';
import type { ReplicaStatus } from './replica-status.ts';
import type { Az, HostId, SegmentId, Slot } from './topology.ts';
import type {
  ControlView,
  DamageView,
  EndpointView,
  PlaceView,
  RangeView,
  RecoveryView,
  RestoredView,
  StoreView,
} from './view-change.ts';
import type { FlightView, RebuildView } from './view-motion.ts';

export type { FlightKind, FlightView, RebuildView } from './view-motion.ts';

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
  /** One entry per protection group, in order. */
  readonly groups: readonly GroupView[];
  readonly flights: readonly FlightView[];
  readonly transactions: readonly TransactionView[];
  readonly rebuilds: readonly RebuildView[];
  readonly clients: readonly ClientView[];
  readonly endpoint: EndpointView;
  readonly control: ControlView;
  /** Null while nothing is backed up. */
  readonly store: StoreView | null;
  /** Null while no volume has been restored. */
  readonly restored: RestoredView | null;
  readonly counters: Counters;
}

export interface VolumeView {
  readonly allocated: Lsn;
  readonly vcl: Lsn;
  readonly vdl: Lsn;
  readonly allocationLimit: Lsn;
  readonly epoch: number;
  /** Raised when the volume grows or changes its quorum model. */
  readonly geometryEpoch: number;
  readonly model: QuorumModelName;
  /** What recoveries have annulled, oldest first. */
  readonly ranges: readonly RangeView[];
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
  /** A zombie still takes itself for the writer: another has opened the volume in a newer epoch. */
  readonly role: 'writer' | 'replica' | 'zombie';
  readonly az: Az;
  /** `open` serves its clients; the others do not. */
  readonly state: 'open' | 'recovering' | 'attaching' | 'fenced' | 'restarting' | 'down';
  /** The volume epoch it works in. */
  readonly epoch: number;
  /** 0 is promoted first, 15 last. */
  readonly tier: number;
  readonly isolated: boolean;
  /** Hosts and instances that hear nothing of it although it is not isolated. */
  readonly cutFrom: readonly ActorId[];
  /** The newer epoch that it was refused for; null when nobody refused it. */
  readonly refusedBy: number | null;
  readonly recovery: RecoveryView | null;
  /** Transactions found open at recovery, still to be undone; their locks are held until then. */
  readonly undoLeft: number;
  /** The oldest read point that a read here may still need. */
  readonly oldestReadView: Lsn;
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
  /** What Aurora's own status function tells of a replica; null for a writer. */
  readonly status: ReplicaStatus | null;
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
  /** `lost` with everything on its disk: it would come back empty. */
  readonly state: 'up' | 'down' | 'restarting' | 'lost';
  readonly slow: boolean;
  readonly isolated: boolean;
  /** Hosts and instances that hear nothing of it although it is not isolated. */
  readonly cutFrom: readonly ActorId[];
  readonly dropNext: boolean;
  /** Taken down for new software, and on its way back. */
  readonly patching: boolean;
  readonly diskQueue: number;
  readonly chart: string;
  readonly segments: readonly SegmentId[];
}

export interface SegmentView {
  readonly id: SegmentId;
  readonly group: GroupId;
  /** The place in the quorum that it holds or is to take. */
  readonly slot: Slot;
  /** Its letter: the slot's own for those the volume starts with, g and on for later ones. */
  readonly member: string;
  readonly host: HostId;
  readonly az: Az;
  readonly state: SegmentState;
  readonly chart: string;
  /** A full copy keeps log and pages, a tail keeps the log only (SIGMOD'18 §4.2). */
  readonly kind: 'full' | 'tail';
  /** How much of a new copy has arrived, 0–100; null for one that is not being filled. */
  readonly percent: number | null;
  readonly epochs: Epochs;
  /** What it was told is annulled, oldest first. */
  readonly ranges: readonly RangeView[];
  /** Lowest read point that may still be asked for, as it knows. */
  readonly pgmrpl: Lsn;
  /** Its log and pages up to here are in the object store. */
  readonly backedUpTo: Lsn;
  readonly damage: readonly DamageView[];
  readonly scl: Lsn;
  /** Records up to here are only in base pages; log below is gone. */
  readonly floor: Lsn;
  readonly highest: Lsn;
  /** Held above the first gap. */
  readonly ahead: readonly LsnRange[];
  /** Newest LSNs held at or below SCL, oldest first, at most 12: the ruler's ticks. */
  readonly recent: readonly Lsn[];
  /** Of them, those that compensate: they take a change back. */
  readonly undoes: readonly Lsn[];
  readonly hotRecords: number;
  /** What the writer believes this segment is complete to. */
  readonly ackedScl: Lsn;
  /** Stored page versions, newest first. */
  readonly pages: readonly { readonly page: PageNo; readonly lsn: Lsn; readonly chain: number }[];
  /** How many times each of the eight steps ran: index 0 is step ①. Steps not built yet stay 0. */
  readonly steps: readonly number[];
  readonly gossipKnown: number;
}

/** `suspected`: a replacement is on its way. `retired`: replaced, and counted no more. */
type SegmentState =
  | 'absent'
  | 'hydrating'
  | 'catching up'
  | 'complete'
  | 'suspected'
  | 'retired'
  | 'down';

export interface GroupView {
  readonly id: GroupId;
  readonly pgcl: Lsn;
  /** LSN of the newest record issued for this group. */
  readonly tail: Lsn;
  /** Over member letters: one expression, or several joined by and / or during a change. */
  readonly write: Quorum;
  readonly read: Quorum;
  /** The same as text: `4/6 of abcdef AND 4/6 of abcdeg`. */
  readonly writeText: string;
  readonly readText: string;
  readonly writesOk: boolean;
  readonly readsOk: boolean;
  /** Raised by every step of a membership change. */
  readonly membershipEpoch: number;
  /** The six places in slot order. */
  readonly places: readonly PlaceView[];
  /** Members of the six places in slot order, then replacements that are on their way. */
  readonly segments: readonly SegmentView[];
  /** Places that count: six, or four while a zone is given up. */
  readonly copies: number;
  /** Of them, those whose copy could acknowledge or answer now. */
  readonly healthy: number;
  readonly health: 'writes continue' | 'writes wait' | 'reads only' | 'data at risk';
  readonly firstPage: PageNo;
  readonly lastPage: PageNo;
  /** The newest record of the group and who holds and has acknowledged it: the quorum meter. */
  readonly meter: MeterView | null;
}

export interface MeterView {
  readonly lsn: Lsn;
  /** One for each member, in the order of the group's segments. */
  readonly slots: readonly {
    readonly slot: Slot;
    readonly member: string;
    readonly host: HostId;
    readonly state: 'acked' | 'stored' | 'sent' | 'missing' | 'down';
  }[];
  readonly acked: number;
  readonly needed: number;
  readonly durable: boolean;
}

export interface TransactionView {
  readonly txn: TxnId;
  readonly session: SessionId | null;
  readonly state: 'active' | 'waiting for durability';
  readonly first: Lsn | null;
  readonly last: Lsn | null;
  readonly commitLsn: Lsn | null;
  readonly groups: readonly GroupId[];
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
