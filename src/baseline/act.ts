import type { SessionId } from '../database/ids.ts';
import type { Statement } from '../database/statement.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Position } from '../engine/time.ts';
import type { Zone } from './places.ts';

/** What a person can do to the mirrored database. Data with a place in the run. */
export type BaselineAct =
  | { readonly op: 'crash'; readonly target: ActorId }
  | { readonly op: 'restore'; readonly target: ActorId }
  | { readonly op: 'crash-zone'; readonly az: Zone }
  | { readonly op: 'restore-zone'; readonly az: Zone }
  | { readonly op: 'slow'; readonly target: ActorId; readonly on: boolean }
  | {
      readonly op: 'sql';
      readonly session: SessionId;
      readonly statements: readonly Statement[];
      readonly text: string;
    }
  /** One write transaction of the built-in workload, `count` times. */
  | { readonly op: 'write'; readonly count: number }
  /** One read of the built-in workload. */
  | { readonly op: 'read' }
  | { readonly op: 'workload'; readonly workload: WorkloadConfig };

export interface BaselineIntervention {
  readonly at: Position;
  readonly act: BaselineAct;
}
