import { advance } from '../database/advance.ts';
import { databaseWith, hasWork, openSession, submit } from '../database/database.ts';
import type { SessionId } from '../database/ids.ts';
import { install } from '../database/install.ts';
import type { Progress } from '../database/mini-transaction.ts';
import { cached } from '../database/page-cache.ts';
import { oldestReadPoint, purgeStep } from '../database/purge.ts';
import type { Wait } from '../database/session.ts';
import { get } from '../database/sorted-map.ts';
import { type RunSession, runSoon } from '../database/turn.ts';
import { arm, type Delivery, type Effect, type Outcome } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Query, Raw } from './messages.ts';
import { copyOf, count, type Mysql } from './mysql.ts';
import { flushSoon } from './mysql-flush.ts';
import { commitSoon, hasRoom, stamp } from './mysql-log.ts';
import { fetchPage } from './mysql-reads.ts';
import { wake } from './mysql-wake.ts';
import { note } from './notes.ts';
import { answered, unanswered } from './reply.ts';

type Part<K extends Progress['kind']> = Extract<Progress, { readonly kind: K }>;

const PURGE_PAUSE_US = 500;

/** A statement arrives on a connection; the connection is opened with the first one. */
export function startStatement(mysql: Mysql, { message, atUs }: Delivery<Query>): Outcome<Mysql> {
  const { session, statement, text } = message;
  const { id, firstDatabase } = mysql.setup;
  if (hasWork(mysql.db, session)) return [mysql, []];
  const known = get(mysql.db.sessions, session) !== undefined;
  const db = known ? mysql.db : openSession(mysql.db, session, firstDatabase);
  const effects: Effect[] = [note({ type: 'statement', instance: id, session, text })];
  const next = copyOf(mysql);
  next.db = submit(db, session, statement);
  progress(next, session, atUs, effects);
  return [next, effects];
}

/** Goes on with a statement after a mini-transaction, a page, a lock or room in the log. */
export function runStatement(
  mysql: Mysql,
  { message, atUs }: Delivery<RunSession>,
): Outcome<Mysql> {
  if (!hasWork(mysql.db, message.session)) return [mysql, []];
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  progress(next, message.session, atUs, effects);
  return [next, effects];
}

/** One step of a statement: a mini-transaction, a wait, or the end. */
function progress(
  mysql: Mutable<Mysql>,
  session: SessionId,
  atUs: Micros,
  effects: Effect[],
): void {
  const { db: before, checkpoint, committed } = mysql;
  const step = advance(before, session, { vdl: checkpoint, readable: committed });
  count(mysql, 'hits', step.db.cache.uses - before.cache.uses);
  if (step.kind === 'mtr') {
    putInLog(mysql, step, session, effects);
    return;
  }
  mysql.db = step.db;
  switch (step.kind) {
    case 'miss':
      fetchPage(mysql, step.page, session, atUs, effects);
      return;
    case 'wait':
      effects.push(...waitNotes(session, step.on));
      flushSoon(mysql, effects);
      return;
    case 'deadlock':
      effects.push(
        note({ type: 'deadlock', victim: step.victim, sentence: step.sentence }),
        runSoon(step.victim),
      );
      break;
    case 'done':
      done(mysql, session, step, atUs, effects);
      break;
    case 'failed':
      effects.push(failure(mysql, session, step.problem), unanswered(session, step.problem));
  }
  wake(mysql, effects);
}

const failure = ({ setup }: Mysql, session: SessionId, problem: string): Effect =>
  note({ type: 'statement-failed', instance: setup.id, session, problem });

function waitNotes(session: SessionId, wait: Wait): readonly Effect[] {
  switch (wait.reason) {
    case 'row-lock':
      return [note({ type: 'lock-wait', session, what: `row ${wait.key} of ${wait.table}` })];
    case 'cache-full':
      return [note({ type: 'cache-full', session })];
    case 'undo-full':
    case 'volume-growth':
      return [];
  }
}

/** The mini-transaction goes into the log buffer, or the statement waits for a checkpoint as if untouched. */
function putInLog(
  mysql: Mutable<Mysql>,
  { db, drafts }: Part<'mtr'>,
  session: SessionId,
  effects: Effect[],
): void {
  if (!hasRoom(mysql, drafts.length)) {
    const { logRecords: limit } = mysql.setup;
    const records = mysql.nextLsn - 1 - mysql.checkpoint;
    effects.push(note({ type: 'log-full', session, records, limit }));
    mysql.stalled = [...mysql.stalled.filter((id) => id !== session), session];
    flushSoon(mysql, effects);
    return;
  }
  mysql.db = install(db, stamp(mysql, drafts));
  effects.push(runSoon(session));
  flushSoon(mysql, effects);
  wake(mysql, effects);
}

/** The reply goes at once, unless a commit has to wait for its group's log writes. */
function done(
  mysql: Mutable<Mysql>,
  session: SessionId,
  { result, commit }: Part<'done'>,
  atUs: Micros,
  effects: Effect[],
): void {
  if (commit === null) {
    const rows = result.kind === 'rows' ? result.rows.length : result.changed;
    effects.push(note({ type: 'replied', session, rows }), answered(session, result));
    return;
  }
  const { txn, lsn } = commit;
  commitSoon(mysql, { lsn, txn, session, sinceUs: atUs, result }, atUs, effects);
}

/** A transaction of one log record, without statements: for measuring the five steps alone. */
export function writeRaw(mysql: Mysql, { message, atUs }: Delivery<Raw>): Outcome<Mysql> {
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  if (cached(mysql.db.cache, message.page) === undefined) {
    fetchPage(next, message.page, null, atUs, effects);
    return [next, effects];
  }
  if (!hasRoom(mysql, 1)) return [mysql, []];
  const txn = mysql.nextLsn;
  const draft = { page: message.page, kind: 'commit', txn, delta: { kind: 'touch' } } as const;
  const after = install(mysql.db, stamp(next, [draft]));
  // It is called by its LSN, so no transaction that begins later may be.
  next.db = databaseWith(after, { nextTxn: Math.max(after.nextTxn, txn + 1) });
  commitSoon(next, { lsn: txn, txn, session: null, sinceUs: atUs, result: null }, atUs, effects);
  flushSoon(next, effects);
  return [next, effects];
}

/** Arranges for old versions to be thrown away, one mini-transaction at a time. */
export function purgeSoon(mysql: Mutable<Mysql>, effects: Effect[]): void {
  if (mysql.purging) return;
  mysql.purging = true;
  effects.push(arm('purge', PURGE_PAUSE_US, signal('PURGE')));
}

/** One step of purge: undo that no read view needs. It writes redo and dirties pages like any change. */
export function purge(mysql: Mysql, { atUs }: Delivery<Signal<'PURGE'>>): Outcome<Mysql> {
  const oldest = Math.min(oldestReadPoint(mysql.db) ?? mysql.committed, mysql.committed);
  const step = purgeStep(mysql.db, oldest, mysql.committed);
  const effects: Effect[] = [];
  const next = copyOf(mysql);
  next.purging = false;
  if (step.kind === 'idle') {
    next.db = step.db;
    return [next, effects];
  }
  if (step.kind === 'miss') {
    next.db = step.db;
    fetchPage(next, step.page, null, atUs, effects);
    return [next, effects];
  }
  purgeSoon(next, effects);
  if (!hasRoom(mysql, step.drafts.length)) return [next, effects];
  next.db = install(step.db, stamp(next, step.drafts));
  flushSoon(next, effects);
  wake(next, effects);
  return [next, effects];
}
