import type { Delta } from '../../database/delta.ts';
import type { Key, Lsn, PageNo, Row } from '../../database/ids.ts';
import type { CatalogueBody, Child, Page, PageBody, UndoBody } from '../../database/page.ts';

/**
 * A page after one redo record, written a second time from the meaning of the records alone, so that a
 * mistake in the storage engine's own version shows (SIGMOD'17 §3.2: the log is the database).
 */
export const folded = (page: Page | undefined, no: PageNo, lsn: Lsn, delta: Delta): Page => ({
  no,
  lsn,
  body: bodyOf(page?.body ?? FREE, lsn, delta),
});

const FREE: PageBody = { kind: 'free' };

function bodyOf(body: PageBody, lsn: Lsn, delta: Delta): PageBody {
  switch (delta.kind) {
    case 'format-leaf':
      return { kind: 'leaf', rows: delta.rows };
    case 'format-branch':
      return { kind: 'branch', level: delta.level, children: delta.children };
    case 'format-space':
      return { kind: 'space', used: delta.used };
    case 'use-page':
      return { kind: 'space', used: (body.kind === 'space' ? body.used : 0) | (1 << delta.index) };
    case 'touch':
      return body;
    case 'put-row':
    case 'remove-row':
    case 'cut-from':
    case 'add-child':
      return treePage(body, delta);
    case 'append-undo':
    case 'end':
    case 'reset-undo':
      return undoPage(body, lsn, delta);
    default:
      return cataloguePage(body, delta);
  }
}

type Of<K extends Delta['kind']> = Extract<Delta, { readonly kind: K }>;

/** Numbers by size, text by code unit. */
export const precedes = (a: Key, b: Key): boolean =>
  typeof a === typeof b ? a < b : String(a) < String(b);

function treePage(
  body: PageBody,
  delta: Of<'put-row' | 'remove-row' | 'cut-from' | 'add-child'>,
): PageBody {
  if (delta.kind === 'add-child') {
    const { level, children } = body.kind === 'branch' ? body : { level: 1, children: [] };
    return { kind: 'branch', level, children: inKeyOrder([...children, delta.child]) };
  }
  if (delta.kind === 'cut-from' && body.kind === 'branch') {
    const left = body.children.filter(({ from }) => from === null || precedes(from, delta.key));
    return { kind: 'branch', level: body.level, children: left };
  }
  const rows = body.kind === 'leaf' ? body.rows : [];
  if (delta.kind === 'put-row') return { kind: 'leaf', rows: withRow(rows, delta.row) };
  const { key } = delta;
  const left =
    delta.kind === 'cut-from'
      ? rows.filter((row) => precedes(row.key, key))
      : rows.filter((row) => row.key !== key);
  return { kind: 'leaf', rows: left };
}

function withRow(rows: readonly Row[], row: Row): readonly Row[] {
  const before = rows.filter(({ key }) => precedes(key, row.key));
  const after = rows.filter(({ key }) => precedes(row.key, key));
  return [...before, row, ...after];
}

const inKeyOrder = (children: readonly Child[]): readonly Child[] =>
  children.toSorted((a, b) => rank(a, b) - rank(b, a));

/** The first child, which has no key, comes before all others. */
function rank(a: Child, b: Child): number {
  if (b.from === null) return a.from === null ? 0 : 1;
  return a.from !== null && precedes(b.from, a.from) ? 1 : 0;
}

function undoPage(
  body: PageBody,
  lsn: Lsn,
  delta: Of<'append-undo' | 'end' | 'reset-undo'>,
): UndoBody {
  const { entries, ends } = body.kind === 'undo' ? body : { entries: [], ends: [] };
  switch (delta.kind) {
    case 'reset-undo':
      return { kind: 'undo', entries: [], ends: [] };
    case 'append-undo':
      return { kind: 'undo', entries: [...entries, delta.entry], ends };
    case 'end': {
      const mark = { txn: delta.txn, lsn, outcome: delta.outcome };
      return { kind: 'undo', entries, ends: [...ends, mark] };
    }
  }
}

function cataloguePage(
  body: PageBody,
  delta: Of<'open-group' | 'add-database' | 'add-table'>,
): CatalogueBody {
  const old: CatalogueBody =
    body.kind === 'catalogue' ? body : { kind: 'catalogue', databases: [], openGroups: 0 };
  if (delta.kind === 'open-group')
    return { ...old, openGroups: Math.max(old.openGroups, delta.group + 1) };
  if (delta.kind === 'add-database')
    return { ...old, databases: [...old.databases, { name: delta.name, tables: [] }] };
  const name = delta.database.toLowerCase();
  return {
    ...old,
    databases: old.databases.map((each) =>
      each.name.toLowerCase() === name ? { ...each, tables: [...each.tables, delta.table] } : each,
    ),
  };
}

/** Whether two plain values say the same. */
export function isSame(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = b as Readonly<Record<string, unknown>>;
  return (
    left.length === Object.keys(b).length &&
    left.every(([name, value]) => name in right && isSame(value, right[name]))
  );
}
