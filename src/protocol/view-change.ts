import type { Lsn, PageNo } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { GroupId } from './record.ts';
import type { Az, HostId, SegmentId, Slot } from './topology.ts';

/**
 * What may be shown of a cluster that is being repaired, opened anew, grown, backed up or restored.
 * Part of `ClusterView`.
 */

/** LSNs above `above` up to `upTo` were annulled when epoch `epoch` began; they never come back. */
export interface RangeView {
  readonly epoch: number;
  readonly above: Lsn;
  readonly upTo: Lsn;
}

/** The steps in which a volume is opened for writing, in their order (SIGMOD'18 §2.4). */
export type RecoveryPhase = 'claiming' | 'polling' | 'truncating' | 'completing' | 'opening';

/** An instance that opens the volume: which step, and who of each group has answered it. */
export interface RecoveryView {
  readonly phase: RecoveryPhase;
  readonly sinceUs: Micros;
  /** The volume epoch it opens. */
  readonly epoch: number;
  readonly groups: readonly {
    readonly id: GroupId;
    /** Members whose answer to the present step is in. */
    readonly answered: readonly SegmentId[];
    /** The least number of answers that can be enough. */
    readonly needed: number;
    readonly complete: boolean;
  }[];
  /** Known once the log has been read. */
  readonly vcl: Lsn | null;
  readonly vdl: Lsn | null;
  readonly range: RangeView | null;
}

/** One of a group's six places: who holds it, and who is to take it over. */
export interface PlaceView {
  readonly slot: Slot;
  /** The letter of its member: a…f at the start, g and on for those that came later. */
  readonly member: string;
  readonly segment: SegmentId;
  /** Not counted while a zone is given up for long: four places are left. */
  readonly struck: boolean;
  readonly replacement: ReplacementView | null;
}

/** A new copy on its way to a place. It counts for writes at once, for reads when it is filled. */
export interface ReplacementView {
  readonly member: string;
  readonly segment: SegmentId;
  readonly host: HostId;
  /** Of the nominal 10 GB, 0–100. */
  readonly percent: number;
  readonly hydrated: boolean;
  /** When the copying will be done, if nothing comes between; null when that is not known. */
  readonly doneAtUs: Micros | null;
  /** The peer it is being filled from. */
  readonly source: SegmentId | null;
}

/** A failover's steps, as its phases are published (SIGMOD'17 §5; times are a protocol choice). */
export type FailoverPhase = 'detecting' | 'electing' | 'recovering' | 'reconnecting';

export interface FailoverView {
  readonly phase: FailoverPhase;
  /** The writer that was given up. */
  readonly from: ActorId;
  /** Who takes over; null while that is open. */
  readonly target: ActorId | null;
  readonly sinceUs: Micros;
  readonly phaseSinceUs: Micros;
}

/** The control plane: who is watched, what is being changed. */
export interface ControlView {
  readonly state: 'available' | 'unavailable';
  readonly chart: string;
  readonly failover: FailoverView | null;
  /** Hosts and instances that it has not heard of for too long. */
  readonly suspects: readonly ActorId[];
  /** A patch in progress: the hosts still to come, the first one under way. */
  readonly patching: readonly HostId[];
  /** A zone given up for long: 3 of 4 instead of 4 of 6. */
  readonly withoutZone: Az | null;
  /** A group being added: its number, and the geometry epoch it will bring. */
  readonly growing: { readonly group: GroupId; readonly epoch: number } | null;
}

/** Where the cluster endpoint leads, and since when. */
export interface EndpointView {
  readonly writer: ActorId;
  readonly sinceUs: Micros;
  /** The writer is gone and no other has opened the volume yet: clients get no answer. */
  readonly moving: boolean;
}

/** The object store: the continuous backup (SIGMOD'17 §3.3, §5). */
export interface StoreView {
  /** Up to here the whole volume could be restored. */
  readonly backedUpTo: Lsn;
  /** Latest moment to which the volume could be restored. */
  readonly restorableToUs: Micros;
  /** Volume durable up to, minus backed up to, in records of the log. */
  readonly behind: number;
}

/** A volume made from the backup. */
export interface RestoredView {
  readonly state: 'copying' | 'replaying' | 'open';
  readonly asOfUs: Micros;
  /** Where it ends: a consistency point; null while that is being found. */
  readonly vdl: Lsn | null;
  readonly percent: number;
}

/** A stored page that does not match its checksum, and what is done about it. */
export interface DamageView {
  readonly page: PageNo;
  readonly state: 'unnoticed' | 'found' | 'repairing';
}
