import { type CommitHistory, emptyHistory, withActive } from './commit-history.ts';
import {
  type Database,
  DEFAULT_ISOLATION,
  databaseWith,
  openSession,
  sessionOf,
  withSession,
} from './database.ts';
import type { PageNo, SessionId, TxnId } from './ids.ts';
import { type Layout, UNDO_PAGES, undoPageOf } from './layout.ts';
import { locked } from './locks.ts';
import { catalogueOf, type Page, type UndoEntry, undoOf } from './page.ts';
import { type Phase, sessionWith, type Transaction, type Work } from './session.ts';
import type { Table } from './table.ts';
import { isFullUndo, txnsOn } from './undo-space.ts';

/** Every undo page that may hold something, given the catalogue page: the undo segments to read. */
export function undoPagesIn(layout: Layout, catalogue: Page): readonly PageNo[] {
  const groups = catalogueOf(catalogue).openGroups;
  const pages: PageNo[] = [];
  for (let group = 0; group < groups; group++) {
    for (let i = 0; i < UNDO_PAGES; i++) pages.push(undoPageOf(layout, group, i));
  }
  return pages;
}

/**
 * A database that knows which transactions the crash cut off (SIGMOD'17 §4.3): those with a first undo
 * entry and no end mark, as of the recovered VDL. Each holds its row locks again and gets a session, with
 * a negative number, whose work is to roll it back: `advance` these while users already work. Takes the
 * catalogue page and the pages of `undoPagesIn`, all read at the VDL.
 */
export function recovered(
  start: Database,
  catalogue: Page,
  undoPages: readonly Page[],
): { readonly db: Database; readonly sessions: readonly SessionId[] } {
  const full = undoPages.filter(isFullUndo).map((page) => ({ page: page.no, txns: txnsOn(page) }));
  let db = databaseWith(start, { fullUndo: [...start.fullUndo, ...full] });
  const tables = catalogueOf(catalogue).databases.flatMap((database) => database.tables);
  const sessions: SessionId[] = [];
  for (const [txn, entries] of cutOff(undoPages)) {
    const id = -(sessions.length + 1);
    sessions.push(id);
    db = withLostTransaction(db, id, txn, entries, tables);
  }
  return { db, sessions };
}

interface Placed {
  readonly page: PageNo;
  readonly slot: number;
  readonly entry: UndoEntry;
}

/** Undo entries of transactions that did not end, in the order of the transactions' numbers. */
function cutOff(undoPages: readonly Page[]): readonly (readonly [TxnId, readonly Placed[]])[] {
  const open = new Set(undoPages.flatMap(openOn));
  const found = new Map<TxnId, Placed[]>();
  for (const page of undoPages) {
    for (const [slot, entry] of undoOf(page).entries.entries()) {
      if (!open.has(entry.txn)) continue;
      const placed = found.get(entry.txn) ?? [];
      placed.push({ page: page.no, slot, entry });
      found.set(entry.txn, placed);
    }
  }
  return [...found].sort(([a], [b]) => a - b);
}

/**
 * A transaction is open if its home page has an entry of it and no end mark. A home page without either
 * has been emptied by purge, so the transaction had ended.
 */
function openOn(page: Page): readonly TxnId[] {
  const { entries, ends } = undoOf(page);
  const ended = new Set(ends.map(({ txn }) => txn));
  return entries
    .filter(({ txn, home }) => home === page.no && !ended.has(txn))
    .map(({ txn }) => txn);
}

function withLostTransaction(
  start: Database,
  id: SessionId,
  txn: TxnId,
  placed: readonly Placed[],
  tables: readonly Table[],
): Database {
  const inOrder = placed.toSorted((a, b) => a.entry.nth - b.entry.nth);
  const last = inOrder.at(-1) ?? null;
  const transaction: Transaction = {
    id: txn,
    age: start.nextAge,
    explicit: true,
    isolation: DEFAULT_ISOLATION,
    view: null,
    home: last?.entry.home ?? null,
    changes: inOrder.length,
    last: last && { page: last.page, slot: last.slot },
    locks: null,
  };
  let db = openSession(databaseWith(start, { nextAge: start.nextAge + 1 }), id);
  const session = sessionWith(sessionOf(db, id), {
    txn: transaction,
    work: rollback,
    closing: true,
  });
  db = withSession(db, session);
  for (const { entry } of inOrder) {
    const table = tables.find(({ root }) => root === entry.root);
    if (table !== undefined) db = locked(db, sessionOf(db, id), table, entry.key);
  }
  return databaseWith(db, { history: withActive(db.history, txn) });
}

const says = 'A transaction that the crash cut off was rolled back.';
const reply: Phase = { kind: 'reply', result: { kind: 'done', changed: 0, says } };
const rollback: Work = {
  statement: { kind: 'rollback' },
  phase: { kind: 'undo', to: null, whole: true, onward: reply },
  savepoint: null,
  commit: null,
};

/**
 * What a reader of pages as of one point has to know: the transactions that had not ended there, so that
 * undo hides what they wrote. Takes the pages of `undoPagesIn`.
 */
export const historyOf = (undoPages: readonly Page[]): CommitHistory =>
  cutOff(undoPages).reduce((history, [txn]) => withActive(history, txn), emptyHistory);
