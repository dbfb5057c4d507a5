import { setup } from 'xstate';
import {
  arm,
  type Delivery,
  disarm,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Micros } from '../engine/time.ts';
import type { Disk, DiskDone, Signal, Signals } from './messages.ts';
import { signal } from './messages.ts';
import { note } from './note.ts';
import type { HostId, SegmentId } from './topology.ts';

/** A storage host: power, and the disk that all its segments share (SIGMOD'17 §5). */
export interface StorageNode {
  readonly id: HostId;
  readonly segments: readonly SegmentId[];
  /** First in, first out; the head is on the disk. */
  readonly queue: readonly { readonly disk: Disk; readonly sinceUs: Micros }[];
}

const DISK_TIMER = 'disk';

/** How long a node takes from power to serving, simulated. */
const RESTART_US = 50_000;

/** Step 2 begins: the job waits for the disk. Only the head is timed. */
function enqueue(node: StorageNode, { message, atUs }: Delivery<Disk>): Outcome<StorageNode> {
  const queue = node.queue.toSpliced(node.queue.length, 0, { disk: message, sinceUs: atUs });
  return [withQueue(node, queue), queue.length === 1 ? [timed(message)] : NO_EFFECTS];
}

/** Written out: a spread costs V8 twenty times as much, and the disk is busy. */
const withQueue = ({ id, segments }: StorageNode, queue: StorageNode['queue']): StorageNode => ({
  id,
  segments,
  queue,
});

function timed({ job }: Disk): Effect {
  const table = job.kind === 'read' ? 'pageRead' : 'persist';
  return arm(DISK_TIMER, { table }, signal('DISK_READY'));
}

/** The head of the queue is done: its segment hears of it, and the next job starts. */
function finish(node: StorageNode, { atUs }: Delivery<Signal<'DISK_READY'>>): Outcome<StorageNode> {
  const head = node.queue[0];
  const next = node.queue[1];
  if (head === undefined) return [node, NO_EFFECTS];
  const { segment, job } = head.disk;
  const done: DiskDone = { type: 'DISK_DONE', job, tookUs: atUs - head.sinceUs };
  const effects: Effect[] = [send(segment, done)];
  if (next !== undefined) effects.push(timed(next.disk));
  return [withQueue(node, node.queue.slice(1)), effects];
}

/** Power lost: what waited in memory or had not reached the disk is gone; the disk itself stays. */
function crash(node: StorageNode): Outcome<StorageNode> {
  const told = node.segments.map((segment) => send(segment, signal('HOST_DOWN')));
  return [
    withQueue(node, []),
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

/** Serving again, with the segments as the disk has them. */
function started(node: StorageNode): Outcome<StorageNode> {
  const told = node.segments.map((segment) => send(segment, signal('HOST_UP')));
  return [node, [...told, note({ type: 'node', host: node.id, state: 'up' })]];
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
  | Signals<
      'DISK_READY' | 'CRASH' | 'RESTORE' | 'STARTED' | 'SLOW' | 'NORMAL' | 'ISOLATE' | 'CONNECT'
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
        CRASH: { target: 'down', actions: step(crash) },
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
    down: { on: { RESTORE: { target: 'restarting', actions: step(powerUp) } } },
    restarting: {
      on: {
        STARTED: { target: 'up', actions: step(started) },
        CRASH: { target: 'down', actions: step(crash) },
      },
    },
  },
});
