import { hasWork, openDatabase } from '../database/database.ts';
import { applyDelta, type Stamped } from '../database/delta.ts';
import type { PageNo } from '../database/ids.ts';
import { CATALOGUE } from '../database/layout.ts';
import type { Page } from '../database/page.ts';
import { recovered, undoPagesIn } from '../database/recovery.ts';
import { each, get, put } from '../database/sorted-map.ts';
import { runSoon } from '../database/turn.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { LogRead, PageRead, Query, Written } from './messages.ts';
import {
  copyOf,
  type Mysql,
  newMemory,
  type Recovery,
  type WaitingCommit,
  withMemory,
} from './mysql.ts';
import { pageWritten, writePages } from './mysql-flush.ts';
import { writeBlock, writtenHere } from './mysql-io.ts';
import { askVolume } from './mysql-reads.ts';
import { beating, repeatWrites } from './mysql-standby.ts';
import { note } from './notes.ts';
import { unanswered } from './reply.ts';

/** Redo is replayed in runs of so many records; the pages of a run are read together. */
const RUN_RECORDS = 64;

const LOST = 'The connection to MySQL was lost. A commit that was waiting has an unknown outcome.';
const REFUSED = 'Nothing answers here: this instance is down or not open yet.';

/** What an instance knows only in memory is gone; clients that waited see their connections end. */
export function crash(mysql: Mysql): Outcome<Mysql> {
  const { id } = mysql.setup;
  const effects: Effect[] = [disarm('*'), note({ type: 'instance', instance: id, state: 'down' })];
  const waiting = new Set([...mysql.commits, ...(mysql.group?.commits ?? [])].map(sessionOf));
  each(mysql.db.sessions, (session, { work }) => {
    if (session > 0 && (work !== null || waiting.has(session)))
      effects.push(unanswered(session, LOST, true));
  });
  return [withMemory(mysql, newMemory(emptyDatabase(mysql, 0), 0)), effects];
}

const sessionOf = ({ session }: WaitingCommit): WaitingCommit['session'] => session;

const emptyDatabase = ({ setup }: Mysql, lsn: number, pages: readonly Page[] = []) => {
  const { groups, pagesPerGroup, cachePages } = setup;
  const options = { groups, pagesPerGroup, cacheCapacityPages: cachePages };
  return openDatabase(options, { nextTxn: lsn + 1, vdl: lsn, pages });
};

/** Nobody is open here. */
export const refuse = (mysql: Mysql, { message }: Delivery<Query>): Outcome<Mysql> => [
  mysql,
  [unanswered(message.session, REFUSED, true)],
];

/**
 * Recovery begins: read the redo log from the last checkpoint on. Unlike in Aurora, nothing is served
 * before it has been replayed (SIGMOD'17 §4.3).
 */
export function beginRecovery(mysql: Mysql, { atUs }: { readonly atUs: Micros }): Outcome<Mysql> {
  const next = copyOf(mysql);
  next.standby = 'lost';
  next.recovery = {
    beganUs: atUs,
    checkpoint: 0,
    records: [],
    next: 0,
    pages: null,
    awaited: [],
    flushing: false,
  };
  return [
    next,
    [
      note({ type: 'instance', instance: mysql.setup.id, state: 'recovering' }),
      askVolume(mysql, { kind: 'log' }),
      ...beating(mysql),
    ],
  ];
}

/** The standby has heard nothing for too long: it becomes the active instance, with its own volumes. */
export function takeOver(mysql: Mysql, delivery: Delivery<Signal<'SILENCE'>>): Outcome<Mysql> {
  const { id, takeOverUs } = mysql.setup;
  const next = copyOf(mysql);
  next.role = 'active';
  next.term = mysql.term + 1;
  next.ios = null;
  const [after, effects] = beginRecovery(next, delivery);
  return [after, [note({ type: 'take-over', instance: id, silentUs: takeOverUs }), ...effects]];
}

/** The log is here: its pages are read and its records applied, in runs. */
export function logRead(mysql: Mysql, { message }: Delivery<LogRead>): Outcome<Mysql> {
  const { checkpoint, records } = message;
  const { recovery } = mysql;
  if (recovery === null || recovery.checkpoint > 0) return [mysql, []];
  const { id: instance } = mysql.setup;
  const effects: Effect[] = [
    note({ type: 'replay-begun', instance, checkpoint, records: records.length }),
  ];
  const next = copyOf(mysql);
  next.recovery = { ...recovery, checkpoint, records };
  goOn(next, effects);
  return [next, effects];
}

/** Pages for the next run of records; when none is missing, the time to apply them. */
function goOn(mysql: Mutable<Mysql>, effects: Effect[]): void {
  const { recovery } = mysql;
  if (recovery === null) return;
  const run = runOf(recovery);
  const needed = run.length > 0 ? run.map(({ page }) => page) : undoPages(mysql, recovery);
  const missing = [...new Set(needed)].filter((no) => get(recovery.pages, no) === undefined);
  mysql.recovery = { ...recovery, awaited: missing };
  for (const page of missing) effects.push(askVolume(mysql, { kind: 'page', page }));
  if (missing.length > 0) return;
  const permille = 1_000 * run.length;
  effects.push(arm('replay', { table: 'applyRecord', permille }, signal('REPLAY')));
}

const runOf = ({ records, next }: Recovery): readonly Stamped[] =>
  records.slice(next, next + RUN_RECORDS);

