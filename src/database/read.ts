import { bad, good, type Result } from '../engine/result.ts';
import type { Row, Value } from './ids.ts';
import { CATALOGUE } from './layout.ts';
import { type CatalogueBody, catalogueOf } from './page.ts';
import {
  type Check,
  columnIndex,
  databaseOf,
  findDatabase,
  findTable,
  planWhere,
  satisfies,
} from './plan.ts';
import {
  type Damage,
  type GetPage,
  type Miss,
  type ReadView,
  visibleVersion,
} from './read-view.ts';
import type { QueryResult, Statement } from './statement.ts';
import type { Table } from './table.ts';
import { after, type KeyRange, rowsFrom } from './tree.ts';

type Select = Extract<Statement, { readonly kind: 'select' }>;
export type ReadStatement = Extract<
  Statement,
  { readonly kind: 'select' | 'show-databases' | 'show-tables' | 'use' }
>;

/** Rows found so far, the latest first: a list that grows by one and shares the rest. */
interface Found {
  readonly values: readonly Value[];
  readonly before: Found | null;
}

interface Scan {
  readonly table: Table;
  readonly checks: readonly Check[];
  /** Columns to answer, as indexes; null to count rows. */
  readonly columns: readonly number[] | null;
  /** What is still to be read; null at the end. */
  readonly rest: KeyRange | null;
  readonly limit: number | null;
  readonly count: number;
  readonly found: Found | null;
}

/**
 * A reading statement under way. It holds no page: between two calls any page may leave the cache, so a
 * cache smaller than the table is enough.
 */
export interface ReadWork {
  readonly statement: ReadStatement;
  readonly database: string | null;
  readonly scan: Scan | null;
}

export type ReadProgress =
  /** Fetch the page as of a point at or above the view's, then go on with `work`. */
  | { readonly kind: 'miss'; readonly page: number; readonly work: ReadWork }
  | { readonly kind: 'done'; readonly result: QueryResult }
  | { readonly kind: 'failed'; readonly problem: string };

function isRead(statement: Statement): statement is ReadStatement {
  return ['select', 'show-databases', 'show-tables', 'use'].includes(statement.kind);
}

/**
 * Starts a statement on a read replica, in the session's current database. A statement that writes, or
 * belongs to a writing transaction, is refused with a sentence.
 */
export function startSelect(statement: Statement, database: string | null): Result<ReadWork> {
  if (!isRead(statement)) {
    return bad('This is a read replica: send writes to the writer endpoint.');
  }
  return good(startRead(statement, database));
}

/** A statement that reads only, with nothing of it read yet. */
export const startRead = (statement: ReadStatement, database: string | null): ReadWork => ({
  statement,
  database,
  scan: null,
});

/**
 * Reads on until the statement is finished or needs a page. The same code serves the writer and the
 * replicas; `view` must keep its `lsn` from call to call, while its history is always the current one.
 * `getPage` answers images at or above the view's LSN: undo leads back from there (SIGMOD'18 §3.4).
 */
export function advanceSelect(start: ReadWork, getPage: GetPage, view: ReadView): ReadProgress {
  let work = start;
  for (;;) {
    const step = stepSelect(work, getPage, view);
    if (step.kind !== 'on') return step;
    work = step.work;
  }
}

/** Reads one leaf further, or as far into it as the pages at hand allow. */
export function stepSelect(
  work: ReadWork,
  getPage: GetPage,
  view: ReadView,
): ReadProgress | { readonly kind: 'on'; readonly work: ReadWork } {
  if (work.scan !== null) return scanOn(work, work.scan, getPage, view);
  const { statement, database } = work;
  const page = getPage(CATALOGUE);
  if (page === undefined) return { kind: 'miss', page: CATALOGUE, work };
  const catalogue = catalogueOf(page);
  switch (statement.kind) {
    case 'use':
      return answered(chosenDatabase(catalogue, statement.database));
    case 'show-databases':
      return answered(good(names('Database', catalogue.databases)));
    case 'show-tables': {
      const shown = databaseOf(catalogue, null, database);
      return answered(shown.ok ? good(names('Table', shown.value.tables)) : shown);
    }
    case 'select': {
      const scan = startScan(statement, catalogue, database);
      return scan.ok
        ? { kind: 'on', work: { statement, database, scan: scan.value } }
        : { kind: 'failed', problem: scan.problem };
    }
  }
}

