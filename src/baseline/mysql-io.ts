import { each, get, put, remove } from '../database/sorted-map.ts';
import { arm, disarm, type Effect, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import { type Block, bytesOf, iosOf } from './blocks.ts';
import type { Stage, Staged, WriteBlock, Written } from './messages.ts';
import type { Io, Mysql } from './mysql.ts';
import { type Hop, note } from './notes.ts';

/** Blocks that a client waits for: their way is kept for the picture of one commit. */
const ON_COMMIT_PATH: readonly Block['kind'][] = ['redo', 'metadata', 'binlog'];

/**
 * Step 1 of five: a block leaves for the instance's own volume, which passes it to its mirror. Steps 3 to
 * 5 follow when both have it: 1, 3 and 5 are sequential and synchronous (SIGMOD'17 §3.1).
 */
export function writeBlock(
  mysql: Mutable<Mysql>,
  block: Block,
  atUs: Micros,
  effects: Effect[],
  origin: number | null = null,
): void {
  const id = mysql.nextIo++;
  mysql.ios = put(mysql.ios, id, { id, block, startedUs: atUs, origin, local: null });
  effects.push(toVolume(mysql, id, block));
  if (origin !== null) return;
  const bytes = bytesOf(block);
  const ios = iosOf(bytes);
  const { id: instance } = mysql.setup;
  effects.push(note({ type: 'write-begun', instance, io: id, block: block.kind, bytes, ios }));
  counted(mysql, block.kind, ios, bytes);
}

/** Sends a block to the instance's own volume, for the first time or again. */
export function toVolume({ setup }: Mysql, io: number, block: Block): Effect {
  const write: WriteBlock = { type: 'WRITE_BLOCK', io, block };
  return send(setup.volume, write);
}

function counted(mysql: Mutable<Mysql>, kind: Block['kind'], ios: number, bytes: number): void {
  const { commits, hits, misses, written } = mysql.counters;
  const sofar = written[kind] ?? { writes: 0, ios: 0, bytes: 0 };
  const next = { writes: sofar.writes + 1, ios: sofar.ios + ios, bytes: sofar.bytes + bytes };
  mysql.counters = { commits, hits, misses, written: { ...written, [kind]: next } };
}

/**
 * Steps 1 and 2 are done. Step 3 sends the block on to the standby; without one, the write is done.
 * Returns the write when it is.
 */
export function writtenHere(
  mysql: Mutable<Mysql>,
  { io: id, persistedUs, mirroredUs }: Written,
  atUs: Micros,
  effects: Effect[],
): Io | null {
  const io = get(mysql.ios, id);
  if (io === undefined || io.local !== null) return null;
  const local = { persistedUs, mirroredUs };
  if (mysql.role === 'active' && mysql.standby !== 'lost') {
    const stage: Stage = { type: 'STAGE', io: id, block: io.block };
    effects.push(send(mysql.setup.peer, stage));
    if (mysql.standby === 'in sync') {
      const { block, startedUs, origin } = io;
      if (!isStaging(mysql)) effects.push(giveUpLater(mysql));
      mysql.ios = put(mysql.ios, id, { id, block, startedUs, origin, local });
      return null;
    }
    mysql.unconfirmed = [...mysql.unconfirmed, id];
  }
  mysql.ios = remove(mysql.ios, id);
  if (io.origin === null) finished(mysql, io, hopsHere(io, local), atUs, effects);
  return io;
}

const GIVE_UP = 'give up';

/** Each confirmation puts off the moment at which the standby is given up. */
const giveUpLater = ({ setup }: Mysql): Effect => arm(GIVE_UP, setup.giveUpUs, signal('GIVE_UP'));

/** Whether any block is on its way to the standby and back. */
function isStaging({ ios }: Mysql): boolean {
  let staging = false;
  each(ios, (_, { local }) => {
    staging ||= local !== null;
  });
  return staging;
}

/** The standby has it on both its volumes and has said so: all five steps are done. */
export function stagedThere(
  mysql: Mutable<Mysql>,
  staged: Staged,
  atUs: Micros,
  effects: Effect[],
): Io | null {
  const io = get(mysql.ios, staged.io);
  if (io === undefined || io.local === null) return null;
  mysql.ios = remove(mysql.ios, io.id);
  effects.push(isStaging(mysql) ? giveUpLater(mysql) : disarm(GIVE_UP));
  const { arrivedUs, persistedUs, mirroredUs } = staged;
  const hops: readonly Hop[] = [
    ...hopsHere(io, io.local),
    { step: 'to standby', fromUs: io.local.mirroredUs, toUs: arrivedUs },
    { step: 'standby volume', fromUs: arrivedUs, toUs: persistedUs },
    { step: 'standby mirror', fromUs: persistedUs, toUs: mirroredUs },
    { step: 'ack', fromUs: mirroredUs, toUs: atUs },
  ];
  finished(mysql, io, hops, atUs, effects);
  return io;
}

const hopsHere = (
  { startedUs }: Io,
  { persistedUs, mirroredUs }: NonNullable<Io['local']>,
): readonly Hop[] => [
  { step: 'volume', fromUs: startedUs, toUs: persistedUs },
  { step: 'mirror', fromUs: persistedUs, toUs: mirroredUs },
];

function finished(
  mysql: Mutable<Mysql>,
  { id, block, startedUs }: Io,
  hops: readonly Hop[],
  atUs: Micros,
  effects: Effect[],
): void {
  const { kind } = block;
  effects.push(note({ type: 'write-done', io: id, block: kind, tookUs: atUs - startedUs, hops }));
  if (ON_COMMIT_PATH.includes(kind)) mysql.latest = { io: id, block: kind, startedUs, hops };
}

/** The standby is written off: what waited for it alone is done, oldest first. */
export function withoutStandby(
  mysql: Mutable<Mysql>,
  atUs: Micros,
  effects: Effect[],
): readonly Io[] {
  const done: Io[] = [];
  each(mysql.ios, (_, io) => {
    if (io.local !== null) done.push(io);
  });
  for (const io of done) {
    mysql.ios = remove(mysql.ios, io.id);
    if (io.local !== null) finished(mysql, io, hopsHere(io, io.local), atUs, effects);
  }
  effects.push(disarm(GIVE_UP));
  return done;
}
