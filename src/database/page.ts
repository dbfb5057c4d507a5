import type { Key, Lsn, PageNo, Row, TxnId, UndoPointer } from './ids.ts';
import type { DatabaseEntry } from './table.ts';

/** Nominal size of a page: 16 KB in Aurora MySQL. Pages here hold few rows so that splits show. */
export const PAGE_BYTES = 16_384;
export const LEAF_ROWS = 8;
export const BRANCH_CHILDREN = 8;
export const UNDO_ENTRIES = 32;

/** The version a change replaced, so that readers can see it and a rollback can bring it back. */
export interface UndoEntry {
  readonly txn: TxnId;
  /** Root of the tree the row lives in. */
  readonly root: PageNo;
  readonly key: Key;
  /** The row before the change; null when there was none. */
  readonly before: Row | null;
  /** The change marked the row as deleted, so purge has something to remove. */
  readonly deletes: boolean;
  /** Its number among the transaction's entries, from 0. */
  readonly nth: number;
  /** The same transaction's entry to take back after this one. */
  readonly previous: UndoPointer | null;
  /** The undo page of the transaction's first entry, which also holds its end mark. */
  readonly home: PageNo;
}

/** How and at which LSN a transaction ended; that LSN is its commit LSN (SIGMOD'18 §2.3: SCN). */
export interface EndMark {
  readonly txn: TxnId;
  readonly lsn: Lsn;
  readonly outcome: 'committed' | 'rolled-back';
}

/** A child holds the keys from `from` on; the first child's `from` is null: from the lowest. */
export interface Child {
  readonly from: Key | null;
  readonly page: PageNo;
}

export interface LeafBody {
  readonly kind: 'leaf';
  readonly rows: readonly Row[];
}

export interface BranchBody {
  readonly kind: 'branch';
  /** Height above the leaves: 1 for a branch whose children are leaves. */
  readonly level: number;
  readonly children: readonly Child[];
}

export interface UndoBody {
  readonly kind: 'undo';
  readonly entries: readonly UndoEntry[];
  readonly ends: readonly EndMark[];
}

/** Which pages of a group are taken: bit i stands for the group's page i. */
interface SpaceBody {
  readonly kind: 'space';
  readonly used: number;
}

export interface CatalogueBody {
  readonly kind: 'catalogue';
  readonly databases: readonly DatabaseEntry[];
  /** Groups that have ever held data pages are those below this number. */
  readonly openGroups: number;
}

interface FreeBody {
  readonly kind: 'free';
}

export type PageBody = LeafBody | BranchBody | UndoBody | SpaceBody | CatalogueBody | FreeBody;

/** An immutable image of one page; `lsn` is that of the last record applied to it. */
export interface Page {
  readonly no: PageNo;
  readonly lsn: Lsn;
  readonly body: PageBody;
}

/** What storage answers for a page that no record has ever touched. */
export const freePage = (no: PageNo): Page => ({ no, lsn: 0, body: { kind: 'free' } });

export const emptyUndo: UndoBody = { kind: 'undo', entries: [], ends: [] };

/** The undo content of a page; a page never written counts as an empty undo page. */
export const undoOf = (page: Page): UndoBody => (page.body.kind === 'undo' ? page.body : emptyUndo);

/** What a page says as the catalogue; a page never written says nothing. */
export const catalogueOf = ({ body }: Page): CatalogueBody =>
  body.kind === 'catalogue' ? body : { kind: 'catalogue', databases: [], openGroups: 0 };
