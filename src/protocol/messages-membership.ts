import type { Lsn } from '../database/ids.ts';
import type { Micros } from '../engine/time.ts';
import type { Epochs } from './epochs.ts';
import type { Membership } from './membership.ts';
import type { GroupId } from './record.ts';
import type { HostId, SegmentId } from './topology.ts';

/** The writer to the control plane: a member leaves writes unanswered while others acknowledge. */
export interface Suspect {
  readonly type: 'SUSPECT';
  readonly segment: SegmentId;
}

/** The writer to the control plane: the member that is being replaced acknowledges again. */
export interface Answers {
  readonly type: 'ANSWERS';
  readonly group: GroupId;
  readonly segment: SegmentId;
}

/** The control plane to a host: make room for a new member of a group and fill it. */
export interface Carry {
  readonly type: 'CARRY';
  readonly segment: SegmentId;
  readonly order: CopyOrder;
}

/** How a new member is to be filled. */
export interface CopyOrder {
  /** Who keeps the group at present, without the new member. */
  readonly membership: Membership;
  readonly kind: 'full' | 'tail';
  /** The peers to copy from, the best first. */
  readonly sources: readonly SegmentId[];
  /** How long the bytes of a whole segment take (SIGMOD'17 §2.2: 10 GB over 10 Gbit/s). */
  readonly copyUs: Micros;
}

/** A host to the segment it now carries. */
export interface Join {
  readonly type: 'JOIN';
  readonly order: CopyOrder;
}

/** A new member to the control plane: it has begun to copy, and can be written to. */
export interface Joined {
  readonly type: 'JOINED';
  readonly segment: SegmentId;
  readonly group: GroupId;
}

/** A new member to a full peer: the next part of its pages, please. */
export interface CopyPart {
  readonly type: 'COPY';
  readonly segment: SegmentId;
  readonly part: number;
  readonly parts: number;
  readonly epochs: Epochs;
}

/** A peer's answer: this part of its pages is on its way. */
export interface CopyAnswer {
  readonly type: 'COPY_PART';
  readonly segment: SegmentId;
  readonly part: number;
}

/**
 * Who keeps a group. From the control plane to members it asks to be recorded; to anybody else it tells
 * what those have recorded.
 */
export interface MembershipIs {
  readonly type: 'MEMBERSHIP';
  readonly membership: Membership;
  readonly geometry: number;
  /** Whoever does not know this volume epoch has no business with this membership. */
  readonly volume: number;
}

/** A member to the control plane: recorded, and this is how far it is complete. */
export interface Recorded {
  readonly type: 'RECORDED';
  readonly segment: SegmentId;
  readonly group: GroupId;
  /** The membership epoch it has recorded. */
  readonly epoch: number;
  readonly scl: Lsn;
  /** The newest record that it holds, beyond gaps as well. */
  readonly highest: Lsn;
  /** It has base pages (a tail: the log), so its SCL says what it holds. */
  readonly based: boolean;
}

/** "Who keeps this group?" to anybody who knows of a newer epoch. */
export interface AskMembership {
  readonly type: 'ASK_MEMBERSHIP';
  readonly group: GroupId;
}

/** A replaced member to the control plane: may it give up what it holds? */
export interface Retiring {
  readonly type: 'RETIRING';
  readonly segment: SegmentId;
  readonly group: GroupId;
}

/** The control plane to a replaced member: nobody needs what it holds any more. */
export interface Erase {
  readonly type: 'ERASE';
  readonly group: GroupId;
}

/** A segment to its host: there is nothing left of it here. */
export interface Gone {
  readonly type: 'GONE';
  readonly segment: SegmentId;
}

/** A host to the control plane: it was patched, and its segments are complete again. */
export interface Patched {
  readonly type: 'PATCHED';
  readonly host: HostId;
}

/** A segment to its host: complete again. */
export interface Ready {
  readonly type: 'READY';
  readonly segment: SegmentId;
}

/** The monitor of machines: this one will not come back (SIGMOD'18 §4.1: a monitoring agent). */
export interface HostLost {
  readonly type: 'HOST_LOST';
  readonly host: HostId;
}

/** The time that any suspicion takes has passed since a host was lost. */
export interface HostMissed {
  readonly type: 'HOST_MISSED';
  readonly host: HostId;
}

/** The next look of the control plane at a group that changes. */
export interface Round {
  readonly type: 'ROUND';
  readonly group: GroupId;
}