/** Behind the last record: what it takes to know which transactions were cut off. */
function undoPages({ setup }: Mysql, { pages }: Recovery): readonly PageNo[] {
  const catalogue = get(pages, CATALOGUE);
  return catalogue === undefined ? [CATALOGUE] : undoPagesIn(setup, catalogue);
}

/** One page of a run is here. */
export function pageForReplay(mysql: Mysql, { message }: Delivery<PageRead>): Outcome<Mysql> {
  const { recovery } = mysql;
  const { page } = message;
  if (recovery === null || !recovery.awaited.includes(page.no)) return [mysql, []];
  const awaited = recovery.awaited.filter((no) => no !== page.no);
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  next.recovery = { ...recovery, awaited, pages: put(recovery.pages, page.no, page) };
  if (awaited.length === 0) goOn(next, effects);
  return [next, effects];
}

/** A run is applied: each record to its page, unless the page has it already. */
export function replay(mysql: Mysql, { atUs }: Delivery<Signal<'REPLAY'>>): Outcome<Mysql> {
  const { recovery } = mysql;
  if (recovery === null) return [mysql, []];
  const run = runOf(recovery);
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  if (run.length === 0) {
    if (undoPages(mysql, recovery).some((no) => get(recovery.pages, no) === undefined))
      goOn(next, effects);
    else writeBack(next, recovery, atUs, effects);
    return [next, effects];
  }
  let { pages } = recovery;
  for (const { page, lsn, delta } of run) {
    const before = get(pages, page);
    if (before === undefined || before.lsn < lsn)
      pages = put(pages, page, applyDelta(before, page, lsn, delta));
  }
  next.recovery = { ...recovery, pages, next: recovery.next + run.length };
  goOn(next, effects);
  return [next, effects];
}

/** What was replayed goes back to the volume, so that recovery need not be repeated (protocol choice). */
function writeBack(
  mysql: Mutable<Mysql>,
  recovery: Recovery,
  atUs: Micros,
  effects: Effect[],
): void {
  const changed = new Set(recovery.records.map(({ page }) => page));
  const pages: Page[] = [];
  each(recovery.pages, (no, page) => {
    if (changed.has(no)) pages.push(page);
  });
  const lsn = lastLsn(recovery);
  mysql.recovery = { ...recovery, flushing: true };
  if (pages.length === 0) {
    writeBlock(mysql, { kind: 'checkpoint', lsn }, atUs, effects);
    return;
  }
  mysql.flush = { pages, oldest: lsn, left: null };
  writeBlock(mysql, { kind: 'double-write', pages }, atUs, effects);
}

const lastLsn = ({ records, checkpoint }: Recovery): number =>
  records[records.length - 1]?.lsn ?? checkpoint;

/** The pages, and then a checkpoint at the end of the log, are on the volume. */
export function writtenInRecovery(
  mysql: Mysql,
  { message, atUs }: Delivery<Written>,
): Outcome<Mysql> {
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  const io = writtenHere(next, message, atUs, effects);
  const { recovery } = mysql;
  if (io === null || recovery === null) return [next, effects];
  if (io.block.kind === 'double-write') writePages(next, atUs, effects);
  if (io.block.kind === 'page' && pageWritten(next))
    writeBlock(next, { kind: 'checkpoint', lsn: lastLsn(recovery) }, atUs, effects);
  if (io.block.kind === 'checkpoint') effects.push(arm('open', 0, signal('OPEN')));
  return [next, effects];
}

/** Open again. Transactions that the crash cut off are rolled back beside new work. */
export function open(mysql: Mysql, { atUs }: Delivery<Signal<'OPEN'>>): Outcome<Mysql> {
  const { recovery, setup } = mysql;
  const effects: Effect[] = [];
  if (recovery === null) return [mysql, effects];
  const lsn = lastLsn(recovery);
  const pages: Page[] = [];
  each(recovery.pages, (_, page) => {
    pages.push(page);
  });
  const catalogue = pages.find(({ no }) => no === CATALOGUE);
  const start = emptyDatabase(mysql, lsn, pages);
  const undo = pages.filter(({ body }) => body.kind === 'undo');
  const back =
    catalogue === undefined ? { db: start, sessions: [] } : recovered(start, catalogue, undo);
  const next = withMemory(mysql, newMemory(back.db, lsn));
  for (const session of back.sessions)
    if (hasWork(back.db, session)) effects.push(runSoon(session));
  effects.push(
    note({
      type: 'recovered',
      instance: setup.id,
      records: recovery.records.length,
      pages: pages.length,
      cutOff: back.sessions.length,
      tookUs: atUs - recovery.beganUs,
    }),
    note({ type: 'instance', instance: setup.id, state: 'open' }),
    send(setup.peer, signal('PREPARE')),
  );
  return [next, effects];
}

/** The volume is back while recovery needs it: everything that is missing is asked for again. */
export function askAgain(mysql: Mysql): Outcome<Mysql> {
  const { recovery } = mysql;
  const [, writes] = repeatWrites(mysql);
  if (recovery === null) return [mysql, writes];
  const reads = recovery.awaited.map((page) => askVolume(mysql, { kind: 'page', page }));
  const log = recovery.checkpoint === 0 ? [askVolume(mysql, { kind: 'log' })] : [];
  return [mysql, [...writes, ...reads, ...log]];
}
