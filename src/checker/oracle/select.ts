import type { Key, Lsn, TxnId, Value } from '../../database/ids.ts';
import type { CatalogueBody } from '../../database/page.ts';
import type { Condition, QueryResult, Statement } from '../../database/statement.ts';
import type { Table } from '../../database/table.ts';
import { precedes } from './fold.ts';
import type { Line } from './line.ts';

type Select = Extract<Statement, { readonly kind: 'select' }>;

/** From where a statement looks at the volume. */
export interface Snapshot {
  readonly lsn: Lsn;
  /** The reader's own transaction, whose changes it sees as well. */
  readonly own: TxnId | null;
  /** The session's current database. */
  readonly database: string | null;
}

/** What a SELECT must answer at a snapshot; null when the statement cannot be judged here. */
export function expected(line: Line, select: Select, snapshot: Snapshot): QueryResult | null {
  const table = tableOf(line, select, snapshot);
  if (table === null) return null;
  const rows = line.rows
    .visible(table.root, snapshot.lsn, snapshot.own)
    .filter((values) => select.where.every((condition) => holds(table, values, condition)));
  if (select.columns === 'count')
    return { kind: 'rows', columns: ['count(*)'], rows: [[rows.length]] };
  const names = select.columns === 'all' ? table.columns.map(({ name }) => name) : select.columns;
  const places = names.map((name) => placeOf(table, name));
  const limited = select.limit === null ? rows : rows.slice(0, select.limit);
  return {
    kind: 'rows',
    columns: places.map((at) => table.columns[at]?.name ?? ''),
    rows: limited.map((values) => places.map((at) => values[at] ?? null)),
  };
}

const like = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

const placeOf = (table: Table, name: string): number =>
  table.columns.findIndex((column) => like(column.name, name));

function tableOf(line: Line, { table: wanted }: Select, { lsn, database }: Snapshot): Table | null {
  const catalogue = catalogueAt(line, lsn);
  const name = wanted.database ?? database;
  if (catalogue === null || name === null) return null;
  const found = catalogue.databases.find((each) => like(each.name, name));
  return found?.tables.find((each) => like(each.name, wanted.table)) ?? null;
}

/** The page that says what databases there are: the only one of its kind. */
function catalogueAt(line: Line, lsn: Lsn): CatalogueBody | null {
  for (const [no, { body }] of line.start.pages)
    if (body.kind === 'catalogue') {
      const now = line.page(no, lsn).body;
      return now.kind === 'catalogue' ? now : null;
    }
  return null;
}

function holds(table: Table, values: readonly Value[], condition: Condition): boolean {
  const value = values[placeOf(table, condition.column)] ?? null;
  if (!('value' in condition)) return (value === null) === (condition.is === 'null');
  return value !== null && compares(value, condition.is, condition.value);
}

function compares(value: Key, is: string, other: Key): boolean {
  const less = precedes(value, other);
  const more = precedes(other, value);
  switch (is) {
    case '=':
      return !less && !more;
    case '!=':
      return less || more;
    case '<':
      return less;
    case '<=':
      return !more;
    case '>':
      return more;
    default:
      return !less;
  }
}
