import type { AnyMachineSnapshot, AnyStateMachine } from 'xstate';
import type { Armed } from './armed.ts';
import type { Saved } from './cow-array.ts';
import type { Flight } from './happening.ts';
import type { Position } from './time.ts';

/** A running actor: where its chart is, what it knows, and which of its timers are armed. */
export interface Actor {
  readonly machine: AnyStateMachine;
  readonly snapshot: AnyMachineSnapshot;
  readonly context: unknown;
  readonly timers: readonly Armed[];
}

/** A moment of a run that can be returned to. References only: nothing is cloned. */
export interface Keyframe<N> {
  readonly position: Position;
  readonly count: number;
  readonly order: number;
  readonly applied: number;
  readonly network: N;
  readonly hashA: number;
  readonly hashB: number;
  readonly queue: readonly Flight[];
  readonly actors: Saved<Actor>;
  readonly ordinals: Saved<number>;
}
