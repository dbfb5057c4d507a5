import {
  arm,
  type Delivery,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Disk, DiskDone } from './messages.ts';
import { note } from './note.ts';
import { copyOf, type StorageNode, type WaitingJob } from './storage-node.ts';

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

/** Step 2 begins: the job waits for the disk. Only the head is timed. */
export function enqueue(
  node: StorageNode,
  { message, atUs }: Delivery<Disk>,
): Outcome<StorageNode> {
  const next = copyOf(node);
  const waiting: WaitingJob = { disk: message, sinceUs: atUs };
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
export function finish(
  node: StorageNode,
  { atUs }: Delivery<Signal<'DISK_READY'>>,
): Outcome<StorageNode> {
  const head = node.queue[0];
  const following = node.queue[1];
  if (head === undefined) return [node, NO_EFFECTS];
  const effects: Effect[] = [done(head, atUs)];
  if (following !== undefined) effects.push(timed(following.disk, node.throttling));
  const next = copyOf(node);
  next.queue = node.queue.slice(1);
  return [next, effects];
}

function done({ disk, sinceUs }: WaitingJob, atUs: Micros): Effect {
  const message: DiskDone = { type: 'DISK_DONE', job: disk.job, tookUs: atUs - sinceUs };
  return send(disk.segment, message);
}

/**
 * The turn of what can wait. It yields to reads and writes; when it has waited too long, they are slowed
 * down until it is done, so that to the writer this host is one slow member among six (SIGMOD'17 §3.3).
 */
export function backgroundTurn(
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
