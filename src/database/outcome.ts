import { type Database, inPhase, sessionOf, withSession } from './database.ts';
import type { SessionId } from './ids.ts';
import { awake } from './locks.ts';
import { on, type Step } from './mini-transaction.ts';
import type { Phase, Session } from './session.ts';
import type { QueryResult } from './statement.ts';

/** The statement has an answer: without BEGIN its transaction commits first. */
export function finished(db: Database, session: Session, result: QueryResult): Step {
  const reply: Phase = { kind: 'reply', result };
  const commits = session.txn !== null && !session.txn.explicit;
  return on(withSession(db, inPhase(session, commits ? { kind: 'commit', onward: reply } : reply)));
}

/** The statement is refused: what it has done is undone, and with it an autocommit transaction. */
export function failed(db: Database, session: Session, problem: string): Step {
  const fail: Phase = { kind: 'fail', problem };
  if (session.txn === null) return on(withSession(db, inPhase(session, fail)));
  const to = session.txn.explicit ? (session.work?.savepoint ?? null) : null;
  const undo: Phase = { kind: 'undo', to, whole: !session.txn.explicit, onward: fail };
  return on(withSession(db, inPhase(session, undo)));
}

/** Turns a session's work into the rollback of its whole transaction, after which it is told why. */
export function rollingBack(db: Database, id: SessionId, problem: string): Database {
  const next = awake(db, id);
  const fail: Phase = { kind: 'fail', problem };
  const undo: Phase = { kind: 'undo', to: null, whole: true, onward: fail };
  return withSession(next, inPhase(sessionOf(next, id), undo));
}

/** "1 row inserted." */
export const rowsChanged = (count: number, verb: string): QueryResult => ({
  kind: 'done',
  changed: count,
  says: `${count} ${count === 1 ? 'row' : 'rows'} ${verb}.`,
});

/** A statement that changed no row, with the sentence that says what it did. */
export const told = (says: string): QueryResult => ({ kind: 'done', changed: 0, says });
