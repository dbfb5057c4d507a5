import { type Database, databaseWith, sessionOf } from './database.ts';
import type { Draft } from './delta.ts';
import type { PageNo, SessionId } from './ids.ts';
import { asleep } from './locks.ts';
import { cached, withRoom } from './page-cache.ts';
import type { Miss } from './read-view.ts';
import type { Commit, Session, Wait } from './session.ts';
import type { QueryResult } from './statement.ts';

/**
 * Where a session's work has come to. Every kind carries the database to go on with; only that of 'mtr'
 * may be thrown away, when the records cannot be given LSNs yet, and the session tried again later.
 */
export type Progress =
  /**
   * One mini-transaction (SIGMOD'17 §4.1): give its records contiguous LSNs in this order, flag the last
   * as CPL, and hand them to `install`. Nothing is applied before that.
   */
  | { readonly kind: 'mtr'; readonly db: Database; readonly drafts: readonly Draft[] }
  /** Fetch the page's newest version, `admit` it, and go on. Keep one read per page outstanding. */
  | { readonly kind: 'miss'; readonly db: Database; readonly page: PageNo }
  /** The session sleeps until `woken` names it. */
  | {
      readonly kind: 'wait';
      readonly db: Database;
      readonly reason: Wait['reason'];
      readonly on: Wait;
    }
  /** A ring of waits: the victim's work is now its rollback, so advance the victim. */
  | {
      readonly kind: 'deadlock';
      readonly db: Database;
      readonly victim: SessionId;
      readonly sentence: string;
    }
  /** Finished. With a commit, the reply may go out when the VDL has reached its LSN. */
  | {
      readonly kind: 'done';
      readonly db: Database;
      readonly result: QueryResult;
      readonly commit: Commit | null;
    }
  /** Refused, and undone; a transaction begun by BEGIN stays open unless a deadlock ended it. */
  | {
      readonly kind: 'failed';
      readonly db: Database;
      readonly problem: string;
      readonly commit: Commit | null;
    };

/** One step of work: either nothing outside is needed yet, or it is time to tell the caller. */
export type Step = { readonly kind: 'on'; readonly db: Database } | Progress;

/** Nothing outside is needed: the statement goes on. */
export const on = (db: Database): Step => ({ kind: 'on', db });

/** The statement needs a page that is not in the cache. */
export const missed = (db: Database, { page }: Miss): Step => ({ kind: 'miss', db, page });

/** Puts the session to sleep and says so. */
export function sleeps(db: Database, id: SessionId, wait: Wait): Progress {
  return { kind: 'wait', db: asleep(db, sessionOf(db, id), wait), reason: wait.reason, on: wait };
}

/**
 * A session's mini-transaction: `after` is the database that holds once the records are installed.
 * Pages it creates need room in the cache, so it may have to wait for the VDL instead.
 */
export function miniTransaction(
  before: Database,
  after: Database,
  session: Session,
  drafts: readonly Draft[],
): Progress {
  const pages = drafts.map(({ page }) => page);
  const fresh = new Set(pages.filter((page) => cached(before.cache, page) === undefined));
  if (fresh.size === 0)
    return { kind: 'mtr', db: databaseWith(after, { issuing: session.id }), drafts };
  const cache = withRoom(after.cache, fresh.size, after.vdl, pages);
  if (cache === null) {
    const wait = { reason: 'cache-full', pages: fresh.size, keep: pages } as const;
    return sleeps(before, session.id, wait);
  }
  return { kind: 'mtr', db: databaseWith(after, { cache, issuing: session.id }), drafts };
}
