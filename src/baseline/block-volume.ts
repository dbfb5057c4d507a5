import { setup } from 'xstate';
import type { PageNo } from '../database/ids.ts';
import { freePage, type Page } from '../database/page.ts';
import { each, get, put, remove, type SortedMap } from '../database/sorted-map.ts';
import {
  type ActorId,
  arm,
  type Delivery,
  disarm,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { type Signal, type Signals, signal } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Micros } from '../engine/time.ts';
import { type Block, bytesOf, iosOf, type Store, written } from './blocks.ts';
import type {
  AllRead,
  LogRead,
  MirrorBlock,
  Mirrored,
  PageRead,
  Reading,
  ReadVolume,
  WriteBlock,
  Written,
} from './messages.ts';
import { note } from './notes.ts';

type Job =
  | { readonly kind: 'write'; readonly io: number; readonly block: Block }
  | { readonly kind: 'read'; readonly what: Reading };

/** One block volume (or the mirror of one): what is on it, and what waits for its bandwidth. */
export interface BlockVolume {
  readonly id: ActorId;
  /** Who writes to it: its instance, or the volume whose mirror it is. */
  readonly owner: ActorId;
  /** Its mirror in the same zone; null for a mirror. */
  readonly mirror: ActorId | null;
  readonly iops: number;
  readonly bytesPerSecond: number;
  /** Pages that had content at the start and have not been written since. */
  readonly initial: ReadonlyMap<PageNo, Page>;
  readonly store: Store;
  readonly queue: readonly Job[];
  /** The bandwidth is taken up to here. */
  readonly busyUntilUs: Micros;
  /** Blocks that are here but not on the mirror yet. */
  readonly unmirrored: SortedMap<number, { readonly block: Block; readonly persistedUs: Micros }>;
}

export type BlockVolumeInput = Omit<BlockVolume, 'queue' | 'busyUntilUs' | 'unmirrored'>;

const TIMER = 'bandwidth';

/** Written out: a spread costs V8 twenty times as much. */
const volumeWith = (
  volume: BlockVolume,
  store: Store,
  queue: BlockVolume['queue'],
  busyUntilUs: Micros,
  unmirrored: BlockVolume['unmirrored'],
): BlockVolume => ({
  id: volume.id,
  owner: volume.owner,
  mirror: volume.mirror,
  iops: volume.iops,
  bytesPerSecond: volume.bytesPerSecond,
  initial: volume.initial,
  store,
  queue,
  busyUntilUs,
  unmirrored,
});

/** How long a job takes up the volume: latency is the hop's, this is bandwidth (protocol choice). */
function occupancyUs({ iops, bytesPerSecond }: BlockVolume, job: Job): Micros {
  const bytes = job.kind === 'write' ? bytesOf(job.block) : 0;
  const byCount = Math.ceil((iosOf(bytes) * 1_000_000) / iops);
  return Math.max(byCount, Math.ceil((bytes * 1_000_000) / bytesPerSecond));
}

/** A job is done at once while there is bandwidth, and otherwise in its turn. */
function taken(volume: BlockVolume, job: Job, atUs: Micros): Outcome<BlockVolume> {
  const { store, queue, busyUntilUs, unmirrored } = volume;
  if (queue.length === 0 && busyUntilUs <= atUs) return done(volume, job, atUs);
  const waiting = volumeWith(volume, store, [...queue, job], busyUntilUs, unmirrored);
  if (queue.length > 0) return [waiting, NO_EFFECTS];
  return [waiting, [arm(TIMER, busyUntilUs - atUs, signal('BANDWIDTH'))]];
}

/** Bandwidth is free again: the next in the queue, and the turn after it. */
function next(volume: BlockVolume, { atUs }: Delivery<Signal<'BANDWIDTH'>>): Outcome<BlockVolume> {
  const [job, ...queue] = volume.queue;
  if (job === undefined) return [volume, NO_EFFECTS];
  const { store, busyUntilUs, unmirrored } = volume;
  const shorter = volumeWith(volume, store, queue, busyUntilUs, unmirrored);
  const [after, effects] = done(shorter, job, atUs);
  if (queue.length === 0) return [after, effects];
  const turn = arm(TIMER, after.busyUntilUs - atUs, signal('BANDWIDTH'));
  return [after, [...effects, turn]];
}

function done(volume: BlockVolume, job: Job, atUs: Micros): Outcome<BlockVolume> {
  const busyUntilUs = atUs + occupancyUs(volume, job);
  const { queue, unmirrored } = volume;
  if (job.kind === 'read') {
    const after = volumeWith(volume, volume.store, queue, busyUntilUs, unmirrored);
    return [after, [send(volume.owner, answerTo(volume, job.what))]];
  }
  const { io, block } = job;
  const bytes = bytesOf(block);
  const stored = note({
    type: 'block-stored',
    volume: volume.id,
    block: block.kind,
    bytes,
    ios: iosOf(bytes),
  });
  const store = written(volume.store, block);
  if (volume.mirror === null) {
    const mirrored: Mirrored = { type: 'MIRRORED', io };
    const after = volumeWith(volume, store, queue, busyUntilUs, unmirrored);
    return [after, [stored, send(volume.owner, mirrored)]];
  }
  const waiting = put(unmirrored, io, { block, persistedUs: atUs });
  const onward: MirrorBlock = { type: 'MIRROR_BLOCK', io, block };
  const after = volumeWith(volume, store, queue, busyUntilUs, waiting);
  return [after, [stored, send(volume.mirror, onward)]];
}

