import { changeRow } from './change-row.ts';
import { type Database, inPhase, sessionOf, withSession, withTransaction } from './database.ts';
import { waitsFor } from './deadlock.ts';
import type { Row } from './ids.ts';
import { inTheWay, locked } from './locks.ts';
import { missed, on, type Step } from './mini-transaction.ts';
import { failed, finished, rowsChanged } from './outcome.ts';
import { afterSet, satisfies } from './plan.ts';
import type { GetPage } from './read-view.ts';
import type { Phase, Session } from './session.ts';
import { after, type KeyRange, type LeafRows, rowsFrom } from './tree.ts';

type Change = Extract<Phase, { readonly kind: 'change' }>;

/**
 * Takes an UPDATE or DELETE one row further. It reads the newest versions, not a read view, and waits
 * for the lock of any row in its range that another transaction has changed, whatever its conditions say.
 */
export function runChange(
  before: Database,
  session: Session,
  phase: Change,
  getPage: GetPage,
): Step {
  if (phase.rest === null) {
    const verb = phase.set === null ? 'deleted' : 'updated';
    return finished(before, session, rowsChanged(phase.changed, verb));
  }
  const { db, session: own } = withTransaction(before, session, false);
  const leaf = rowsFrom(getPage, phase.table.root, phase.rest);
  if (leaf.kind === 'miss') return missed(db, leaf);
  if (leaf.kind === 'damage') return failed(db, own, leaf.problem);
  for (const row of leaf.rows) {
    const wait = inTheWay(db, own.id, phase.table, row.key);
    if (wait !== null) return waitsFor(db, own.id, wait);
    if (!row.deleted && satisfies(row.values, phase.checks)) {
      return changeOne(db, own, phase, phase.rest, leaf, row, getPage);
    }
  }
  return on(withSession(db, inPhase(own, goneOn(phase, leaf.rest, phase.changed))));
}

const goneOn = (
  { kind, table, checks, set }: Change,
  rest: KeyRange | null,
  changed: number,
): Change => ({ kind, table, checks, set, rest, changed });

function changeOne(
  db: Database,
  session: Session,
  phase: Change,
  range: KeyRange,
  { path }: LeafRows,
  row: Row,
  getPage: GetPage,
): Step {
  const { table, set } = phase;
  const values = afterSet(table, row, set ?? []);
  if (!values.ok) return failed(db, session, values.problem);
  const next = locked(db, session, table, row.key);
  const own = sessionOf(next, session.id);
  if (own.txn === null) return on(next);
  const onward = goneOn(phase, after(range, row.key), phase.changed + 1);
  return changeRow(next, own, own.txn, getPage, {
    table,
    leaf: path.leaf,
    before: row,
    values: values.value,
    deleted: set === null,
    onward,
  });
}
