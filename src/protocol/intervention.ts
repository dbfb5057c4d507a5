import type { SessionId } from '../database/ids.ts';
import type { Statement } from '../database/statement.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { GroupId } from './record.ts';
import type { Az } from './topology.ts';

/**
 * What a person can do to a running cluster. Data with a place in the run: part of the run value, the
 * link, undo and the trace. A target is a storage node (B2) or an instance (W, R1).
 */
export type Act =
  | { readonly op: 'crash'; readonly target: ActorId }
  | { readonly op: 'restore'; readonly target: ActorId }
  | { readonly op: 'crash-zone'; readonly az: Az }
  | { readonly op: 'restore-zone'; readonly az: Az }
  | { readonly op: 'slow'; readonly target: ActorId; readonly on: boolean }
  | { readonly op: 'isolate'; readonly target: ActorId; readonly on: boolean }
  /** The next message to the target, which may also be a segment (0/c), is lost. */
  | { readonly op: 'drop-next'; readonly target: ActorId }
  /** Loss rate of messages to and from segments, in parts per million. */
  | { readonly op: 'loss'; readonly ppm: number }
  /** One statement list for one console session, at the writer (`W`) or a replica. `text` is for display only. */
  | {
      readonly op: 'sql';
      readonly session: SessionId;
      readonly endpoint: ActorId;
      readonly statements: readonly Statement[];
      readonly text: string;
    }
  /** One write transaction of the built-in workload, `count` times. */
  | { readonly op: 'write'; readonly count: number }
  /** One mini-transaction of bare records, one for each group named, in order: the log without a database. */
  | { readonly op: 'records'; readonly groups: readonly GroupId[] }
  /** One read of the built-in workload at the instance named. */
  | { readonly op: 'read'; readonly target: ActorId }
  | { readonly op: 'workload'; readonly workload: WorkloadConfig }
  /** Chance that messages to and from segments arrive twice, in parts per million. */
  | { readonly op: 'duplicate'; readonly ppm: number }
  /** Nothing that `from` sends reaches `to`; both are hosts or instances. */
  | {
      readonly op: 'partition';
      readonly from: readonly ActorId[];
      readonly to: readonly ActorId[];
      readonly on: boolean;
    }
  /** The control plane answers nobody while it is down. */
  | { readonly op: 'control'; readonly on: boolean }
  /** A host and everything on its disk is gone for good; restored, it comes back empty. */
  | { readonly op: 'lose'; readonly target: ActorId }
  /** One stored page of a segment is damaged on its disk. */
  | { readonly op: 'corrupt'; readonly target: ActorId; readonly page: number }
  /** A replica becomes the writer; with no target, whoever comes first by tier. */
  | { readonly op: 'promote'; readonly target: ActorId | null }
  /** A segment, or all of a host, is to be replaced: because it is suspected, or because its disk is hot. */
  | {
      readonly op: 'replace';
      readonly target: ActorId;
      readonly reason: 'suspected' | 'hot';
    }
  /** A host, or the hosts of a whole zone one after another, are taken down for new software and brought back. */
  | { readonly op: 'patch'; readonly target: ActorId }
  /** A zone is given up for long: 3 of 4 instead of 4 of 6 (SIGMOD'18 §4.1), or taken back in. */
  | { readonly op: 'extended-loss'; readonly az: Az; readonly on: boolean }
  /** The volume gets one more protection group. */
  | { readonly op: 'grow' }
  /** A new volume is made from the backup, as it was at a time. */
  | { readonly op: 'restore-volume'; readonly toUs: Micros };

export interface Intervention {
  /** Applied as the event after position `at`: number n + 1 of that microsecond. */
  readonly at: Position;
  readonly act: Act;
}