function answerTo({ store, initial }: BlockVolume, what: Reading): PageRead | LogRead | AllRead {
  switch (what.kind) {
    case 'page':
      return { type: 'PAGE_READ', page: pageOn(store, initial, what.page) };
    case 'log':
      return { type: 'LOG_READ', checkpoint: store.checkpoint, records: store.log.slice(0) };
    case 'all':
      return { type: 'ALL_READ', store };
  }
}

const pageOn = ({ pages }: Store, initial: BlockVolume['initial'], no: PageNo): Page =>
  get(pages, no) ?? initial.get(no) ?? freePage(no);

const write = (
  volume: BlockVolume,
  { message, atUs }: Delivery<WriteBlock | MirrorBlock>,
): Outcome<BlockVolume> =>
  taken(volume, { kind: 'write', io: message.io, block: message.block }, atUs);

const read = (volume: BlockVolume, { message, atUs }: Delivery<ReadVolume>): Outcome<BlockVolume> =>
  taken(volume, { kind: 'read', what: message.what }, atUs);

/** The mirror has the block too: only now the instance is told (SIGMOD'17 §3.1: steps 1 and 2). */
function mirrored(
  volume: BlockVolume,
  { message, atUs }: Delivery<Mirrored>,
): Outcome<BlockVolume> {
  const { io } = message;
  const waiting = get(volume.unmirrored, io);
  if (waiting === undefined) return [volume, NO_EFFECTS];
  const { store, queue, busyUntilUs, unmirrored } = volume;
  const told: Written = {
    type: 'WRITTEN',
    io,
    persistedUs: waiting.persistedUs,
    mirroredUs: atUs,
  };
  const after = volumeWith(volume, store, queue, busyUntilUs, remove(unmirrored, io));
  return [after, [send(volume.owner, told)]];
}

/** Power lost: what waited for bandwidth is gone; what is stored stays. */
function crash(volume: BlockVolume): Outcome<BlockVolume> {
  const { store, id, unmirrored } = volume;
  const down = note({ type: 'volume', volume: id, state: 'down' });
  return [volumeWith(volume, store, [], 0, unmirrored), [disarm('*'), down]];
}

/** Back: whoever writes here repeats what was not answered, and so does this volume to its mirror. */
function restore(volume: BlockVolume): Outcome<BlockVolume> {
  const effects: Effect[] = [note({ type: 'volume', volume: volume.id, state: 'up' })];
  effects.push(send(volume.owner, signal('VOLUME_UP')), ...repeated(volume));
  return [volume, effects];
}

/** The mirror is back: it is sent what it has not confirmed. */
const repeat = (volume: BlockVolume): Outcome<BlockVolume> => [volume, repeated(volume)];

function repeated({ mirror, unmirrored }: BlockVolume): readonly Effect[] {
  const effects: Effect[] = [];
  each(unmirrored, (io, { block }) => {
    const onward: MirrorBlock = { type: 'MIRROR_BLOCK', io, block };
    if (mirror !== null) effects.push(send(mirror, onward));
  });
  return effects;
}

type Told = 'slow' | 'normal speed';
const tell =
  (state: Told) =>
  (volume: BlockVolume): Outcome<BlockVolume> => [
    volume,
    [note({ type: 'volume', volume: volume.id, state })],
  ];

type BlockVolumeEvent =
  | Delivery<WriteBlock>
  | Delivery<MirrorBlock>
  | Delivery<Mirrored>
  | Delivery<ReadVolume>
  | Signals<'BANDWIDTH' | 'VOLUME_UP' | 'CRASH' | 'RESTORE' | 'SLOW' | 'NORMAL'>;

/** A block volume: serving at its speed, or down. It never votes: each one must take every write. */
export const blockVolumeMachine = setup({
  types: {} as { context: BlockVolume; events: BlockVolumeEvent; input: BlockVolumeInput },
  actions: protocolActions,
}).createMachine({
  id: 'block volume',
  context: ({ input }) => ({ ...input, queue: [], busyUntilUs: 0, unmirrored: null }),
  initial: 'up',
  states: {
    up: {
      initial: 'normal',
      on: {
        WRITE_BLOCK: { actions: step(write) },
        MIRROR_BLOCK: { actions: step(write) },
        MIRRORED: { actions: step(mirrored) },
        READ_VOLUME: { actions: step(read) },
        BANDWIDTH: { actions: step(next) },
        VOLUME_UP: { actions: step(repeat) },
        CRASH: { target: 'down', actions: step(crash) },
      },
      states: {
        normal: {
          on: {
            SLOW: { target: 'slow', actions: step<BlockVolume, Signals<'SLOW'>>(tell('slow')) },
          },
        },
        slow: {
          on: {
            NORMAL: {
              target: 'normal',
              actions: step<BlockVolume, Signals<'NORMAL'>>(tell('normal speed')),
            },
            RESTORE: {
              target: 'normal',
              actions: step<BlockVolume, Signals<'RESTORE'>>(tell('normal speed')),
            },
          },
        },
      },
    },
    down: { on: { RESTORE: { target: 'up', actions: step(restore) } } },
  },
});
