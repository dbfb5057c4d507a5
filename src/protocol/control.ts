import { setup } from 'xstate';
import type { Lsn } from '../database/ids.ts';
import { type ActorId, type Delivery, disarm, NO_EFFECTS, type Outcome } from '../engine/effect.ts';
import type { Signals } from '../engine/signal.ts';
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
import { answers, joined, recorded, resumed, retiring, round } from './control-membership.ts';
import { patch, patched, patchNext } from './control-patch.ts';
import { extendedLoss } from './control-reform.ts';
import { hostLost, hostMissed, missedAgain, replace, suspect } from './control-suspects.ts';
import { openVolume, recordRange, volumeReady } from './control-volume.ts';
import { newRepair, type Repair, type RepairSettings } from './control-work.ts';
import type { TruncationRange } from './epochs.ts';
import type { ExtendedLoss, Patch, Promote, Replace } from './messages.ts';
import type { AskGeometry, Hosted } from './messages-growth.ts';
import type {
  Answers,
  HostLost,
  HostMissed,
  Joined,
  Patched,
  Recorded,
  Retiring,
  Round,
  Suspect,
} from './messages-membership.ts';
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
  /** What recoveries annulled, oldest first. */
  readonly ranges: readonly TruncationRange[];
  /** Where each group ended, by its number, when each of these was recorded. */
  readonly ends: readonly (readonly Lsn[])[];
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
  /** Who keeps what, and what is being changed about that. */
  readonly repair: Repair;
}

export interface ControlInput {
  readonly settings: GrowthSettings;
  readonly instances: readonly ActorId[];
  readonly detection: DetectionConfig;
  readonly repair: RepairSettings;
  readonly groups: number;
}

const newControl = ({ instances, detection, repair, groups, settings }: ControlInput): Control => ({
  id: CONTROL,
  volumeEpoch: 1,
  geometryEpoch: 1,
  ranges: [],
  ends: [],
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
  repair: newRepair(repair, groups),
});

const goDown = (control: Control): Outcome<Control> => [
  control,
  [disarm('*'), note({ type: 'control', state: 'down' })],
];

/** The monitor of machines goes on without it, and keeps what it saw. */
const rememberLost = (control: Control, delivery: Delivery<HostLost>): Outcome<Control> => [
  hostLost(control, delivery)[0],
  NO_EFFECTS,
];

/** It goes on with what it had begun: its knowledge is in a service that keeps it (SIGMOD'17 §5). */
function comeUp(control: Control, { atUs }: Delivery): Outcome<Control> {
  const [next, effects] = watchAgain(control, atUs);
  const told = note({ type: 'control', state: 'up' });
  return [
    next,
    [told, ...effects, ...growthResumed(next), ...resumed(next.repair), ...missedAgain(next)],
  ];
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
  | Delivery<Suspect>
  | Delivery<Answers>
  | Delivery<Replace>
  | Delivery<Joined>
  | Delivery<Recorded>
  | Delivery<Retiring>
  | Delivery<Round>
  | Delivery<ExtendedLoss>
  | Delivery<Patch>
  | Delivery<Patched>
  | Delivery<HostLost>
  | Delivery<HostMissed>
  | Signals<'WATCH' | 'ASK_AGAIN' | 'RECONNECTED' | 'CONTROL_DOWN' | 'CONTROL_UP' | 'PATCH_NEXT'>;

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
        SUSPECT: { actions: step(suspect) },
        ANSWERS: { actions: step(answers) },
        REPLACE: { actions: step(replace) },
        JOINED: { actions: step(joined) },
        RECORDED: { actions: step(recorded) },
        RETIRING: { actions: step(retiring) },
        ROUND: { actions: step(round) },
        EXTENDED_LOSS: { actions: step(extendedLoss) },
        PATCH: { actions: step(patch) },
        PATCHED: { actions: step(patched) },
        HOST_LOST: { actions: step(hostLost) },
        HOST_MISSED: { actions: step(hostMissed) },
        PATCH_NEXT: { actions: step(patchNext) },
        CONTROL_DOWN: { target: 'unavailable', actions: step(goDown) },
      },
    },
    unavailable: {
      on: {
        HOST_LOST: { actions: step(rememberLost) },
        CONTROL_UP: { target: 'available', actions: step(comeUp) },
      },
    },
  },
});
