import { assert, InvariantError } from '../engine/assert.ts';
import { type CommitHistory, emptyHistory } from './commit-history.ts';
import type { Key, Lsn, PageNo, SessionId, TxnId } from './ids.ts';
import type { Layout } from './layout.ts';
import type { Page } from './page.ts';
import { emptyCache, held, type PageCache } from './page-cache.ts';
import { either, type Phase, type Session, sessionWith, type Transaction } from './session.ts';
import { get, put, type SortedMap } from './sorted-map.ts';
import type { IsolationLevel, Statement } from './statement.ts';

/** An exclusive row lock and those who wait for it, first come first served. */
export interface Lock {
  readonly table: string;
  readonly key: Key;
  readonly holder: SessionId;
  readonly queue: readonly SessionId[];
}

/** An undo page without room, and whose changes it holds. */
export interface FullUndo {
  readonly page: PageNo;
  readonly txns: readonly TxnId[];
}

/**
 * The writer's volatile memory: all of it is lost in a crash, and none of it is needed to get the data
 * back (SIGMOD'18 §2.4). An immutable value; every operation returns the next one.
 */
export interface Database {
  /** Groups that exist now: the volume grows by appending more. */
  readonly layout: Layout;
  /** How many groups the volume may grow to. */
  readonly maxGroups: number;
  readonly cache: PageCache;
  /** The highest durable point the instance has heard of. */
  readonly vdl: Lsn;
  /** New read views stand here, or at the VDL if that is higher. */
  readonly readable: Lsn;
  readonly sessions: SortedMap<SessionId, Session>;
  /** Sessions that wait, in the order they began to. */
  readonly waiting: readonly SessionId[];
  readonly locks: SortedMap<string, Lock>;
  readonly history: CommitHistory;
  readonly nextTxn: TxnId;
  readonly nextAge: number;
  /** Free pages by group, as far as space maps have been read; -1 where one has not. */
  readonly free: readonly number[];
  /** The undo page in use, by group. */
  readonly undoPages: SortedMap<number, PageNo>;
  /** Undo pages that purge has to empty, the oldest first. */
  readonly fullUndo: readonly FullUndo[];
  /** How far purge has come in the first of them it could empty. */
  readonly purging: { readonly page: PageNo; readonly slot: number } | null;
  /** Whose records are about to be stamped. */
  readonly issuing: SessionId | null;
}

export interface DatabaseOptions extends Layout {
  /** Pages the buffer cache holds; at least 16, so that one mini-transaction always fits. */
  readonly cacheCapacityPages: number;
  /** See `PageCache`. */
  readonly evictsAsPrinted?: boolean;
  /** How many groups the volume may grow to; without it, it stays as it is. */
  readonly maxGroups?: number;
}

/** What an instance starts with. */
export interface Boot {
  /** A number above every transaction of the volume's past: after a crash, the next LSN is one. */
  readonly nextTxn: TxnId;
  /** The VDL it opens at. */
  readonly vdl: Lsn;
  /** Pages known to be current, such as those of a volume just made; kept up to the cache's capacity. */
  readonly pages?: readonly Page[];
}

export const LEAST_CACHE_PAGES = 16;

/** The memory of a writer that has just started. After a crash, call `recovered` before any session. */
export function openDatabase(options: DatabaseOptions, boot: Boot): Database {
  const { groups, pagesPerGroup, cacheCapacityPages, evictsAsPrinted } = options;
  assert(cacheCapacityPages >= LEAST_CACHE_PAGES, 'a buffer cache holds at least 16 pages');
  assert(pagesPerGroup > 5 && pagesPerGroup <= 32, 'a group has 6 to 32 pages');
  const warm = (boot.pages ?? []).slice(0, cacheCapacityPages);
  return {
    layout: { groups, pagesPerGroup },
    maxGroups: Math.max(groups, options.maxGroups ?? groups),
    cache: warm.reduce(held, emptyCache(cacheCapacityPages, evictsAsPrinted)),
    vdl: boot.vdl,
    readable: boot.vdl,
    sessions: null,
    waiting: [],
    locks: null,
    history: emptyHistory,
    nextTxn: boot.nextTxn,
    nextAge: 1,
    free: [],
    undoPages: null,
    fullUndo: [],
    purging: null,
    issuing: null,
  };
}

