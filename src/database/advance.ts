import { InvariantError } from '../engine/assert.ts';
import { runChange } from './change.ts';
import { type Database, databaseWith, inPhase, sessionOf, withSession } from './database.ts';
import { runCommit, runUndo } from './end-transaction.ts';
import type { Lsn, PageNo, SessionId } from './ids.ts';
import { runInsert } from './insert.ts';
import { awake, released } from './locks.ts';
import { missed, on, type Progress, type Step, sleeps } from './mini-transaction.ts';
import { failed, finished } from './outcome.ts';
import { allTouched, cached, withRoom } from './page-cache.ts';
import { type ReadWork, stepSelect } from './read.ts';
import { type GetPage, miss, type ReadView } from './read-view.ts';
import { type Phase, type Session, sessionWith, type Wait, type Work } from './session.ts';
import { get, remove } from './sorted-map.ts';
import { runStart } from './start.ts';

/** The point at which an instance reads: its VDL, or the replica's copy of it. */
export interface ReadPoint {
  /** Pages with an LSN at or below it can be had again, so they may be evicted. */
  readonly vdl: Lsn;
  /** Where new read views stand, if not there: a database that writes its pages itself reads further on. */
  readonly readable?: Lsn;
}

/**
 * Takes a session's statement as far as it can go without the outside world. Pure: the same call gives the
 * same answer, and a statement that was stopped goes on by calling again. Nothing is ever half done:
 * every change is one mini-transaction, and the statement's place moves only with it.
 */
export function advance(start: Database, id: SessionId, view: ReadPoint): Progress {
  const still = stillWaiting(start, id);
  if (still !== null) return { kind: 'wait', db: start, reason: still.reason, on: still };
  let db = awake(knowing(start, view), id);
  const used: PageNo[] = [];
  let needed: PageNo[] = [];
  const getPage: GetPage = (no) => {
    const page = cached(start.cache, no);
    if (page === undefined) return undefined;
    if (!used.includes(no)) used.push(no);
    needed.push(no);
    return page;
  };
  for (;;) {
    needed = [];
    const session = sessionOf(db, id);
    if (session.work === null) throw new InvariantError(`session ${id} is idle`);
    const step = run(db, session, session.work, getPage);
    if (step.kind !== 'on') return settled(step, id, used, needed);
    db = step.db;
  }
}

function knowing(db: Database, { vdl, readable = vdl }: ReadPoint): Database {
  if (vdl <= db.vdl && readable <= db.readable) return db;
  return databaseWith(db, {
    vdl: Math.max(vdl, db.vdl),
    readable: Math.max(readable, db.readable),
  });
}

/** What a session still waits for; a full cache is looked at again each time. */
function stillWaiting(db: Database, id: SessionId): Wait | null {
  const { waiting } = sessionOf(db, id);
  if (waiting === null || waiting.over || waiting.wait.reason === 'cache-full') return null;
  return waiting.wait;
}

function run(db: Database, session: Session, work: Work, getPage: GetPage): Step {
  const { phase } = work;
  switch (phase.kind) {
    case 'start':
      return runStart(db, session, work, getPage);
    case 'read':
      return runRead(db, session, phase, getPage);
    case 'insert':
      return runInsert(db, session, phase, getPage);
    case 'change':
      return runChange(db, session, phase, getPage);
    case 'commit':
      return runCommit(db, session, phase, getPage);
    case 'undo':
      return runUndo(db, session, phase, getPage);
    case 'reply':
      return { kind: 'done', db: ended(db, session), result: phase.result, commit: work.commit };
    case 'fail':
      return {
        kind: 'failed',
        db: ended(db, session),
        problem: phase.problem,
        commit: work.commit,
      };
  }
}

function runRead(
  db: Database,
  session: Session,
  phase: Extract<Phase, { readonly kind: 'read' }>,
  getPage: GetPage,
): Step {
  const view: ReadView = { lsn: phase.lsn, own: session.txn?.id ?? null, history: db.history };
  const progress = stepSelect(phase.read, getPage, view);
  switch (progress.kind) {
    case 'on':
      return on(readOn(db, session, phase.lsn, progress.work));
    case 'miss':
      return missed(readOn(db, session, phase.lsn, progress.work), miss(progress.page));
    case 'failed':
      return failed(db, session, progress.problem);
    case 'done': {
      const { statement } = phase.read;
      const database = statement.kind === 'use' ? statement.database : session.database;
      return finished(db, sessionWith(session, { database }), progress.result);
    }
  }
}

const readOn = (db: Database, session: Session, lsn: Lsn, read: ReadWork): Database =>
  withSession(db, inPhase(session, { kind: 'read', lsn, read }));

const ended = (db: Database, session: Session): Database =>
  session.closing
    ? databaseWith(db, { sessions: remove(db.sessions, session.id) })
    : withSession(db, sessionWith(session, { work: null }));

/**
 * The progress with the pages it used marked as such. A page is asked for only if there is room for it
 * next to those the step needs, or two of them would take turns in driving each other out.
 */
function settled(
  progress: Progress,
  id: SessionId,
  used: readonly PageNo[],
  needed: readonly PageNo[],
): Progress {
  const cache = allTouched(progress.db.cache, used);
  const db = databaseWith(progress.db, { cache });
  if (progress.kind === 'miss' && withRoom(cache, 1, db.vdl, needed) === null) {
    return sleeps(db, id, { reason: 'cache-full', pages: 1, keep: needed });
  }
  return onto(progress, db);
}

/** The same progress on another database. */
function onto(progress: Progress, db: Database): Progress {
  switch (progress.kind) {
    case 'mtr':
      return { kind: 'mtr', db, drafts: progress.drafts };
    case 'done':
      return { kind: 'done', db, result: progress.result, commit: progress.commit };
    case 'miss':
    case 'wait':
    case 'deadlock':
    case 'failed':
      return { ...progress, db };
  }
}

/**
 * Ends a connection. An open transaction is rolled back: while `hasWork` says so, advance the session
 * until it is done, upon which it is gone.
 */
export function closeSession(db: Database, id: SessionId): Database {
  const next = awake(db, id);
  const session = sessionOf(next, id);
  if (session.txn === null || session.txn.home === null) {
    const left = released(next, id);
    return databaseWith(left, { sessions: remove(left.sessions, id) });
  }
  const onward: Phase = {
    kind: 'reply',
    result: { kind: 'done', changed: 0, says: 'Connection closed.' },
  };
  const phase: Phase = { kind: 'undo', to: null, whole: true, onward };
  const work: Work = { statement: { kind: 'rollback' }, phase, savepoint: null, commit: null };
  return withSession(next, sessionWith(session, { work, closing: true }));
}

/** The sessions whose wait is over, in the order they began to wait; call `advance` for each. */
export function woken(db: Database, vdl: Lsn): readonly SessionId[] {
  return db.waiting.filter((id) => {
    const waiting = get(db.sessions, id)?.waiting ?? null;
    if (waiting === null || waiting.over) return true;
    const { wait } = waiting;
    return wait.reason === 'cache-full' && withRoom(db.cache, wait.pages, vdl, wait.keep) !== null;
  });
}
