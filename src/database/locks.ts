import { type Database, databaseWith, type Lock, sessionOf, withSession } from './database.ts';
import type { Key, SessionId } from './ids.ts';
import { type Session, sessionWith, transactionWith, type Wait } from './session.ts';
import { get, put, remove } from './sorted-map.ts';
import type { Table } from './table.ts';

const lockName = (table: Table, key: Key): string => `${table.root}/${key}`;

/** Who else holds the lock of a row, as something to wait for; null when nobody does. */
export function inTheWay(db: Database, id: SessionId, table: Table, key: Key): Wait | null {
  const name = lockName(table, key);
  const lock = get(db.locks, name);
  if (lock === undefined || lock.holder === id) return null;
  return { reason: 'row-lock', lock: name, table: table.name, key, holder: lock.holder };
}

/** Takes the exclusive lock of a row, free or already the session's own, to the end of its transaction. */
export function locked(db: Database, session: Session, table: Table, key: Key): Database {
  const name = lockName(table, key);
  if (session.txn === null || get(db.locks, name) !== undefined) return db;
  const locks = put(db.locks, name, { table: table.name, key, holder: session.id, queue: [] });
  const txn = transactionWith(session.txn, { locks: { name, before: session.txn.locks } });
  return withSession(databaseWith(db, { locks }), sessionWith(session, { txn }));
}

/** Puts a session to sleep; one that waits for a row lock joins its queue. */
export function asleep(db: Database, session: Session, wait: Wait): Database {
  const waiting = db.waiting.includes(session.id) ? db.waiting : [...db.waiting, session.id];
  const next = withSession(
    databaseWith(db, { waiting }),
    sessionWith(session, { waiting: { wait, over: false } }),
  );
  if (wait.reason !== 'row-lock') return next;
  const lock = get(db.locks, wait.lock);
  if (lock === undefined || lock.queue.includes(session.id)) return next;
  return withLock(next, wait.lock, { ...lock, queue: [...lock.queue, session.id] });
}

/** A session that no longer waits, and no longer stands in any queue. */
export function awake(db: Database, id: SessionId): Database {
  const session = sessionOf(db, id);
  if (session.waiting === null) return db;
  const { wait } = session.waiting;
  const waiting = db.waiting.filter((each) => each !== id);
  const next = withSession(databaseWith(db, { waiting }), sessionWith(session, { waiting: null }));
  const lock = wait.reason === 'row-lock' ? get(db.locks, wait.lock) : undefined;
  if (wait.reason !== 'row-lock' || !lock?.queue.includes(id)) return next;
  const queue = lock.queue.filter((each) => each !== id);
  return withLock(next, wait.lock, { ...lock, queue });
}

/** Ends a session's transaction in memory: its locks go to those who wait longest for them. */
export function released(db: Database, id: SessionId): Database {
  const session = sessionOf(db, id);
  let next = withSession(db, sessionWith(session, { txn: null }));
  for (let each = session.txn?.locks ?? null; each !== null; each = each.before) {
    next = handedOver(next, each.name);
  }
  return next;
}

function handedOver(db: Database, name: string): Database {
  const lock = get(db.locks, name);
  const [heir, ...queue] = lock?.queue ?? [];
  if (lock === undefined || heir === undefined)
    return databaseWith(db, { locks: remove(db.locks, name) });
  const session = sessionOf(db, heir);
  const { txn, waiting } = session;
  const next = withLock(db, name, { ...lock, holder: heir, queue });
  return withSession(
    next,
    sessionWith(session, {
      txn: txn && transactionWith(txn, { locks: { name, before: txn.locks } }),
      waiting: waiting && { wait: waiting.wait, over: true },
    }),
  );
}

const withLock = (db: Database, name: string, lock: Lock): Database =>
  databaseWith(db, { locks: put(db.locks, name, lock) });
