import { setup } from 'xstate';
import type { ActorId, Delivery, Outcome } from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Micros } from '../engine/time.ts';
import type { DetectionConfig } from './config.ts';
import { register, resolve } from './control-endpoint.ts';
import {
  askAgain,
  type Failover,
  heartbeat,
  promote,
  reconnected,
  watch,
  watchAgain,
} from './control-failover.ts';
import {
  askGeometry,
  type Growth,
  type GrowthSettings,
  grow,
  growAgain,
  growthResumed,
  hosted,
} from './control-growth.ts';
import { openVolume, recordRange, volumeReady } from './control-volume.ts';
import type { TruncationRange } from './epochs.ts';
import type { Membership } from './membership.ts';
import type { Promote, Signals } from './messages.ts';
import type { AskGeometry, Hosted } from './messages-growth.ts';
import type { MutationName } from './mutations.ts';
import { note } from './note.ts';
import type {
  Heartbeat,
  OpenVolume,
  RecordRange,
  Register,
  Resolve,
  VolumeReady,
} from './recovery-messages.ts';
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
  /** Who keeps each group, in order. */
  readonly memberships: readonly Membership[];
  /** What recoveries annulled, oldest first. */
  readonly ranges: readonly TruncationRange[];
  /** Who got the present epoch: it may ask again. */
  readonly claim: {
    readonly instance: ActorId;
    readonly boot: number;
    readonly expected: number;
  } | null;
  /** Whoever the cluster endpoint points to, since when, and the epoch that one opened. */
  readonly writer: ActorId;
  readonly endpointEpoch: number;
  readonly endpointSinceUs: Micros;
  /** Every instance, and when it was last heard of. */
  readonly instances: readonly ActorId[];
  readonly heardUs: readonly Micros[];
  readonly failover: Failover | null;
  readonly settings: GrowthSettings;
  /** The group that is being founded. */
  readonly growth: Growth | null;
  readonly detection: DetectionConfig;
  readonly mutations: readonly MutationName[];
}

export interface ControlInput {
  readonly settings: GrowthSettings;
  readonly memberships: readonly Membership[];
  readonly instances: readonly ActorId[];
  readonly detection: DetectionConfig;
  readonly mutations: readonly MutationName[];
}

const newControl = ({
  memberships,
  instances,
  detection,
  mutations,
  settings,
}: ControlInput): Control => ({
  id: CONTROL,
  volumeEpoch: 1,
  geometryEpoch: 1,
  memberships,
  ranges: [],
  claim: null,
  writer: WRITER,
  endpointEpoch: 1,
  endpointSinceUs: 0,
  instances,
  heardUs: instances.map(() => 0),
  failover: null,
  settings,
  growth: null,
  detection,
  mutations,
});

const down = (control: Control): Outcome<Control> => [
  control,
  [{ kind: 'disarm', timer: '*' }, note({ type: 'control', state: 'down' })],
];

function up(control: Control, { atUs }: Delivery): Outcome<Control> {
  const [next, effects] = watchAgain(control, atUs);
  return [next, [note({ type: 'control', state: 'up' }), ...effects, ...growthResumed(next)]];
}

export type ControlEvent =
  | Delivery<Register>
  | Delivery<OpenVolume>
  | Delivery<RecordRange>
  | Delivery<VolumeReady>
  | Delivery<Resolve>
  | Delivery<Heartbeat>
  | Delivery<Promote>
  | Delivery<AskGeometry>
  | Delivery<Hosted>
  | Signals<'GROW' | 'GROW_AGAIN'>
  | Signals<'WATCH' | 'ASK_AGAIN' | 'RECONNECTED' | 'CONTROL_DOWN' | 'CONTROL_UP'>;

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
      on: {
        REGISTER: { actions: step(register) },
        OPEN_VOLUME: { actions: step(openVolume) },
        RECORD_RANGE: { actions: step(recordRange) },
        VOLUME_READY: { actions: step(volumeReady) },
        RESOLVE: { actions: step(resolve) },
        HEARTBEAT: { actions: step(heartbeat) },
        WATCH: { actions: step(watch) },
        PROMOTE: { actions: step(promote) },
        ASK_AGAIN: { actions: step(askAgain) },
        ASK_GEOMETRY: { actions: step(askGeometry) },
        HOSTED: { actions: step(hosted) },
        GROW: { actions: step(grow) },
        GROW_AGAIN: { actions: step(growAgain) },
        RECONNECTED: { actions: step(reconnected) },
        CONTROL_DOWN: { target: 'unavailable', actions: step(down) },
      },
    },
    unavailable: {
      on: { CONTROL_UP: { target: 'available', actions: step(up) } },
    },
  },
});
