import { setup } from 'xstate';
import type { ActorId, Outcome } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Signals } from './messages.ts';
import type { MutationName } from './mutations.ts';
import { note } from './note.ts';
import { CONTROL, WRITER } from './topology.ts';

/**
 * The control plane: metadata service, health monitor and repair in one actor (SIGMOD'17 §5: DynamoDB
 * holds the configuration, Host Manager watches instances, workflows repair segments).
 */
export interface Control {
  readonly id: ActorId;
  /** Raised by compare-and-set each time the volume is opened for writing (SIGMOD'18 §2.4). */
  readonly volumeEpoch: number;
  readonly geometryEpoch: number;
  /** Whoever the cluster endpoint points to. */
  readonly writer: ActorId;
  readonly mutations: readonly MutationName[];
}

export interface ControlInput {
  readonly mutations: readonly MutationName[];
}

const newControl = ({ mutations }: ControlInput): Control => ({
  id: CONTROL,
  volumeEpoch: 1,
  geometryEpoch: 1,
  writer: WRITER,
  mutations,
});

const tell =
  (state: 'down' | 'up') =>
  (control: Control): Outcome<Control> => [control, [note({ type: 'control', state })]];

export type ControlEvent = Signals<'CONTROL_DOWN' | 'CONTROL_UP'>;

/** Available, or not: a running volume goes on without it, nothing about it can be changed. */
export const controlMachine = setup({
  types: {} as { context: Control; events: ControlEvent; input: ControlInput },
  actions: protocolActions,
}).createMachine({
  id: 'control plane',
  context: ({ input }) => newControl(input),
  initial: 'available',
  states: {
    available: {
      on: { CONTROL_DOWN: { target: 'unavailable', actions: step(tell('down')) } },
    },
    unavailable: {
      on: { CONTROL_UP: { target: 'available', actions: step(tell('up')) } },
    },
  },
});
