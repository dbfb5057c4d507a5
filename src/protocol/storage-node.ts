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
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, type Signals, signal } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Micros } from '../engine/time.ts';
import type { Disk, DiskDone } from './messages.ts';
import type { Found, Host } from './messages-growth.ts';
import type { Carry, Gone, Join, Patched, Ready } from './messages-membership.ts';
import { note } from './note.ts';
import { CONTROL, type HostId, type SegmentId } from './topology.ts';

/** A job that waits for the disk. */
interface Waiting {
  readonly disk: Disk;
  readonly sinceUs: Micros;
}

/** A storage host: power, and the disk that all its segments share (SIGMOD'17 §5). */
export interface StorageNode {
  readonly id: HostId;
  readonly segments: readonly SegmentId[];
  /** Reads and writes, first in, first out; the head is on the disk. */
  readonly queue: readonly Waiting[];
  /** What can wait: done one by one while the disk has little else to do. */
  readonly background: readonly Waiting[];
  /** Background work was put off, because of reads and writes. */
  readonly deferring: boolean;
  /** Reads and writes are slowed down, because background work waited too long. */
  readonly throttling: boolean;
  /** What was done to it while it was starting: it takes effect once there is something to slow down or cut off. */
  readonly onceUp: readonly Change[];
  /** Segments that are not complete again since it was taken down for a patch; null when it was not. */
  readonly patching: readonly SegmentId[] | null;
}

type Change = 'SLOW' | 'NORMAL' | 'ISOLATE' | 'CONNECT';

const DISK_TIMER = 'disk';
const BACKGROUND_TIMER = 'background';

/** With so many reads and writes waiting, background work is put off (protocol choice). */
const BUSY_QUEUE = 4;
/** Put-off work looks again after this long. */
const PUT_OFF_US = 5_000;
/** Background work that waited so long may wait no longer (protocol choice). */
const PATIENCE_US = 500_000;
/** What a throttled read or write takes longer. */
const THROTTLE_US = 2_000;

/** How long a node takes from power to serving, simulated. */
const RESTART_US = 50_000;

/** A host with nothing to do. */
export const newNode = (id: HostId, segments: readonly SegmentId[]): StorageNode => ({
  id,
  segments,
  queue: [],
  background: [],
  deferring: false,
  throttling: false,
  onceUp: [],
  patching: null,
});

/** Written out: a spread costs V8 twenty times as much, and the disk is busy. */
const copyOf = (node: StorageNode): Mutable<StorageNode> => ({
  id: node.id,
  segments: node.segments,
  queue: node.queue,
  background: node.background,
  deferring: node.deferring,
  throttling: node.throttling,
  onceUp: node.onceUp,
  patching: node.patching,
});

/** Step 2 begins: the job waits for the disk. Only the head is timed. */
function enqueue(node: StorageNode, { message, atUs }: Delivery<Disk>): Outcome<StorageNode> {
  const next = copyOf(node);
  const waiting: Waiting = { disk: message, sinceUs: atUs };
  if (message.job.kind === 'background') {
    next.background = [...node.background, waiting];
    return [next, node.background.length === 0 ? [soon()] : NO_EFFECTS];
  }
  next.queue = node.queue.toSpliced(node.queue.length, 0, waiting);
  return [next, node.queue.length === 0 ? [timed(message, node.throttling)] : NO_EFFECTS];
}

const soon = (): Effect => arm(BACKGROUND_TIMER, { table: 'persist' }, signal('BACKGROUND_READY'));

function timed({ job }: Disk, throttled: boolean): Effect {
  const table = job.kind === 'read' ? 'pageRead' : 'persist';
  const delay = throttled ? { table, extraUs: THROTTLE_US } : { table };
  return arm(DISK_TIMER, delay, signal('DISK_READY'));
}

/** The head of the queue is done: its segment hears of it, and the next job starts. */
function finish(node: StorageNode, { atUs }: Delivery<Signal<'DISK_READY'>>): Outcome<StorageNode> {
  const head = node.queue[0];
  const following = node.queue[1];
  if (head === undefined) return [node, NO_EFFECTS];
  const effects: Effect[] = [done(head, atUs)];
  if (following !== undefined) effects.push(timed(following.disk, node.throttling));
  const next = copyOf(node);
  next.queue = node.queue.slice(1);
  return [next, effects];
}

function done({ disk, sinceUs }: Waiting, atUs: Micros): Effect {
  const message: DiskDone = { type: 'DISK_DONE', job: disk.job, tookUs: atUs - sinceUs };
  return send(disk.segment, message);
}

/**
 * The turn of what can wait. It yields to reads and writes; when it has waited too long, they are slowed
 * down until it is done, so that to the writer this host is one slow member among six (SIGMOD'17 §3.3).
 */
function backgroundTurn(
  node: StorageNode,
  { atUs }: Delivery<Signal<'BACKGROUND_READY'>>,
): Outcome<StorageNode> {
  const { id: host, queue, background } = node;
  const head = background[0];
  if (head === undefined) return [node, NO_EFFECTS];
  const busy = queue.length >= BUSY_QUEUE;
  const late = atUs - head.sinceUs >= PATIENCE_US;
  const waiting = background.length;
  const next = copyOf(node);
  next.deferring = busy;
  const effects: Effect[] = [];
  if (busy && !node.deferring)
    effects.push(note({ type: 'background-deferred', host, waiting, queue: queue.length }));
  if (busy && !late && !node.throttling) {
    effects.push(arm(BACKGROUND_TIMER, PUT_OFF_US, signal('BACKGROUND_READY')));
    return [next, effects];
  }
  next.background = background.slice(1);
  next.throttling = next.background.length > 0 && (node.throttling || (busy && late));
  if (next.throttling !== node.throttling)
    effects.push(note({ type: 'throttled', host, on: next.throttling, waiting: waiting - 1 }));
  effects.push(done(head, atUs));
  if (next.background.length > 0) effects.push(soon());
  return [next, effects];
}

/** A segment of a new group is to live here: power and disk reach it from now on. */
function host(node: StorageNode, { message }: Delivery<Host>): Outcome<StorageNode> {
  const { segment, founding } = message;
  const found: Found = { type: 'FOUND', founding };
  const next = copyOf(node);
  if (!node.segments.includes(segment)) next.segments = [...node.segments, segment];
  return [next, [send(segment, found)]];
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
