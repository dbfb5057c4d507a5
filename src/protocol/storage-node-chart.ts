import { setup } from 'xstate';
import { arm, type Delivery, disarm, NO_EFFECTS, type Outcome, send } from '../engine/effect.ts';
import { type Signal, type Signals, signal } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Disk } from './messages.ts';
import type { Found, Host } from './messages-growth.ts';
import type { Carry, Gone, Join, Patched, Ready } from './messages-membership.ts';
import { note } from './note.ts';
import { backgroundTurn, enqueue, finish } from './storage-disk.ts';
import { type Change, copyOf, newNode, type StorageNode } from './storage-node.ts';
import { CONTROL, type SegmentId } from './topology.ts';

/** How long a node takes from power to serving, simulated. */
const RESTART_US = 50_000;

/** A segment of a new group is to live here: power and disk reach it from now on. */
function host(node: StorageNode, { message }: Delivery<Host>): Outcome<StorageNode> {
  const { segment, founding } = message;
  const found: Found = { type: 'FOUND', founding };
  return [withSegment(node, segment), [send(segment, found)]];
}

/** Power lost: what waited in memory or had not reached the disk is gone; the disk itself stays. */
function crash(node: StorageNode): Outcome<StorageNode> {
  const told = node.segments.map((segment) => send(segment, signal('HOST_DOWN')));
  return [
    newNode(node.id, node.segments),
    [disarm('*'), ...told, note({ type: 'node', host: node.id, state: 'down' })],
  ];
}

/** Power is back: the process starts and will read its disk. */
function powerUp(node: StorageNode): Outcome<StorageNode> {
  return [
    node,
    [
      arm('restart', RESTART_US, signal('STARTED')),
      note({ type: 'node', host: node.id, state: 'restarting' }),
    ],
  ];
}

/** A new member of a group is to be carried: the segment begins to fill itself. */
function carry(node: StorageNode, { message }: Delivery<Carry>): Outcome<StorageNode> {
  const { segment, order } = message;
  const join: Join = { type: 'JOIN', order };
  return [withSegment(node, segment), [send(segment, join)]];
}

function withSegment(node: StorageNode, segment: SegmentId): StorageNode {
  const { segments } = node;
  return segments.includes(segment) ? node : { ...node, segments: [...segments, segment] };
}

/** A segment has nothing left here. */
function gone(node: StorageNode, { message }: Delivery<Gone>): Outcome<StorageNode> {
  const segments = node.segments.filter((id) => id !== message.segment);
  return [{ ...node, segments }, NO_EFFECTS];
}

/** The machine is lost for good, with its disks and everything on them. */
function lose(node: StorageNode): Outcome<StorageNode> {
  const told = node.segments.map((segment) => send(segment, signal('LOST')));
  return [
    newNode(node.id, []),
    [disarm('*'), ...told, note({ type: 'node', host: node.id, state: 'lost' })],
  ];
}

/** Taken down for a patch: it restarts at once, and says when its segments are complete again. */
function takeDown(node: StorageNode): Outcome<StorageNode> {
  const told = node.segments.map((segment) => send(segment, signal('HOST_DOWN')));
  return [
    { ...newNode(node.id, node.segments), patching: node.segments },
    [
      disarm('*'),
      ...told,
      arm('restart', RESTART_US, signal('STARTED')),
      note({ type: 'node', host: node.id, state: 'patching' }),
    ],
  ];
}

/** A segment is complete again: after a patch the control plane waits for all of them. */
function ready(node: StorageNode, { message }: Delivery<Ready>): Outcome<StorageNode> {
  const { patching } = node;
  if (patching === null) return [node, NO_EFFECTS];
  const left = patching.filter((each) => each !== message.segment);
  return patchedIfAll({ ...node, patching: left });
}

function patchedIfAll(node: StorageNode): Outcome<StorageNode> {
  if (node.patching === null || node.patching.length > 0) return [node, NO_EFFECTS];
  const patched: Patched = { type: 'PATCHED', host: node.id };
  return [{ ...node, patching: null }, [send(CONTROL, patched)]];
}

