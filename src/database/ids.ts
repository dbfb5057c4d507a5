/** A log sequence number: one increasing space for the whole volume (SIGMOD'17 §4.1). One per record. */
export type Lsn = number;

/** A page's place in the volume, from 0; its protection group follows from it (`layout.ts`). */
export type PageNo = number;

/** A transaction, numbered when it first changes something. Never above the LSN of its first record. */
export type TxnId = number;

/** A connection to an instance; negative for the transactions that recovery rolls back. */
export type SessionId = number;

/** The owner of changes that belong to nobody's transaction: splits and purge. */
export const SYSTEM_TXN: TxnId = 0;

/** What a primary key may hold. All keys of one table are of one type. */
export type Key = number | string;

export type Value = number | string | null;

/** Where the version before this one is kept: an entry of an undo page. */
export interface UndoPointer {
  readonly page: PageNo;
  readonly slot: number;
}

/** One version of a row, as a leaf page or an undo entry holds it. */
export interface Row {
  readonly key: Key;
  /** Every column in the table's order, the key's included. */
  readonly values: readonly Value[];
  /** Who wrote this version. */
  readonly txn: TxnId;
  /** The version before; null for the first. Meaningless once `txn` is settled for every reader. */
  readonly undo: UndoPointer | null;
  /** Marked as deleted; the row goes away for good when purge finds that nobody can see it. */
  readonly deleted: boolean;
}

/** Total order of two keys of one table: numbers by size, text by UTF-16 code unit. */
export function isBefore(a: Key, b: Key): boolean {
  return typeof a === 'number' && typeof b === 'number' ? a < b : String(a) < String(b);
}

/** Whether two pointers lead to the same undo entry, or both to none. */
export function samePointer(a: UndoPointer | null, b: UndoPointer | null): boolean {
  if (a === null || b === null) return a === b;
  return a.page === b.page && a.slot === b.slot;
}
