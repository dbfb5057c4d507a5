import type { Lsn, PageNo, Row, TxnId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { GroupId } from './record.ts';
import type { HostId, SegmentId } from './topology.ts';

/** What may be shown of messages on their way and of pages being built. Part of `ClusterView`. */
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
  | 'gossip-fill'
  /** Questions of recovery to segments, and what they answer. */
  | 'recovery'
  | 'recovery-answer'
  /** Base pages and log for a copy that is being filled. */
  | 'hydration'
  | 'backup'
  | 'heartbeat'
  /** What the control plane tells, and what it is told. */
  | 'order';

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
  /** How many of its records compensate: they take a change back. */
  readonly undoes: number;
  readonly txns: readonly TxnId[];
  readonly page: PageNo | null;
  /** For acks: would be the k-th acknowledgement of the record at hand, if it were to arrive now. */
  readonly label: string;
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