/** Serving again, with the segments as the disk has them. */
function started(node: StorageNode): Outcome<StorageNode> {
  const told = node.segments.map((segment) => send(segment, signal('HOST_UP')));
  const changes = node.onceUp.map((change) => send(node.id, signal(change)));
  const next = copyOf(node);
  next.onceUp = [];
  const [last, patched] = patchedIfAll(next);
  const up = note({ type: 'node', host: node.id, state: 'up' });
  return [last, [...told, up, ...changes, ...patched]];
}

const remember = <T extends Change>(change: T) =>
  step<StorageNode, Delivery<Signal<T>>>((node) => {
    const next = copyOf(node);
    next.onceUp = [...node.onceUp, change];
    return [next, NO_EFFECTS];
  });

/** Brought back whole: what was done to it while it was starting is undone. */
function forget(node: StorageNode): Outcome<StorageNode> {
  const next = copyOf(node);
  next.onceUp = [];
  return [next, NO_EFFECTS];
}

type Told = 'slow' | 'normal speed' | 'isolated' | 'connected';
const tell =
  (state: Told) =>
  (node: StorageNode): Outcome<StorageNode> => [
    node,
    [note({ type: 'node', host: node.id, state })],
  ];

const on = <T extends string>(state: Told) => step<StorageNode, Delivery<Signal<T>>>(tell(state));

export type StorageNodeEvent =
  | Delivery<Disk>
  | Delivery<Host>
  | Delivery<Carry>
  | Delivery<Gone>
  | Delivery<Ready>
  | Signals<
      | 'DISK_READY'
      | 'BACKGROUND_READY'
      | 'CRASH'
      | 'RESTORE'
      | 'STARTED'
      | 'SLOW'
      | 'NORMAL'
      | 'ISOLATE'
      | 'CONNECT'
      | 'LOSE'
      | 'TAKE_DOWN'
    >;

/** Power × speed × link of one storage host. Only a node that is up takes work for its disk. */
export const storageNodeMachine = setup({
  types: {} as { context: StorageNode; events: StorageNodeEvent; input: StorageNode },
  actions: protocolActions,
}).createMachine({
  id: 'storage node',
  context: ({ input }) => input,
  initial: 'up',
  states: {
    up: {
      type: 'parallel',
      on: {
        DISK: { actions: step(enqueue) },
        DISK_READY: { actions: step(finish) },
        BACKGROUND_READY: { actions: step(backgroundTurn) },
        HOST: { actions: step(host) },
        CARRY: { actions: step(carry) },
        GONE: { actions: step(gone) },
        READY: { actions: step(ready) },
        CRASH: { target: 'down', actions: step(crash) },
        LOSE: { target: 'lost', actions: step(lose) },
        TAKE_DOWN: { target: 'restarting', actions: step(takeDown) },
      },
      states: {
        speed: {
          initial: 'normal',
          states: {
            normal: { on: { SLOW: { target: 'slow', actions: on<'SLOW'>('slow') } } },
            slow: {
              on: {
                NORMAL: { target: 'normal', actions: on<'NORMAL'>('normal speed') },
                RESTORE: { target: 'normal', actions: on<'RESTORE'>('normal speed') },
              },
            },
          },
        },
        link: {
          initial: 'connected',
          states: {
            connected: {
              on: { ISOLATE: { target: 'isolated', actions: on<'ISOLATE'>('isolated') } },
            },
            isolated: {
              on: {
                CONNECT: { target: 'connected', actions: on<'CONNECT'>('connected') },
                RESTORE: { target: 'connected', actions: on<'RESTORE'>('connected') },
              },
            },
          },
        },
      },
    },
    down: {
      on: {
        RESTORE: { target: 'restarting', actions: step(powerUp) },
        LOSE: { target: 'lost', actions: step(lose) },
      },
    },
    restarting: {
      on: {
        STARTED: { target: 'up', actions: step(started) },
        RESTORE: { actions: step(forget) },
        SLOW: { actions: remember('SLOW') },
        NORMAL: { actions: remember('NORMAL') },
        ISOLATE: { actions: remember('ISOLATE') },
        CONNECT: { actions: remember('CONNECT') },
        CRASH: { target: 'down', actions: step(crash) },
        LOSE: { target: 'lost', actions: step(lose) },
      },
    },
    lost: { on: { RESTORE: { target: 'restarting', actions: step(powerUp) } } },
  },
});
