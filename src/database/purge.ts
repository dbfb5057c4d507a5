import { forget, outcomeOf } from './commit-history.ts';
import { type Database, databaseWith, type FullUndo } from './database.ts';
import type { Draft } from './delta.ts';
import { type Lsn, type PageNo, SYSTEM_TXN, samePointer, type TxnId } from './ids.ts';
import { type UndoEntry, undoOf } from './page.ts';
import { cached } from './page-cache.ts';
import { each } from './sorted-map.ts';
import { descend, rowIn } from './tree.ts';

export type PurgeProgress =
  /** As with a session's: stamp and install, or throw `db` away and try later. */
  | { readonly kind: 'mtr'; readonly db: Database; readonly drafts: readonly Draft[] }
  | { readonly kind: 'miss'; readonly db: Database; readonly page: PageNo }
  | { readonly kind: 'idle'; readonly db: Database };

/**
 * One step of purge: empties undo pages that are full and whose transactions all ended at or before the
 * oldest read point of any instance, after removing the deleted rows that they record. One mini-
 * transaction at most; call again until it is idle.
 */
export function purgeStep(start: Database, oldestReadPoint: Lsn, vdl: Lsn): PurgeProgress {
  const limit = Math.min(oldestReadPoint, vdl);
  const history = forget(start.history, limit);
  const db = history === start.history ? start : databaseWith(start, { history });
  const full = db.fullUndo.find((each) => each.txns.every((txn) => isSettled(db, txn)));
  return full === undefined ? { kind: 'idle', db } : emptying(db, full);
}

const isSettled = (db: Database, txn: TxnId): boolean => outcomeOf(db.history, txn) === undefined;

function emptying(db: Database, { page: no }: FullUndo): PurgeProgress {
  const page = cached(db.cache, no);
  if (page === undefined) return { kind: 'miss', db, page: no };
  const { entries } = undoOf(page);
  const from = db.purging?.page === no ? db.purging.slot : 0;
  for (let slot = from; slot < entries.length; slot++) {
    const entry = entries[slot];
    const purging = { page: no, slot };
    if (entry?.deletes !== true) continue;
    const found = deletedRow(db, entry, purging);
    if (found === null) continue;
    if (typeof found === 'number')
      return { kind: 'miss', db: databaseWith(db, { purging }), page: found };
    return {
      kind: 'mtr',
      db: databaseWith(db, { purging: { page: no, slot: slot + 1 } }),
      drafts: [found],
    };
  }
  const reset = { page: no, kind: 'data', txn: SYSTEM_TXN, delta: { kind: 'reset-undo' } } as const;
  return { kind: 'mtr', db: databaseWith(db, { purging: null }), drafts: [reset] };
}

/** The record that removes the row an entry says was deleted, or a page to fetch, or nothing. */
function deletedRow(
  db: Database,
  { root, key }: UndoEntry,
  pointer: { readonly page: PageNo; readonly slot: number },
): Draft | PageNo | null {
  const path = descend((no) => cached(db.cache, no), root, key);
  if (path.kind === 'miss') return path.page;
  const row = path.kind === 'path' ? rowIn(path.leaf, key) : undefined;
  if (path.kind === 'damage' || row === undefined || !samePointer(row.undo, pointer)) return null;
  return {
    page: path.leaf.no,
    kind: 'data',
    txn: SYSTEM_TXN,
    delta: { kind: 'remove-row', key },
  };
}

/** The lowest LSN that a statement or transaction of this instance still reads at; null when none does. */
export function oldestReadPoint(db: Database): Lsn | null {
  let oldest: Lsn | null = null;
  const consider = (lsn: Lsn | null): void => {
    if (lsn !== null && (oldest === null || lsn < oldest)) oldest = lsn;
  };
  each(db.sessions, (_, { txn, work }) => {
    consider(txn?.view ?? null);
    consider(work?.phase.kind === 'read' ? work.phase.lsn : null);
  });
  return oldest;
}