function answered(result: Result<QueryResult>): ReadProgress {
  return result.ok
    ? { kind: 'done', result: result.value }
    : { kind: 'failed', problem: result.problem };
}

function chosenDatabase(catalogue: CatalogueBody, name: string): Result<QueryResult> {
  const found = findDatabase(catalogue, name);
  if (!found.ok) return found;
  return good({ kind: 'done', changed: 0, says: `Database ${found.value.name} chosen.` });
}

const names = (column: string, entries: readonly { readonly name: string }[]): QueryResult => ({
  kind: 'rows',
  columns: [column],
  rows: entries.map(({ name }) => [name]),
});

function scanOn(
  work: ReadWork,
  scan: Scan,
  getPage: GetPage,
  view: ReadView,
): ReadProgress | { readonly kind: 'on'; readonly work: ReadWork } {
  if (scan.rest === null || scan.count === scan.limit) {
    return { kind: 'done', result: resultOf(scan) };
  }
  const step = nextLeaf(scan, scan.rest, getPage, view);
  if (step.stop?.kind === 'damage') return { kind: 'failed', problem: step.stop.problem };
  const { statement, database } = work;
  const next = { statement, database, scan: step.scan };
  return step.stop
    ? { kind: 'miss', page: step.stop.page, work: next }
    : { kind: 'on', work: next };
}

/** A scan after one leaf, or as far into it as it came. */
interface Through {
  readonly scan: Scan;
  readonly stop: Miss | Damage | null;
}

function nextLeaf(start: Scan, range: KeyRange, getPage: GetPage, view: ReadView): Through {
  const leaf = rowsFrom(getPage, start.table.root, range);
  if (leaf.kind !== 'rows') return { scan: start, stop: leaf };
  let scan = start;
  for (const row of leaf.rows) {
    if (scan.count === scan.limit) break;
    const version = visibleVersion(view, row, getPage);
    if (version !== null && 'kind' in version) return { scan, stop: version };
    scan = withRow(scan, row, version);
  }
  return { scan: { ...scan, rest: leaf.rest }, stop: null };
}

function withRow(scan: Scan, row: Row, version: Row | null): Scan {
  const rest = scan.rest === null ? null : after(scan.rest, row.key);
  if (version === null || !satisfies(version.values, scan.checks)) return { ...scan, rest };
  const count = scan.count + 1;
  if (scan.columns === null) return { ...scan, rest, count };
  const values = scan.columns.map((column) => version.values[column] ?? null);
  return { ...scan, rest, count, found: { values, before: scan.found } };
}

function startScan(
  statement: Select,
  catalogue: CatalogueBody,
  database: string | null,
): Result<Scan> {
  const table = findTable(catalogue, statement.table, database);
  if (!table.ok) return table;
  const where = planWhere(table.value, statement.where);
  if (!where.ok) return where;
  const columns = planAnswer(table.value, statement.columns);
  if (!columns.ok) return columns;
  return good({
    table: table.value,
    checks: where.value.checks,
    columns: columns.value,
    rest: where.value.range,
    limit: columns.value === null ? null : statement.limit,
    count: 0,
    found: null,
  });
}

function planAnswer(table: Table, columns: Select['columns']): Result<readonly number[] | null> {
  if (columns === 'count') return good(null);
  if (columns === 'all') return good(table.columns.map((_, i) => i));
  const indexes: number[] = [];
  for (const name of columns) {
    const at = columnIndex(table, name);
    if (!at.ok) return at;
    indexes.push(at.value);
  }
  return good(indexes);
}

function resultOf({ table, columns, count, found }: Scan): QueryResult {
  if (columns === null) return { kind: 'rows', columns: ['count(*)'], rows: [[count]] };
  const rows: (readonly Value[])[] = [];
  for (let each = found; each !== null; each = each.before) rows.push(each.values);
  return {
    kind: 'rows',
    columns: columns.map((at) => table.columns[at]?.name ?? ''),
    rows: rows.reverse(),
  };
}
