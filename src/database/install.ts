import { InvariantError } from '../engine/assert.ts';
import { observe } from './commit-history.ts';
import { type Database, databaseWith, sessionOf, withSession } from './database.ts';
import { applyDelta, type Stamped } from './delta.ts';
import type { Lsn, SessionId } from './ids.ts';
import { groupOf } from './layout.ts';
import { released } from './locks.ts';
import type { Page } from './page.ts';
import { cached, held, withRoom } from './page-cache.ts';
import { sessionWith } from './session.ts';
import { isFullUndo, txnsOn } from './undo-space.ts';

/**
 * Applies a mini-transaction whose records now have LSNs to the pages in the cache. With the record that
 * ends a transaction its locks go: whoever takes them commits at a higher LSN, so never earlier.
 */
export function install(start: Database, stamped: readonly Stamped[]): Database {
  let db = start;
  for (const record of stamped) db = installOne(db, record, start.issuing);
  return databaseWith(db, { issuing: null });
}

function installOne(db: Database, record: Stamped, issuing: SessionId | null): Database {
  const { page: no, lsn, delta, kind, txn } = record;
  const before = cached(db.cache, no);
  if (before === undefined && !delta.kind.startsWith('format')) {
    throw new InvariantError(`page ${no} is changed but not in the cache`);
  }
  const page = applyDelta(before, no, lsn, delta);
  const history = observe(db.history, record);
  let next: Database = databaseWith(db, { history, cache: held(db.cache, page) });
  if (delta.kind === 'append-undo' && isFullUndo(page)) {
    next = databaseWith(next, { fullUndo: [...next.fullUndo, { page: no, txns: txnsOn(page) }] });
  }
  if (delta.kind === 'reset-undo') next = emptied(next, no);
  if (kind === 'commit' && issuing !== null) next = committed(next, issuing, { txn, lsn });
  if (delta.kind === 'end' && issuing !== null) next = released(next, issuing);
  return next;
}

function committed(
  db: Database,
  id: SessionId,
  commit: { readonly txn: number; readonly lsn: Lsn },
): Database {
  const session = sessionOf(db, id);
  if (session.work === null) return db;
  const { statement, phase, savepoint } = session.work;
  return withSession(db, sessionWith(session, { work: { statement, phase, savepoint, commit } }));
}

/** Forgets a full undo page that has been emptied, and wakes those who wait for room in its group. */
function emptied(db: Database, no: number): Database {
  const group = groupOf(db.layout, no);
  let next: Database = databaseWith(db, {
    fullUndo: db.fullUndo.filter(({ page }) => page !== no),
  });
  for (const id of db.waiting) {
    const session = sessionOf(next, id);
    const { waiting } = session;
    if (waiting?.wait.reason !== 'undo-full' || waiting.wait.group !== group) continue;
    next = withSession(next, sessionWith(session, { waiting: { ...waiting, over: true } }));
  }
  return next;
}

/**
 * Takes a page read from storage into the cache, giving up the least recently used pages whose LSN is at
 * or below the VDL. Without such a page nothing changes, and the session that asked will wait. The image
 * must be the page's newest: that is what "as of the VDL" gives for a page that is not cached (a cached
 * page is kept as it is).
 */
export function admit(db: Database, page: Page, vdl: Lsn): Database {
  const known = vdl > db.vdl ? databaseWith(db, { vdl }) : db;
  if (cached(db.cache, page.no) !== undefined) return known;
  const cache = withRoom(known.cache, 1, vdl, []);
  return cache === null ? known : databaseWith(known, { cache: held(cache, page) });
}
