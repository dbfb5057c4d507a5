import { changeRow } from './change-row.ts';
import {
  type Database,
  databaseWith,
  sessionOf,
  withSession,
  withTransaction,
} from './database.ts';
import { waitsFor } from './deadlock.ts';
import type { Row } from './ids.ts';
import { inTheWay, locked } from './locks.ts';
import { miniTransaction, missed, on, type Step } from './mini-transaction.ts';
import { failed, finished, rowsChanged } from './outcome.ts';
import { afterSet } from './plan.ts';
import type { GetPage } from './read-view.ts';
import type { Phase, Session } from './session.ts';
import { outOfPages } from './space.ts';
import { isFullLeaf, split } from './split.ts';
import { keyOf } from './table.ts';
import { descend, type Path, rowIn } from './tree.ts';

type Insert = Extract<Phase, { readonly kind: 'insert' }>;

/** Takes an INSERT one row, or one split, further. */
export function runInsert(
  before: Database,
  session: Session,
  phase: Insert,
  getPage: GetPage,
): Step {
  const values = phase.rows[phase.next];
  if (values === undefined) {
    return finished(before, session, rowsChanged(phase.rows.length, 'inserted'));
  }
  const { db, session: own } = withTransaction(before, session, false);
  const { table } = phase;
  const key = keyOf(table, values);
  const wait = inTheWay(db, own.id, table, key);
  if (wait !== null) return waitsFor(db, own.id, wait);
  const path = descend(getPage, table.root, key);
  if (path.kind === 'miss') return missed(db, path);
  if (path.kind === 'damage') return failed(db, own, path.problem);
  const row = rowIn(path.leaf, key) ?? null;
  if (row === null && isFullLeaf(path)) return makeRoom(db, own, path, key, getPage);
  if (row !== null && !row.deleted) return onDuplicate(db, own, phase, path, row, getPage);
  return write(db, own, phase, path, row, values, getPage);
}

function write(
  db: Database,
  session: Session,
  phase: Insert,
  { leaf }: Path,
  row: Row | null,
  values: Row['values'],
  getPage: GetPage,
): Step {
  const { kind, table, rows, onDuplicate: setters } = phase;
  const next = locked(db, session, table, keyOf(table, values));
  const own = sessionOf(next, session.id);
  if (own.txn === null) return on(next);
  const onward: Insert = { kind, table, rows, onDuplicate: setters, next: phase.next + 1 };
  const change = { table, leaf, before: row, values, deleted: false, onward };
  return changeRow(next, own, own.txn, getPage, change);
}

function onDuplicate(
  db: Database,
  session: Session,
  phase: Insert,
  path: Path,
  row: Row,
  getPage: GetPage,
): Step {
  const { table } = phase;
  if (phase.onDuplicate.length === 0) {
    const name = table.columns[table.key]?.name ?? 'key';
    return failed(
      db,
      session,
      `Table ${table.name} already has a row with ${name} ${row.key}: choose another or UPDATE it.`,
    );
  }
  const values = afterSet(table, row, phase.onDuplicate);
  return values.ok
    ? write(db, session, phase, path, row, values.value, getPage)
    : failed(db, session, values.problem);
}

function makeRoom(
  db: Database,
  session: Session,
  path: Path,
  key: Row['key'],
  getPage: GetPage,
): Step {
  const room = split(db, getPage, path, key);
  switch (room.kind) {
    case 'miss':
      return missed(db, room);
    case 'full':
      return outOfPages(db, session);
    case 'learned':
      return on(databaseWith(db, { free: room.free }));
    case 'split':
      return miniTransaction(
        db,
        withSession(databaseWith(db, { free: room.free }), session),
        session,
        room.drafts,
      );
  }
}
