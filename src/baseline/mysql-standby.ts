import { each, get, remove } from '../database/sorted-map.ts';
import {
  arm,
  type Delivery,
  disarm,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import { sizeOf } from './blocks.ts';
import type { AllRead, Hello, Role, Stage, Staged, Sync, Written } from './messages.ts';
import { copyOf, type Io, type Mysql } from './mysql.ts';
import { toVolume, writeBlock } from './mysql-io.ts';
import { askVolume } from './mysql-reads.ts';
import { letGo } from './mysql-writes.ts';
import { note } from './notes.ts';

/** Signs of life come ten times as often as their absence is noticed. */
const BEATS = 10;
const HELLO_US = 1_000_000;
/** What it takes to copy one page to a volume that has missed writes (protocol choice). */
const COPY_PAGE_US = 500;

/** Step 4: a block from the active instance is written to the standby's own volume, which mirrors it (5). */
export function stage(mysql: Mysql, { message, atUs }: Delivery<Stage>): Outcome<Mysql> {
  const { io, block } = message;
  const effects: Effect[] = [
    note({ type: 'block-staged', instance: mysql.setup.id, block: block.kind }),
    ...listening(mysql),
  ];
  const next = copyOf(mysql);
  writeBlock(next, block, atUs, effects, io);
  return [next, effects];
}

/** Steps 4 and 5 are done: the active instance is told, and only then is the write complete. */
export function stored(mysql: Mysql, { message }: Delivery<Written>): Outcome<Mysql> {
  const io = get(mysql.ios, message.io);
  if (io === undefined) return [mysql, NO_EFFECTS];
  const next = copyOf(mysql);
  next.ios = remove(mysql.ios, io.id);
  return [next, [send(mysql.setup.peer, answerTo(io, message))]];
}

function answerTo(
  { block, origin, startedUs }: Io,
  { persistedUs, mirroredUs }: Written,
): Staged | Signal<'READY' | 'SYNCED'> {
  if (block.kind === 'erase') return signal('READY');
  if (block.kind === 'copy') return signal('SYNCED');
  return { type: 'STAGED', io: origin ?? 0, arrivedUs: startedUs, persistedUs, mirroredUs };
}

/** The active instance lives: the moment at which this one takes over is put off. */
export const hear = (mysql: Mysql): Outcome<Mysql> => [mysql, listening(mysql)];

const listening = ({ setup }: Mysql): readonly Effect[] => [
  arm('watch', setup.takeOverUs, signal('SILENCE')),
];

/** A sign of life, so that nobody takes over from an instance that has nothing to write. */
export const beat = (mysql: Mysql): Outcome<Mysql> => [mysql, beating(mysql)];

/** The sign of life, and the timer of the next. */
export const beating = ({ setup }: Mysql): readonly Effect[] => [
  send(setup.peer, signal('HEARTBEAT')),
  arm('heartbeat', Math.ceil(setup.takeOverUs / BEATS), signal('BEAT')),
];

/** Power is back, but the other one may have taken over since: it is asked, again and again. */
export const sayHello = (mysql: Mysql): Outcome<Mysql> => [mysql, greeting(mysql)];

/** Who one is and in which term, said to the other instance, again and again until that answers. */
export function greeting({ setup, role, term }: Mysql): readonly Effect[] {
  const hello: Hello = { type: 'HELLO', role, term };
  return [send(setup.peer, hello), arm('hello', HELLO_US, signal('SAY_HELLO'))];
}

/** Asked by the other one who has just come back. */
export function greet(mysql: Mysql, { message }: Delivery<Hello>): Outcome<Mysql> {
  const mine = message.role === 'standby' || message.term < mysql.term;
  const active = mysql.role === 'active' && mine;
  const role: Role = { type: 'ROLE', role: active ? 'standby' : 'active' };
  return [mysql, [send(mysql.setup.peer, role)]];
}

/** The same, while open: the standby has missed something, so it gets everything anew. */
export function readmit(mysql: Mysql, delivery: Delivery<Hello>): Outcome<Mysql> {
  const [, effects] = greet(mysql, delivery);
  const next = copyOf(mysql);
  const more: Effect[] = [...effects, send(mysql.setup.peer, signal('PREPARE'))];
  letGo(next, 'lost', delivery.atUs, more);
  return [next, more];
}

/** What is on the standby's volumes is out of date: it says so there before anything newer arrives. */
export function prepare(mysql: Mysql, { atUs }: Delivery<Signal<'PREPARE'>>): Outcome<Mysql> {
  const effects: Effect[] = [
    disarm('*'),
    note({ type: 'instance', instance: mysql.setup.id, state: 'resyncing' }),
  ];
  const next = copyOf(mysql);
  next.role = 'standby';
  next.ios = null;
  writeBlock(next, { kind: 'erase' }, atUs, effects, 0);
  return [next, effects];
}

/** The standby is ready: every new block goes to it as well, and the volume as it is now follows. */
export function startSync(mysql: Mysql, { atUs }: Delivery<Signal<'READY'>>): Outcome<Mysql> {
  const effects: Effect[] = [askVolume(mysql, { kind: 'all' })];
  const next = copyOf(mysql);
  letGo(next, 'resyncing', atUs, effects);
  next.unconfirmed = [];
  return [next, effects];
}

/** The volume's content goes to the standby, which takes its time to write it all. */
export function copyOver(mysql: Mysql, { message }: Delivery<AllRead>): Outcome<Mysql> {
  const sync: Sync = { type: 'SYNC', store: message.store };
  return [mysql, [send(mysql.setup.peer, sync)]];
}

/** The whole content of the other's volume, which takes its time to carry over. */
export function receiveCopy(mysql: Mysql, { message }: Delivery<Sync>): Outcome<Mysql> {
  const delayUs = Math.max(1, sizeOf(message.store)) * COPY_PAGE_US;
  return [mysql, [arm('copy', delayUs, { ...message, type: 'COPIED' })]];
}

/** Everything has been carried over: it is written beside what was staged meanwhile. */
export function writeCopy(
  mysql: Mysql,
  { message, atUs }: Delivery<Omit<Sync, 'type'> & Signal<'COPIED'>>,
): Outcome<Mysql> {
  const { store } = message;
  const effects: Effect[] = [note({ type: 'standby-synced', pages: sizeOf(store) })];
  const next = copyOf(mysql);
  writeBlock(next, { kind: 'copy', store }, atUs, effects, 0);
  return [next, effects];
}

/** From now on a write is complete only when the standby has it, too. */
export function inSync(mysql: Mysql): Outcome<Mysql> {
  if (mysql.standby !== 'resyncing') return [mysql, NO_EFFECTS];
  const next = copyOf(mysql);
  next.standby = 'in sync';
  const effects: Effect[] = [];
  if (mysql.unconfirmed.length === 0) effects.push(send(mysql.setup.peer, signal('IN_SYNC')));
  return [next, effects];
}

/**
 * A block is confirmed that nobody waited for: it was written while the standby was given everything. With
 * the last of them the standby has all that any client was told of, and may take over from now on.
 */
export function confirmed(mysql: Mysql, { message }: Delivery<Staged>): Outcome<Mysql> {
  const left = mysql.unconfirmed.filter((io) => io !== message.io);
  if (left.length === mysql.unconfirmed.length) return [mysql, NO_EFFECTS];
  const next = copyOf(mysql);
  next.unconfirmed = left;
  const last = left.length === 0 && mysql.standby === 'in sync';
  return [next, last ? [send(mysql.setup.peer, signal('IN_SYNC'))] : NO_EFFECTS];
}

/** The standby has everything and watches over the active instance. */
export const standBy = (mysql: Mysql): Outcome<Mysql> => [
  mysql,
  [note({ type: 'instance', instance: mysql.setup.id, state: 'standing by' }), ...listening(mysql)],
];

/** The volume is back: what it has not answered is sent again. */
export function repeatWrites(mysql: Mysql): Outcome<Mysql> {
  const effects: Effect[] = [];
  each(mysql.ios, (id, { block, local }) => {
    if (local === null) effects.push(toVolume(mysql, id, block));
  });
  for (const { page } of mysql.reads) effects.push(askVolume(mysql, { kind: 'page', page }));
  return [mysql, effects];
}
