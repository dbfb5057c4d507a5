import type { SessionId } from '../database/ids.ts';
import type { Statement } from '../database/statement.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Position } from '../engine/time.ts';
import type { WorkloadConfig } from './config.ts';
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
  /** One read of the built-in workload at the instance named. */
  | { readonly op: 'read'; readonly target: ActorId }
  | { readonly op: 'workload'; readonly workload: WorkloadConfig };

export interface Intervention {
  /** Applied as the event after position `at`: number n + 1 of that microsecond. */
  readonly at: Position;
  readonly act: Act;
}
