import type { Database } from './database.ts';
import { inPhase, withSession } from './database.ts';
import type { Draft } from './delta.ts';
import type { Row, UndoPointer, Value } from './ids.ts';
import { groupOf } from './layout.ts';
import { miniTransaction, missed, type Step, sleeps } from './mini-transaction.ts';
import { failed } from './outcome.ts';
import type { Page } from './page.ts';
import { undoOf } from './page.ts';
import type { GetPage } from './read-view.ts';
import type { Phase, Session, Transaction } from './session.ts';
import { put } from './sorted-map.ts';
import { keyOf, type Table } from './table.ts';
import type { LeafPage } from './tree.ts';
import { pinnedBy, UNDO_EXHAUSTED, undoRoom } from './undo-space.ts';

/** One row to write, where, and where the statement goes on afterwards. */
export interface Change {
  readonly table: Table;
  readonly leaf: LeafPage;
  /** The version there now; null when there is no row with the key. */
  readonly before: Row | null;
  readonly values: readonly Value[];
  readonly deleted: boolean;
  readonly onward: Phase;
}

/**
 * Writes one row version as a mini-transaction of two records: the undo entry that keeps the version
 * before, then the row. Both pages are of one protection group. The session holds the row's lock.
 */
export function changeRow(
  db: Database,
  session: Session,
  txn: Transaction,
  getPage: GetPage,
  change: Change,
): Step {
  const group = groupOf(db.layout, change.leaf.no);
  const room = undoRoom(db, getPage, group);
  if (room.kind === 'miss') return missed(db, room);
  if (room.kind === 'full') {
    return pinnedBy(db, group, [session.id, ...db.waiting])
      ? failed(db, session, UNDO_EXHAUSTED)
      : sleeps(db, session.id, { reason: 'undo-full', group });
  }
  const id = txn.id ?? db.nextTxn;
  const last: UndoPointer = { page: room.page.no, slot: undoOf(room.page).entries.length };
  const home = txn.home ?? last.page;
  const written = { ...inPhase(session, change.onward), txn: { ...txn, id, home, last } };
  const next: Database = {
    ...withSession(db, written),
    nextTxn: txn.id === null ? db.nextTxn + 1 : db.nextTxn,
    undoPages: put(db.undoPages, group, last.page),
  };
  return miniTransaction(db, next, session, records(change, { ...txn, id, home }, room.page, last));
}

function records(
  { table, leaf, before, values, deleted }: Change,
  txn: Transaction & { readonly id: number; readonly home: number },
  undo: Page,
  pointer: UndoPointer,
): readonly Draft[] {
  const key = keyOf(table, values);
  const { id, home, last: previous } = txn;
  const entry = { txn: id, root: table.root, key, before, deletes: deleted, previous, home };
  const row: Row = { key, values, txn: id, undo: pointer, deleted };
  return [
    { page: undo.no, kind: 'undo', txn: id, delta: { kind: 'append-undo', entry } },
    { page: leaf.no, kind: 'data', txn: id, delta: { kind: 'put-row', row } },
  ];
}
