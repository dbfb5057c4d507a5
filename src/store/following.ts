import type { Lsn, SessionId, TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Position } from '../engine/time.ts';
import type { GroupId } from '../protocol/record.ts';
import type { HostId, SegmentId } from '../protocol/topology.ts';

/** The stages of a write's way, in their order. */
export type StageKind =
  | 'statement'
  | 'records'
  | 'sent'
  | 'stored'
  | 'acknowledged'
  | 'durable'
  | 'returned'
  | 'replicas'
  | 'stragglers';

/** One thing that happened to the write: when, where, and to which record. */
export interface FollowPoint {
  readonly at: Position;
  /** The instance, host or client it happened at. */
  readonly where: ActorId;
  readonly segment: SegmentId | null;
  readonly lsn: Lsn | null;
  readonly text: string;
}

export interface FollowStage {
  readonly kind: StageKind;
  readonly title: string;
  readonly done: boolean;
  /** When the stage was finished; null before. */
  readonly doneAt: Position | null;
  readonly points: readonly FollowPoint[];
}

/** One write on its way, as far as it has come. */
export interface Following {
  readonly txn: TxnId;
  readonly session: SessionId | null;
  readonly groups: readonly GroupId[];
  readonly lsns: readonly Lsn[];
  readonly commitLsn: Lsn | null;
  readonly stages: readonly FollowStage[];
  /** The first stage that is not done: where the eye belongs. Null when all is done. */
  readonly present: StageKind | null;
  /** Actors the write has to do with: what is not among them may be dimmed. */
  readonly actors: readonly ActorId[];
}

/** What has to be known beside the events. */
export interface FollowSubject {
  readonly txn: TxnId;
  readonly replicas: readonly ActorId[];
  hostOf(segment: SegmentId): HostId;
}

/** What each stage is called. */
export const TITLES: Readonly<Record<StageKind, string>> = {
  statement: 'The statement arrives',
  records: 'Redo records are cut',
  sent: 'Records leave for the segments',
  stored: 'Segments store them on disk',
  acknowledged: 'A write quorum acknowledges',
  durable: 'The volume is durable up to the commit',
  returned: 'The commit returns to the client',
  replicas: 'Replicas see it',
  stragglers: 'The last copies catch up',
};
