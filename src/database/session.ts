import type { Key, Lsn, PageNo, SessionId, TxnId, UndoPointer, Value } from './ids.ts';
import type { Check, Setter } from './plan.ts';
import type { ReadWork } from './read.ts';
import type { IsolationLevel, QueryResult, Statement } from './statement.ts';
import type { Table } from './table.ts';
import type { KeyRange } from './tree.ts';

/** Locks of one transaction, the latest first. */
interface HeldLock {
  readonly name: string;
  readonly before: HeldLock | null;
}

/** A session's open transaction, in the writer's memory only. */
export interface Transaction {
  /** Given with the first change; a transaction that only reads has none. */
  readonly id: TxnId | null;
  /** Order of beginning: of two transactions in a deadlock the one with the higher age goes. */
  readonly age: number;
  /** Begun by BEGIN, so it ends by COMMIT or ROLLBACK and not with the statement. */
  readonly explicit: boolean;
  /** The session's level when it began. */
  readonly isolation: IsolationLevel;
  /** REPEATABLE READ: the read view of all its SELECTs, taken by the first; null before. */
  readonly view: Lsn | null;
  /** The undo page of its first change, which will hold its end mark. */
  readonly home: PageNo | null;
  /** How many undo entries it has written. */
  readonly changes: number;
  /** The undo entry to take back first. */
  readonly last: UndoPointer | null;
  readonly locks: HeldLock | null;
}

/** A commit that is in the log: the reply to the client waits until the VDL has reached `lsn`. */
export interface Commit {
  readonly txn: TxnId;
  readonly lsn: Lsn;
}

/** Where a statement stands. Each step to the next is one mini-transaction, or none. */
export type Phase =
  | { readonly kind: 'start' }
  | { readonly kind: 'read'; readonly lsn: Lsn; readonly read: ReadWork }
  | {
      readonly kind: 'insert';
      readonly table: Table;
      readonly rows: readonly (readonly Value[])[];
      readonly onDuplicate: readonly Setter[];
      readonly next: number;
    }
  | {
      readonly kind: 'change';
      readonly table: Table;
      readonly checks: readonly Check[];
      /** What UPDATE sets; null for DELETE. */
      readonly set: readonly Setter[] | null;
      readonly rest: KeyRange | null;
      readonly changed: number;
    }
  | { readonly kind: 'commit'; readonly onward: Phase }
  | {
      readonly kind: 'undo';
      /** Undo entries after this one are taken back. */
      readonly to: UndoPointer | null;
      /** The transaction ends with it; otherwise only the statement is undone. */
      readonly whole: boolean;
      readonly onward: Phase;
    }
  | { readonly kind: 'reply'; readonly result: QueryResult }
  | { readonly kind: 'fail'; readonly problem: string };

export interface Work {
  readonly statement: Statement;
  readonly phase: Phase;
  /** The transaction's latest undo entry when the statement began: where its failure leads back to. */
  readonly savepoint: UndoPointer | null;
  readonly commit: Commit | null;
}

/** What a session waits for, and who is in the way. */
export type Wait =
  | {
      readonly reason: 'row-lock';
      readonly lock: string;
      readonly table: string;
      readonly key: Key;
      readonly holder: SessionId;
    }
  | { readonly reason: 'undo-full'; readonly group: number }
  /** No free page is left in the `groups` that the volume has: one more has to be appended. */
  | { readonly reason: 'volume-growth'; readonly groups: number }
  | {
      readonly reason: 'cache-full';
      /** How many pages need room. */
      readonly pages: number;
      /** Pages that the next step needs as well, so they may not make that room. */
      readonly keep: readonly PageNo[];
    };

interface Waiting {
  readonly wait: Wait;
  /** The cause is gone: the session may go on. */
  readonly over: boolean;
}

export interface Session {
  readonly id: SessionId;
  readonly database: string | null;
  /** What transactions that begin from now on get. */
  readonly isolation: IsolationLevel;
  readonly txn: Transaction | null;
  readonly work: Work | null;
  readonly waiting: Waiting | null;
  /** The session goes away with its present work. */
  readonly closing: boolean;
}

/** A part that is replaced, or the old one: unlike `??` it lets null through. */
export const either = <T>(part: T | undefined, old: T): T => (part === undefined ? old : part);

/**
 * The session with some of its parts replaced. Written out, because an object spread costs some twenty
 * times as much and this runs several times for every row.
 */
export function sessionWith(session: Session, parts: Partial<Omit<Session, 'id'>>): Session {
  return {
    id: session.id,
    database: either(parts.database, session.database),
    isolation: either(parts.isolation, session.isolation),
    txn: either(parts.txn, session.txn),
    work: either(parts.work, session.work),
    waiting: either(parts.waiting, session.waiting),
    closing: either(parts.closing, session.closing),
  };
}

/** The transaction with some of its parts replaced. */
export function transactionWith(
  txn: Transaction,
  parts: Partial<Omit<Transaction, 'age' | 'explicit' | 'isolation'>>,
): Transaction {
  return {
    id: either(parts.id, txn.id),
    age: txn.age,
    explicit: txn.explicit,
    isolation: txn.isolation,
    view: either(parts.view, txn.view),
    home: either(parts.home, txn.home),
    changes: either(parts.changes, txn.changes),
    last: either(parts.last, txn.last),
    locks: either(parts.locks, txn.locks),
  };
}
