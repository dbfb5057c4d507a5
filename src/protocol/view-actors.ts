import type { AnyStateMachine, StateValue } from 'xstate';
import { begin } from '../engine/driver.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Kernel } from '../engine/kernel.ts';
import { birthOf } from './aurora.ts';
import type { Client } from './client-connection.ts';
import { type Cluster, isSegment } from './cluster.ts';
import type { Control } from './control.ts';
import type { Instance } from './instance.ts';
import type { Intervention } from './intervention.ts';
import type { Network } from './network.ts';
import type { ObjectStore } from './object-store.ts';
import { candidateOf } from './recovery-claim.ts';
import type { Replica } from './replica.ts';
import type { RestoredVolume } from './restored-volume.ts';
import type { Segment } from './segment.ts';
import type { StorageNode } from './storage-node.ts';
import { CONTROL, RESTORED, type SegmentId, STORE, WRITER } from './topology.ts';
import type { Writer } from './writer.ts';

export type World = Kernel<Network, Intervention>;

/** An actor's chart state, as a path for people and as words to test, with what it knows. */
export interface Seen<C> {
  readonly context: C;
  readonly chart: string;
  /** The outermost state. */
  readonly state: string;
}

const unborn = new WeakMap<Cluster, Map<ActorId, Seen<unknown>>>();

/** An actor as it is, or as it will begin when it is first heard of. */
function seen(world: World, id: ActorId): Seen<unknown> {
  const actor = world.actor(id);
  if (actor !== undefined) return described(actor.snapshot.value, actor.context);
  const { cluster } = world.network;
  let known = unborn.get(cluster);
  if (known === undefined) {
    known = new Map();
    unborn.set(cluster, known);
  }
  let first = known.get(id);
  if (first === undefined) {
    const { machine, input } = birthOf(cluster, id);
    const { snapshot, context } = begin(machine, input);
    first = described(snapshot.value, context);
    known.set(id, first);
  }
  return first;
}

const described = (value: StateValue, context: unknown): Seen<unknown> => ({
  context,
  chart: chartPath(value),
  state: typeof value === 'string' ? value : (Object.keys(value)[0] ?? ''),
});

/** An actor's machine, and where in its chart it is. */
export interface MachineState {
  readonly machine: AnyStateMachine;
  readonly value: StateValue;
}

/** The same for whoever draws the chart. */
export function machineStateOf(world: World, id: ActorId): MachineState {
  const actor = world.actor(id);
  if (actor !== undefined) return { machine: actor.machine, value: actor.snapshot.value };
  const { machine, input } = birthOf(world.network.cluster, id);
  return { machine, value: begin(machine, input).snapshot.value };
}

/** `up › normal · connected`: nested states after ›, parallel ones beside each other. */
function chartPath(value: StateValue): string {
  if (typeof value === 'string') return value;
  const parts = Object.entries(value).map(([name, inner]) =>
    inner === undefined ? name : `${name} › ${leaves(inner)}`,
  );
  return parts.join(' · ');
}

function leaves(value: StateValue): string {
  if (typeof value === 'string') return value;
  return Object.values(value)
    .map((inner) => (inner === undefined ? '' : leaves(inner)))
    .join(' · ');
}

/** Instances that there are, the one that began as the writer first. */
export function instanceIds(world: World): readonly ActorId[] {
  const control = world.actor(CONTROL)?.context as Control | undefined;
  return control?.instances ?? [WRITER, ...world.network.cluster.replicas];
}

/** An instance in whichever part it plays now. */
export const instanceIn = (world: World, id: ActorId): Seen<Instance> =>
  seen(world, id) as Seen<Instance>;

/**
 * The writer of the newest volume epoch, whatever state it is in. Older ones that live on are zombies:
 * they are found by `instanceIn`, never here.
 */
export function writerIn(world: World): Seen<Writer> {
  let newest: Seen<Writer> | null = null;
  for (const id of instanceIds(world)) {
    const found = instanceIn(world, id);
    if (!isWriter(found)) continue;
    if (newest === null || found.context.epoch > newest.context.epoch) newest = found;
  }
  return newest ?? standIn(world);
}

const standIns = new WeakMap<Instance, Writer>();

/** Between two writers there may be none: what the newest reader would begin with stands for it. */
function standIn(world: World): Seen<Writer> {
  const readers = instanceIds(world).map((id) => replicaIn(world, id));
  const newest = readers.reduce((a, b) => (b.context.vdl > a.context.vdl ? b : a));
  let writer = standIns.get(newest.context);
  if (writer === undefined) {
    writer = candidateOf(newest.context, newest.context.cache);
    standIns.set(newest.context, writer);
  }
  return { context: writer, chart: newest.chart, state: newest.state };
}

const isWriter = (found: Seen<Instance>): found is Seen<Writer> => found.context.role === 'writer';

/** An instance that reads. */
export const replicaIn = (world: World, id: ActorId): Seen<Replica> =>
  seen(world, id) as Seen<Replica>;
export const controlIn = (world: World): Seen<Control> => seen(world, CONTROL) as Seen<Control>;
export const storeIn = (world: World): Seen<ObjectStore> => seen(world, STORE) as Seen<ObjectStore>;
export const restoredIn = (world: World): Seen<RestoredVolume> =>
  seen(world, RESTORED) as Seen<RestoredVolume>;
export const nodeIn = (world: World, id: ActorId): Seen<StorageNode> =>
  seen(world, id) as Seen<StorageNode>;
export const segmentIn = (world: World, id: SegmentId): Seen<Segment> =>
  seen(world, id) as Seen<Segment>;
export const clientIn = (world: World, id: ActorId): Seen<Client> =>
  seen(world, id) as Seen<Client>;

/** Clients that have been heard of, the application's first. */
export const clientIds = (world: World): readonly ActorId[] =>
  world
    .actorIds()
    .filter((id) => !isSegment(id) && /^(app|you)\d/.test(id))
    .toSorted();
