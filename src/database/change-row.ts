import { type Database, databaseWith, inPhase } from './database.ts';
import type { Draft } from './delta.ts';
import type { Row, TxnId, UndoPointer, Value } from './ids.ts';
import { groupOf } from './layout.ts';
import { miniTransaction, missed, type Step, sleeps } from './mini-transaction.ts';
import { failed } from './outcome.ts';
import { type Page, type UndoEntry, undoOf } from './page.ts';
import type { GetPage } from './read-view.ts';
import {
  type Phase,
  type Session,
  sessionWith,
  type Transaction,
  transactionWith,
} from './session.ts';
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
  const moved = inPhase(session, change.onward);
  const written = sessionWith(moved, {
    txn: transactionWith(txn, { id, home, last, changes: txn.changes + 1 }),
  });
  const next = databaseWith(db, {
    sessions: put(db.sessions, session.id, written),
    nextTxn: txn.id === null ? db.nextTxn + 1 : db.nextTxn,
    undoPages: put(db.undoPages, group, last.page),
  });
  const drafts = records(
    change,
    { id, home, nth: txn.changes, previous: txn.last },
    room.page,
    last,
  );
  return miniTransaction(db, next, session, drafts);
}

function records(
  { table, leaf, before, values, deleted }: Change,
  entered: Pick<UndoEntry, 'home' | 'nth' | 'previous'> & { readonly id: TxnId },
  undo: Page,
  pointer: UndoPointer,
): readonly Draft[] {
  const key = keyOf(table, values);
  const { id, home, nth, previous } = entered;
  const entry = { txn: id, root: table.root, key, before, deletes: deleted, nth, previous, home };
  const row: Row = { key, values, txn: id, undo: pointer, deleted };
  return [
    { page: undo.no, kind: 'undo', txn: id, delta: { kind: 'append-undo', entry } },
    { page: leaf.no, kind: 'data', txn: id, delta: { kind: 'put-row', row } },
  ];
}
