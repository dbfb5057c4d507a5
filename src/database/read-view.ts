import { type CommitHistory, outcomeOf } from './commit-history.ts';
import type { Lsn, PageNo, Row, TxnId, UndoPointer } from './ids.ts';
import { type Page, type UndoEntry, undoOf } from './page.ts';

/** Finds a page in an instance's cache. */
export type GetPage = (no: PageNo) => Page | undefined;

/** A page that has to be fetched from storage before the work can go on. */
export interface Miss {
  readonly kind: 'miss';
  readonly page: PageNo;
}

/** The page that reading cannot go on without. */
export const miss = (page: PageNo): Miss => ({ kind: 'miss', page });

/** The tree, or an undo chain, is not as it must be: only a broken log can do that. */
export interface Damage {
  readonly kind: 'damage';
  readonly problem: string;
}

/** What contradicts itself. */
export const damage = (problem: string): Damage => ({ kind: 'damage', problem });

/**
 * What one reader may see: rows committed at or below `lsn` (a VDL), and its own transaction's. The
 * history is the instance's current one, so transactions begun after the view are known to it.
 */
export interface ReadView {
  readonly lsn: Lsn;
  readonly own: TxnId | null;
  readonly history: CommitHistory;
}

/** Whether a reader may see what this transaction wrote. */
function sees(view: ReadView, txn: TxnId): boolean {
  if (txn === view.own) return true;
  const outcome = outcomeOf(view.history, txn);
  return outcome === undefined || (outcome !== null && outcome <= view.lsn);
}

/**
 * The newest version of a row that the view may see, found by following undo (SIGMOD'18 §3.1); null
 * when there was none, or it was deleted.
 */
export function visibleVersion(
  view: ReadView,
  row: Row,
  getPage: GetPage,
): Row | null | Miss | Damage {
  let version: Row | null = row;
  while (version !== null && !sees(view, version.txn)) {
    if (version.undo === null) return null;
    const pointer: UndoPointer = version.undo;
    const page = getPage(pointer.page);
    if (page === undefined) return miss(pointer.page);
    const entry: UndoEntry | undefined = undoOf(page).entries[pointer.slot];
    if (entry === undefined || entry.key !== row.key) {
      return damage(
        `The old version of row ${row.key} has been purged: run the statement again for a newer read view.`,
      );
    }
    version = entry.before;
  }
  return version === null || version.deleted ? null : version;
}
