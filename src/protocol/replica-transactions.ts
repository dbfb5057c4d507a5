import { DEFAULT_ISOLATION } from '../database/database.ts';
import type { Lsn } from '../database/ids.ts';
import { levelSet } from '../database/start.ts';
import type { IsolationLevel, Statement } from '../database/statement.ts';
import type { ReplicaSession } from './replica.ts';

/** A transaction on a replica: it can only read, so all there is to it is its read view. */
export interface ReadTransaction {
  /** The session's level when it began. */
  readonly isolation: IsolationLevel;
  /** REPEATABLE READ: the view of all its SELECTs, taken by the first; null before. */
  readonly view: Lsn | null;
}

/** A connection that has not been used yet. */
export const newSession = (id: number, database: string | null, vdl: Lsn): ReplicaSession => ({
  id,
  database,
  isolation: DEFAULT_ISOLATION,
  txn: null,
  lost: false,
  work: null,
  view: vdl,
});

/**
 * What BEGIN, COMMIT, ROLLBACK and SET make of a connection to a replica, and what is answered; null for
 * a statement that is none of these. Nothing is written for any of them.
 */
export function transactionStep(
  session: ReplicaSession,
  statement: Statement,
): { readonly session: ReplicaSession; readonly says: string } | null {
  switch (statement.kind) {
    case 'begin': {
      const txn = { isolation: session.isolation, view: null };
      return { session: { ...session, txn }, says: 'Transaction begun; here it can only read.' };
    }
    case 'commit':
    case 'rollback': {
      const how = statement.kind === 'commit' ? 'committed' : 'rolled back';
      return { session: { ...session, txn: null }, says: `Transaction ${how}.` };
    }
    case 'set-isolation': {
      const { level } = statement;
      return { session: { ...session, isolation: level }, says: levelSet(level) };
    }
    default:
      return null;
  }
}

/**
 * The session with the read view of its next statement: the VDL applied here, unless its transaction
 * has one already (SIGMOD'18 §3.4). The first SELECT of a transaction takes it, at REPEATABLE READ.
 */
export function withView(session: ReplicaSession, statement: Statement, vdl: Lsn): ReplicaSession {
  const { txn } = session;
  const view = txn?.view ?? vdl;
  const keeps = statement.kind === 'select' && txn?.isolation === 'repeatable-read';
  return keeps
    ? { ...session, view, txn: { isolation: txn.isolation, view } }
    : { ...session, view };
}

/** The points that a session's reads still need: those of its statement and of its transaction. */
export function viewsOf({ work, view, txn }: ReplicaSession): readonly Lsn[] {
  const held = txn?.view ?? null;
  const views = work === null ? [] : [view];
  return held === null ? views : [...views, held];
}

/** A session whose transaction cannot go on: its next statement is told so, once. */
export const cutOff = (session: ReplicaSession): ReplicaSession => ({
  ...session,
  work: null,
  txn: null,
  lost: session.lost || session.txn !== null,
});

export const LOST_TRANSACTION =
  'The replica has started over and this transaction’s read view is gone: begin again.';
