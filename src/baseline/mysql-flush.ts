import { woken } from '../database/advance.ts';
import type { PageNo } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { cached } from '../database/page-cache.ts';
import { each, remove } from '../database/sorted-map.ts';
import { runSoon } from '../database/turn.ts';
import { arm, type Effect } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import { type Mysql, oldestUnwritten } from './mysql.ts';
import { writeBlock } from './mysql-io.ts';
import { hasRoom, writeLog } from './mysql-log.ts';
import { note } from './notes.ts';

/** Above this share of the log in use, pages are written without a pause, as InnoDB does. */
const URGENT_PERMILLE = 750;

/** Arranges the next look at dirty pages: in a while, or at once when somebody is held up by them. */
export function flushSoon(mysql: Mutable<Mysql>, effects: Effect[]): void {
  if (mysql.flush !== null || mysql.dirty === null) return;
  const urgent = isUrgent(mysql);
  if (mysql.flushing && !urgent) return;
  mysql.flushing = true;
  effects.push(arm('flush', urgent ? 0 : mysql.setup.flushEveryUs, signal('FLUSH')));
}

function isUrgent({ nextLsn, checkpoint, setup, stalled, db }: Mysql): boolean {
  if (stalled.length > 0) return true;
  if ((nextLsn - checkpoint) * 1_000 > setup.logRecords * URGENT_PERMILLE) return true;
  return db.waiting.length > 0 && waitsForCache(db);
}

function waitsForCache({ sessions, waiting }: Mysql['db']): boolean {
  let found = false;
  each(sessions, (id, session) => {
    found ||= waiting.includes(id) && session.waiting?.wait.reason === 'cache-full';
  });
  return found;
}

/**
 * Dirty pages, the longest dirty first, are on their way: first all of them in one double-write, so that a
 * torn page can be mended, then each in its place. Their redo must be on the volumes before (WAL).
 */
export function startFlush(mysql: Mutable<Mysql>, atUs: Micros, effects: Effect[]): void {
  mysql.flushing = false;
  if (mysql.flush !== null) return;
  const pages = chosen(mysql);
  if (pages.length === 0) {
    // Nothing may go before its redo has.
    writeLog(mysql, atUs, effects);
    if (mysql.dirty !== null) {
      mysql.flushing = true;
      effects.push(arm('flush', RETRY_US, signal('FLUSH')));
    }
    return;
  }
  const urgent = isUrgent(mysql);
  const oldest = oldestUnwritten(mysql);
  for (const { no } of pages) mysql.dirty = remove(mysql.dirty, no);
  mysql.flush = { pages, oldest, left: null };
  effects.push(note({ type: 'flush-begun', pages: pages.map(({ no }) => no), urgent }));
  writeBlock(mysql, { kind: 'double-write', pages }, atUs, effects);
}

const RETRY_US = 2_000;

function chosen({ dirty, db, logged, setup }: Mysql): readonly Page[] {
  const candidates: { readonly page: Page; readonly since: number }[] = [];
  each(dirty, (no: PageNo, since) => {
    const page = cached(db.cache, no);
    if (page !== undefined && page.lsn <= logged) candidates.push({ page, since });
  });
  return candidates
    .toSorted((a, b) => a.since - b.since)
    .slice(0, setup.flushPages)
    .map(({ page }) => page);
}

/** The double-write is on all volumes: now each page may be written over the one that was there. */
export function writePages(mysql: Mutable<Mysql>, atUs: Micros, effects: Effect[]): void {
  const { flush } = mysql;
  if (flush === null) return;
  mysql.flush = { pages: flush.pages, oldest: flush.oldest, left: flush.pages.length };
  for (const page of flush.pages) writeBlock(mysql, { kind: 'page', page }, atUs, effects);
}

/** One page is in its place. True when it was the last of its flush. */
export function pageWritten(mysql: Mutable<Mysql>): boolean {
  const { flush } = mysql;
  if (flush === null || flush.left === null) return false;
  if (flush.left > 1) {
    mysql.flush = { pages: flush.pages, oldest: flush.oldest, left: flush.left - 1 };
    return false;
  }
  mysql.flush = null;
  return true;
}

/** A fuzzy checkpoint: recovery may begin behind every change that is on its page by now. */
export function writeCheckpoint(mysql: Mutable<Mysql>, atUs: Micros, effects: Effect[]): void {
  const lsn = Math.min(oldestUnwritten(mysql) - 1, mysql.logged);
  if (lsn > mysql.checkpoint) writeBlock(mysql, { kind: 'checkpoint', lsn }, atUs, effects);
  else flushSoon(mysql, effects);
}

/** The checkpoint is on the volumes: log behind it is free, and pages behind it may be evicted. */
export function checkpointMoved(mysql: Mutable<Mysql>, lsn: number, effects: Effect[]): void {
  if (lsn > mysql.checkpoint) {
    effects.push(note({ type: 'checkpoint', from: mysql.checkpoint, to: lsn }));
    mysql.checkpoint = lsn;
  }
  for (const session of woken(mysql.db, mysql.checkpoint)) effects.push(runSoon(session));
  if (mysql.stalled.length > 0 && hasRoom(mysql, 1)) {
    const records = mysql.nextLsn - 1 - mysql.checkpoint;
    effects.push(note({ type: 'log-free', records }));
    for (const session of mysql.stalled) effects.push(runSoon(session));
    mysql.stalled = [];
  }
  flushSoon(mysql, effects);
}
