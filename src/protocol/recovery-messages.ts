import type { Lsn } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { Epochs, TruncationRange } from './epochs.ts';
import type { Membership } from './membership.ts';
import type { GroupId, LogRecord } from './record.ts';
import type { SegmentId } from './topology.ts';

/** "Which part do I play?", of an instance that has just started. `boot` counts its starts. */
export interface Register {
  readonly type: 'REGISTER';
  readonly instance: ActorId;
  readonly boot: number;
}
/** "This one is the writer, or is to become it, after volume epoch `epoch`." */
export interface Role {
  readonly type: 'ROLE';
  readonly boot: number;
  readonly writer: ActorId;
  readonly epoch: number;
}

/** "I want to open the volume for writing, in the epoch after `expected`": a compare-and-set. */
export interface OpenVolume {
  readonly type: 'OPEN_VOLUME';
  readonly instance: ActorId;
  readonly boot: number;
  readonly expected: number;
}
/** The epoch is yours, and this is what the volume is made of. */
export interface VolumeOpened {
  readonly type: 'VOLUME_OPENED';
  readonly boot: number;
  readonly epoch: number;
  readonly geometry: number;
  readonly memberships: readonly Membership[];
  readonly ranges: readonly TruncationRange[];
  /** Every instance of the cluster. */
  readonly instances: readonly ActorId[];
}
/** Somebody else has the volume, or is to have it. */
export interface VolumeRefused {
  readonly type: 'VOLUME_REFUSED';
  readonly boot: number;
}

/** The read of recovery: with it, a segment promises to listen to no older epoch (SIGMOD'18 §2.4). */
export interface RecoveryRead {
  readonly type: 'RECOVERY_READ';
  readonly group: GroupId;
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
  /** Records above this are wanted even if durable: for a cache that is current up to there. */
  readonly above: Lsn | null;
}
export interface RecoveryState {
  readonly type: 'RECOVERY_STATE';
  readonly segment: SegmentId;
  readonly group: GroupId;
  readonly epochs: Epochs;
  readonly scl: Lsn;
  /** The writer's VDL as last heard. */
  readonly hint: Lsn;
  /** The group's last record at or below where `records` begin. */
  readonly tail: Lsn;
  readonly records: readonly LogRecord[];
}

/** The truncation range of a recovery, to be recorded before any segment hears of it. */
export interface RecordRange {
  readonly type: 'RECORD_RANGE';
  readonly instance: ActorId;
  readonly boot: number;
  readonly range: TruncationRange;
  /** Where each group ends now, by its number. */
  readonly tails: readonly Lsn[];
}
export interface RangeRecorded {
  readonly type: 'RANGE_RECORDED';
  readonly epoch: number;
  readonly ranges: readonly TruncationRange[];
}
export interface Truncate {
  readonly type: 'TRUNCATE';
  readonly group: GroupId;
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
}
export interface Truncated {
  readonly type: 'TRUNCATED';
  readonly segment: SegmentId;
  readonly group: GroupId;
  readonly epochs: Epochs;
  readonly scl: Lsn;
}

/** "I have the volume open, in this epoch." */
export interface VolumeReady {
  readonly type: 'VOLUME_READY';
  readonly instance: ActorId;
  readonly epoch: number;
}
/** "Where is the writer?" */
export interface Resolve {
  readonly type: 'RESOLVE';
}
/** Where the cluster endpoint leads. */
export interface Endpoint {
  readonly type: 'ENDPOINT';
  readonly writer: ActorId;
  readonly epoch: number;
}
/** "I live", now and then, of every instance. */
export interface Heartbeat {
  readonly type: 'HEARTBEAT';
  readonly instance: ActorId;
  readonly role: 'writer' | 'replica';
  readonly epoch: number;
}
/** "Become the writer, after volume epoch `epoch`." */
export interface TakeOver {
  readonly type: 'TAKE_OVER';
  readonly epoch: number;
  /** For an instance that does not exist yet: how long it takes to start one. */
  readonly launchUs: Micros;
}
