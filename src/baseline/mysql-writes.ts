import { type Delivery, type Effect, NO_EFFECTS, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Staged, Written } from './messages.ts';
import { copyOf, type Io, type Mysql } from './mysql.ts';
import {
  checkpointMoved,
  pageWritten,
  startFlush,
  writeCheckpoint,
  writePages,
} from './mysql-flush.ts';
import { stagedThere, withoutStandby, writtenHere } from './mysql-io.ts';
import { logWritten } from './mysql-log.ts';
import { purgeSoon } from './mysql-sessions.ts';
import { wake } from './mysql-wake.ts';
import { note } from './notes.ts';

/** Steps 1 and 2 of a write are done at the active instance. */
export function written(mysql: Mysql, { message, atUs }: Delivery<Written>): Outcome<Mysql> {
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  const io = writtenHere(next, message, atUs, effects);
  if (io !== null) completed(next, io, atUs, effects);
  return [next, effects];
}

/** All five are. */
export function staged(mysql: Mysql, { message, atUs }: Delivery<Staged>): Outcome<Mysql> {
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  const io = stagedThere(next, message, atUs, effects);
  if (io === null) return [mysql, NO_EFFECTS];
  completed(next, io, atUs, effects);
  return [next, effects];
}

/** The standby has kept silent too long: from now on this instance's zone has to be enough. */
export function giveUp(mysql: Mysql, { atUs }: Delivery<Signal<'GIVE_UP'>>): Outcome<Mysql> {
  const effects: Effect[] = [
    note({ type: 'standby-lost', waitedUs: mysql.setup.giveUpUs }),
    // If it lives after all it must not take over without what is written from here on.
    send(mysql.setup.peer, signal('PREPARE')),
  ];
  const next = copyOf(mysql);
  letGo(next, 'lost', atUs, effects);
  return [next, effects];
}

/** The standby counts no more until it is in sync again: writes that waited for it alone are done. */
export function letGo(
  mysql: Mutable<Mysql>,
  standby: 'lost' | 'resyncing',
  atUs: Micros,
  effects: Effect[],
): void {
  mysql.standby = standby;
  for (const io of withoutStandby(mysql, atUs, effects)) completed(mysql, io, atUs, effects);
}

/** What follows a write, by what was written. */
function completed(mysql: Mutable<Mysql>, { block }: Io, atUs: Micros, effects: Effect[]): void {
  switch (block.kind) {
    case 'redo':
    case 'metadata':
    case 'binlog':
      logWritten(mysql, atUs, effects);
      purgeSoon(mysql, effects);
      wake(mysql, effects);
      return;
    case 'double-write':
      writePages(mysql, atUs, effects);
      return;
    case 'page':
      if (pageWritten(mysql)) writeCheckpoint(mysql, atUs, effects);
      return;
    case 'checkpoint':
      checkpointMoved(mysql, block.lsn, effects);
      return;
    case 'erase':
    case 'copy':
      return;
  }
}

/** A look at dirty pages is due. */
export function flushDue(mysql: Mysql, { atUs }: Delivery<Signal<'FLUSH'>>): Outcome<Mysql> {
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  startFlush(next, atUs, effects);
  return [next, effects];
}
