import { isBefore, type Key, type Lsn, type PageNo, type Row, type TxnId } from './ids.ts';
import {
  type CatalogueBody,
  type Child,
  type EndMark,
  emptyUndo,
  freePage,
  type Page,
  type PageBody,
  type UndoBody,
  type UndoEntry,
} from './page.ts';
import { sameName, type Table } from './table.ts';

/** A small change to one page: what a redo record carries, and all that ever reaches storage. */
export type Delta =
  | { readonly kind: 'format-leaf'; readonly rows: readonly Row[] }
  | {
      readonly kind: 'format-branch';
      readonly level: number;
      readonly children: readonly Child[];
    }
  | { readonly kind: 'put-row'; readonly row: Row }
  | { readonly kind: 'remove-row'; readonly key: Key }
  /** Drops every row, or child, at or after the key: the half that a split moved away. */
  | { readonly kind: 'cut-from'; readonly key: Key }
  | { readonly kind: 'add-child'; readonly child: Child }
  | { readonly kind: 'format-space'; readonly used: number }
  | { readonly kind: 'use-page'; readonly index: number }
  | { readonly kind: 'append-undo'; readonly entry: UndoEntry }
  | { readonly kind: 'end'; readonly txn: TxnId; readonly outcome: EndMark['outcome'] }
  | { readonly kind: 'reset-undo' }
  /** Leaves the page as it is but for its LSN, so that it can be made for ever, of any page. */
  | { readonly kind: 'touch' }
  | { readonly kind: 'open-group'; readonly group: number }
  | { readonly kind: 'add-database'; readonly name: string }
  | { readonly kind: 'add-table'; readonly database: string; readonly table: Table };

/**
 * 'undo' saves a version, 'data' changes a page, 'commit' makes a transaction's changes lasting, 'clr'
 * compensates: it takes a change back, or marks a transaction as rolled back.
 */
export type RecordKind = 'data' | 'undo' | 'commit' | 'clr';

/** A redo record as the database asks for it, before an LSN is stamped on it. */
export interface Draft {
  readonly page: PageNo;
  readonly kind: RecordKind;
  readonly txn: TxnId;
  readonly delta: Delta;
}

/** A redo record with its LSN. */
export interface Stamped extends Draft {
  readonly lsn: Lsn;
}

/**
 * The page image after one change: the only way a page ever changes, on the writer, on replicas and in
 * storage alike (SIGMOD'17 §3.2: the log is the database). `page` is undefined when no record has
 * touched it yet. Total and deterministic: a change that does not suit the page's content is applied to
 * an empty page of the kind it needs.
 */
export function applyDelta(page: Page | undefined, no: PageNo, lsn: Lsn, delta: Delta): Page {
  const known = made.get(delta);
  if (known?.from === page && known?.image.lsn === lsn && known.image.no === no) return known.image;
  const image: Page = { no, lsn, body: bodyAfter((page ?? freePage(no)).body, lsn, delta) };
  made.set(delta, { from: page, image });
  return image;
}

/**
 * What a change made of which image, for as long as anybody has the change. The writer, its replicas
 * and six segments apply every record to the same image: so it is made once, and all share the result.
 */
const made = new WeakMap<Delta, { readonly from: Page | undefined; readonly image: Page }>();

function bodyAfter(body: PageBody, lsn: Lsn, delta: Delta): PageBody {
  switch (delta.kind) {
    case 'put-row':
      return { kind: 'leaf', rows: withRow(rowsOf(body), delta.row) };
    case 'append-undo':
      return appended(undoIn(body), delta.entry);
    case 'end':
      return ended(undoIn(body), { txn: delta.txn, lsn, outcome: delta.outcome });
    case 'format-leaf':
      return { kind: 'leaf', rows: delta.rows };
    case 'format-branch':
      return { kind: 'branch', level: delta.level, children: delta.children };
    case 'remove-row':
      return { kind: 'leaf', rows: rowsOf(body).filter(({ key }) => key !== delta.key) };
    case 'cut-from':
      return cut(body, delta.key);
    case 'add-child':
      return withChild(body, delta.child);
    case 'format-space':
      return { kind: 'space', used: delta.used };
    case 'use-page':
      return { kind: 'space', used: (body.kind === 'space' ? body.used : 0) | (1 << delta.index) };
    case 'reset-undo':
      return emptyUndo;
    case 'touch':
      return body;
    case 'open-group':
    case 'add-database':
    case 'add-table':
      return catalogueAfter(catalogueIn(body), delta);
  }
}

type CatalogueDelta = Extract<
  Delta,
  { readonly kind: 'open-group' | 'add-database' | 'add-table' }
>;

function catalogueAfter(body: CatalogueBody, delta: CatalogueDelta): CatalogueBody {
  switch (delta.kind) {
    case 'open-group':
      return { ...body, openGroups: Math.max(body.openGroups, delta.group + 1) };
    case 'add-database':
      return { ...body, databases: [...body.databases, { name: delta.name, tables: [] }] };
    case 'add-table': {
      const { database, table } = delta;
      const databases = body.databases.map((entry) =>
        sameName(entry.name, database) ? { ...entry, tables: [...entry.tables, table] } : entry,
      );
      return { ...body, databases };
    }
  }
}

const rowsOf = (body: PageBody): readonly Row[] => (body.kind === 'leaf' ? body.rows : []);
const undoIn = (body: PageBody): UndoBody => (body.kind === 'undo' ? body : emptyUndo);
const catalogueIn = (body: PageBody): CatalogueBody =>
  body.kind === 'catalogue' ? body : { kind: 'catalogue', databases: [], openGroups: 0 };

function withRow(rows: readonly Row[], row: Row): readonly Row[] {
  let at = 0;
  for (const { key } of rows) {
    if (!isBefore(key, row.key)) break;
    at++;
  }
  return rows.toSpliced(at, rows[at]?.key === row.key ? 1 : 0, row);
}

// `toSpliced` makes a list of just the right length; one that is pushed to keeps room for half as many again.
function appended({ entries, ends }: UndoBody, entry: UndoEntry): UndoBody {
  return { kind: 'undo', entries: entries.toSpliced(entries.length, 0, entry), ends };
}

function ended({ entries, ends }: UndoBody, mark: EndMark): UndoBody {
  return { kind: 'undo', entries, ends: ends.toSpliced(ends.length, 0, mark) };
}

function cut(body: PageBody, from: Key): PageBody {
  if (body.kind === 'branch') {
    const children = body.children.filter((c) => c.from === null || isBefore(c.from, from));
    return { kind: 'branch', level: body.level, children };
  }
  return { kind: 'leaf', rows: rowsOf(body).filter(({ key }) => isBefore(key, from)) };
}

function withChild(body: PageBody, child: Child): PageBody {
  const { level, children } = body.kind === 'branch' ? body : { level: 1, children: [] };
  const comesBefore = (each: Child): boolean =>
    child.from !== null && (each.from === null || isBefore(each.from, child.from));
  const at = children.filter(comesBefore).length;
  return { kind: 'branch', level, children: children.toSpliced(at, 0, child) };
}
