import { outcomeOf } from './commit-history.ts';
import { type Database, inPhase, sessionOf, withSession } from './database.ts';
import type { Delta, Draft, RecordKind } from './delta.ts';
import { samePointer, type UndoPointer } from './ids.ts';
import { released } from './locks.ts';
import { miniTransaction, missed, on, type Step } from './mini-transaction.ts';
import { type EndMark, type UndoEntry, undoOf } from './page.ts';
import { type GetPage, miss } from './read-view.ts';
import {
  type Phase,
  type Session,
  sessionWith,
  type Transaction,
  transactionWith,
} from './session.ts';
import { descend, rowIn } from './tree.ts';

type Commit = Extract<Phase, { readonly kind: 'commit' }>;
type Undo = Extract<Phase, { readonly kind: 'undo' }>;

/**
 * Commits: one mini-transaction of one record, so that the commit record is a CPL and the test VDL ≥
 * commit LSN is exact (SIGMOD'17 §4.2.2). The session does not wait here; its reply does.
 */
export function runCommit(db: Database, session: Session, phase: Commit, getPage: GetPage): Step {
  return endMark(db, session, phase.onward, 'committed', getPage);
}

/**
 * Takes back one change of the transaction, the latest first, with a compensating record; when none is
 * left and the whole transaction goes, marks it as rolled back. It needs no undo space of its own, and
 * doing it again after a crash changes nothing: an entry counts only while the row still points to it.
 */
export function runUndo(db: Database, session: Session, phase: Undo, getPage: GetPage): Step {
  const { txn } = session;
  if (txn === null || samePointer(txn.last, phase.to) || txn.last === null) {
    return phase.whole
      ? endMark(db, session, phase.onward, 'rolled-back', getPage)
      : on(withSession(db, inPhase(session, phase.onward)));
  }
  return undoOne(db, session, txn, txn.last, getPage);
}

function undoOne(
  db: Database,
  session: Session,
  txn: Transaction,
  pointer: UndoPointer,
  getPage: GetPage,
): Step {
  const page = getPage(pointer.page);
  if (page === undefined) return missed(db, miss(pointer.page));
  const entry = undoOf(page).entries[pointer.slot];
  const undone = sessionWith(session, {
    txn: transactionWith(txn, { last: entry?.previous ?? null }),
  });
  const next = withSession(db, undone);
  if (entry === undefined) return on(next);
  const path = descend(getPage, entry.root, entry.key);
  if (path.kind === 'miss') return missed(db, path);
  const row = path.kind === 'path' ? rowIn(path.leaf, entry.key) : undefined;
  if (path.kind === 'damage' || row === undefined || !samePointer(row.undo, pointer)) {
    return on(next);
  }
  const draft: Draft = {
    page: path.leaf.no,
    kind: 'clr',
    txn: entry.txn,
    delta: compensation(db, entry),
  };
  return miniTransaction(db, next, session, [draft]);
}

/**
 * What takes a change back. A version before that was a deletion nobody needs to see is not put back:
 * purge may have passed it already, and would not come again.
 */
function compensation(db: Database, { before, key }: UndoEntry): Delta {
  if (before === null) return { kind: 'remove-row', key };
  const forgotten = before.deleted && outcomeOf(db.history, before.txn) === undefined;
  return forgotten ? { kind: 'remove-row', key } : { kind: 'put-row', row: before };
}

function endMark(
  db: Database,
  session: Session,
  onward: Phase,
  outcome: EndMark['outcome'],
  getPage: GetPage,
): Step {
  const { txn } = session;
  if (txn === null || txn.id === null || txn.home === null) {
    const next = released(db, session.id);
    return on(withSession(next, inPhase(sessionOf(next, session.id), onward)));
  }
  if (getPage(txn.home) === undefined) return missed(db, miss(txn.home));
  const kind: RecordKind = outcome === 'committed' ? 'commit' : 'clr';
  const delta: Delta = { kind: 'end', txn: txn.id, outcome };
  const next = withSession(db, inPhase(session, onward));
  return miniTransaction(db, next, session, [{ page: txn.home, kind, txn: txn.id, delta }]);
}
