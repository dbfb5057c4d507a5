import type { Lsn } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { ReplaceReason } from './membership.ts';
import type { GroupId } from './record.ts';
import type { Az, HostId, SegmentId } from './topology.ts';

/** What a step of a membership change did. */
export type MembershipStep =
  | 'added'
  | 'forward'
  | 'back'
  | 'leaving the zone'
  | 'without the zone'
  | 'returning to the zone'
  | 'with the zone'
  | 'keeping the zone';

/** Facts about who keeps a group: suspicion, repair, the quorum model (SIGMOD'18 §4). */
export type MembershipNote =
  | {
      readonly type: 'suspected';
      readonly group: GroupId;
      readonly segment: SegmentId;
      readonly by: ActorId;
    }
  | {
      readonly type: 'host-chosen';
      readonly group: GroupId;
      readonly segment: SegmentId;
      readonly instead: SegmentId;
      readonly reason: ReplaceReason;
    }
  | {
      readonly type: 'no-host';
      readonly group: GroupId;
      readonly segment: SegmentId;
      readonly az: Az;
    }
  /** The metadata service has the next membership of a group. */
  | {
      readonly type: 'membership';
      readonly group: GroupId;
      readonly epoch: number;
      readonly step: MembershipStep;
      /** Who is added, takes the place or keeps it; null where a whole zone is meant. */
      readonly subject: SegmentId | null;
      readonly instead: SegmentId | null;
      readonly write: string;
      readonly read: string;
    }
  /** Enough members have recorded it, so that nobody can do without it. */
  | {
      readonly type: 'membership-recorded';
      readonly group: GroupId;
      readonly epoch: number;
      readonly segments: readonly SegmentId[];
      /** A write quorum of it; otherwise only a read quorum, because no more are left. */
      readonly byWriteQuorum: boolean;
    }
  | {
      readonly type: 'membership-adopted';
      readonly actor: ActorId;
      readonly group: GroupId;
      readonly epoch: number;
    }
  /** One part of a new member's pages has arrived. */
  | {
      readonly type: 'copied';
      readonly segment: SegmentId;
      readonly source: SegmentId;
      readonly part: number;
      readonly parts: number;
    }
  /** A new member counts for reads from now on. */
  | {
      readonly type: 'hydrated';
      readonly group: GroupId;
      readonly segment: SegmentId;
      readonly scl: Lsn;
      readonly joinedAt: Lsn;
    }
  | {
      readonly type: 'geometry';
      readonly epoch: number;
      readonly az: Az;
      readonly state: 'given up' | 'taken back';
    }
  | {
      readonly type: 'patch';
      readonly host: HostId;
      readonly state: 'begun' | 'done';
      readonly left: number;
      readonly tookUs: Micros;
    };