/** What a connection begins with, as in MySQL. */
export const DEFAULT_ISOLATION: IsolationLevel = 'repeatable-read';

/** Adds a connection, with `database` as its current one. */
export function openSession(db: Database, id: SessionId, database: string | null = null): Database {
  assert(get(db.sessions, id) === undefined, `session ${id} is already open`);
  return withSession(db, {
    id,
    database,
    isolation: DEFAULT_ISOLATION,
    txn: null,
    work: null,
    waiting: null,
    closing: false,
  });
}

/** The database with some of its parts replaced; see `sessionWith`. */
export function databaseWith(db: Database, parts: Partial<Omit<Database, 'maxGroups'>>): Database {
  return {
    layout: either(parts.layout, db.layout),
    maxGroups: db.maxGroups,
    cache: either(parts.cache, db.cache),
    vdl: either(parts.vdl, db.vdl),
    readable: either(parts.readable, db.readable),
    sessions: either(parts.sessions, db.sessions),
    waiting: either(parts.waiting, db.waiting),
    locks: either(parts.locks, db.locks),
    history: either(parts.history, db.history),
    nextTxn: either(parts.nextTxn, db.nextTxn),
    nextAge: either(parts.nextAge, db.nextAge),
    free: either(parts.free, db.free),
    undoPages: either(parts.undoPages, db.undoPages),
    fullUndo: either(parts.fullUndo, db.fullUndo),
    purging: either(parts.purging, db.purging),
    issuing: either(parts.issuing, db.issuing),
  };
}

/** The database with one session changed. */
export const withSession = (db: Database, session: Session): Database =>
  databaseWith(db, { sessions: put(db.sessions, session.id, session) });

/** A session that has to be open: without it the caller has lost count. */
export function sessionOf(db: Database, id: SessionId): Session {
  const session = get(db.sessions, id);
  if (session === undefined) throw new InvariantError(`session ${id} is not open`);
  return session;
}

/** Whether a session has a statement under way, so that `advance` may be called for it. */
export const hasWork = (db: Database, id: SessionId): boolean =>
  (get(db.sessions, id)?.work ?? null) !== null;

/** Starts a session's work on one statement. It may have only one at a time. */
export function submit(db: Database, id: SessionId, statement: Statement): Database {
  const session = sessionOf(db, id);
  if (session.work !== null) throw new InvariantError(`session ${id} is still busy`);
  const savepoint = session.txn?.last ?? null;
  const work = { statement, phase: { kind: 'start' } as const, savepoint, commit: null };
  return withSession(db, sessionWith(session, { work }));
}

/** The session with its transaction, one that begins now if it has none. */
export function withTransaction(
  db: Database,
  session: Session,
  explicit: boolean,
): { readonly db: Database; readonly session: Session; readonly txn: Transaction } {
  if (session.txn !== null) return { db, session, txn: session.txn };
  const txn: Transaction = {
    id: null,
    age: db.nextAge,
    explicit,
    isolation: session.isolation,
    view: null,
    home: null,
    changes: 0,
    last: null,
    locks: null,
  };
  const opened = sessionWith(session, { txn });
  const next = databaseWith(db, { nextAge: db.nextAge + 1 });
  return { db: withSession(next, opened), session: opened, txn };
}

/** The session with its statement in another phase. */
export function inPhase(session: Session, phase: Phase): Session {
  if (session.work === null) throw new InvariantError(`session ${session.id} is idle`);
  const { statement, savepoint, commit } = session.work;
  return sessionWith(session, { work: { statement, phase, savepoint, commit } });
}
