import { bad, good, type Result } from '../engine/result.ts';
import { isBefore, type Key, type Row, type Value } from './ids.ts';
import type { CatalogueBody } from './page.ts';
import type { Assignment, Comparison, Condition, TableName } from './statement.ts';
import {
  type Column,
  type DatabaseEntry,
  problemOfValue,
  sameName,
  type Table,
  typeText,
} from './table.ts';
import { everything, type KeyRange } from './tree.ts';

/** A condition with its column found: what a scan checks row by row. */
export interface Check {
  readonly column: number;
  readonly is: Condition['is'];
  readonly value: Value;
}

/** A WHERE against one table: the keys to scan, and what their rows must satisfy. */
export interface Selection {
  readonly range: KeyRange;
  readonly checks: readonly Check[];
}

/** An assignment with its columns found. */
export interface Setter {
  readonly column: number;
  readonly of: number | null;
  readonly value: Value;
}

const list = (names: readonly string[]): string => names.join(', ') || 'none yet';

/** The catalogue's entry of a database, or a sentence that names those there are. */
export function findDatabase(catalogue: CatalogueBody, name: string): Result<DatabaseEntry> {
  const found = catalogue.databases.find((each) => sameName(each.name, name));
  if (found !== undefined) return good(found);
  const names = catalogue.databases.map((each) => each.name);
  return bad(`There is no database ${name}: choose one of these (${list(names)}) or create it.`);
}

/** The database a statement means: the one it names, or the session's. */
export function databaseOf(
  catalogue: CatalogueBody,
  named: string | null,
  current: string | null,
): Result<DatabaseEntry> {
  const name = named ?? current;
  if (name === null) return bad('No database is chosen: run USE with its name first.');
  return findDatabase(catalogue, name);
}

/** The catalogue's entry of a table, or a sentence that says what is missing. */
export function findTable(
  catalogue: CatalogueBody,
  name: TableName,
  current: string | null,
): Result<Table> {
  const database = databaseOf(catalogue, name.database, current);
  if (!database.ok) return database;
  const found = database.value.tables.find((each) => sameName(each.name, name.table));
  if (found !== undefined) return good(found);
  const names = list(database.value.tables.map((each) => each.name));
  return bad(
    `There is no table ${name.table} in database ${database.value.name}: its tables are ${names}.`,
  );
}

/** Where a column stands in a table's rows, or a sentence that names those there are. */
export function columnIndex(table: Table, name: string): Result<number> {
  const at = table.columns.findIndex((column) => sameName(column.name, name));
  if (at >= 0) return good(at);
  const names = list(table.columns.map((column) => column.name));
  return bad(`Table ${table.name} has no column ${name}: its columns are ${names}.`);
}

/** Splits a WHERE into a key range and checks. */
export function planWhere(table: Table, where: readonly Condition[]): Result<Selection> {
  let selection: Selection = { range: everything, checks: [] };
  for (const condition of where) {
    const at = columnIndex(table, condition.column);
    if (!at.ok) return at;
    const problem = problemOfComparison(table.columns[at.value], condition);
    if (problem !== null) return bad(problem);
    selection = withCondition(selection, condition, at.value, at.value === table.key);
  }
  return good(selection);
}

function withCondition(
  { range, checks }: Selection,
  condition: Condition,
  column: number,
  isKey: boolean,
): Selection {
  if (isKey && 'value' in condition && condition.is !== '=' && condition.is !== '!=') {
    return { range: narrowed(range, condition.is, condition.value), checks };
  }
  if (isKey && 'value' in condition && condition.is === '=') {
    const { value } = condition;
    return { range: narrowed(narrowed(range, '>=', value), '<=', value), checks };
  }
  const value = 'value' in condition ? condition.value : null;
  return { range, checks: [...checks, { column, is: condition.is, value }] };
}

function problemOfComparison(column: Column | undefined, condition: Condition): string | null {
  if (column === undefined || !('value' in condition)) return null;
  const wanted = column.type.kind === 'varchar' ? 'string' : 'number';
  if (typeof condition.value === wanted) return null;
  const hint = wanted === 'string' ? 'text in quotes' : 'a whole number';
  return `Column ${column.name} is ${typeText(column.type)}: compare it with ${hint}.`;
}

function narrowed(range: KeyRange, is: '<' | '<=' | '>' | '>=', key: Key): KeyRange {
  return is === '>' || is === '>='
    ? atLeast(range, key, is === '>')
    : atMost(range, key, is === '<');
}

function atLeast(range: KeyRange, from: Key, fromOpen: boolean): KeyRange {
  if (range.from !== null && isBefore(from, range.from)) return range;
  const open = fromOpen || (range.from === from && range.fromOpen);
  return { from, fromOpen: open, to: range.to, toOpen: range.toOpen };
}

function atMost(range: KeyRange, to: Key, toOpen: boolean): KeyRange {
  if (range.to !== null && isBefore(range.to, to)) return range;
  const open = toOpen || (range.to === to && range.toOpen);
  return { from: range.from, fromOpen: range.fromOpen, to, toOpen: open };
}

/** Whether a row's values satisfy every check; a comparison with NULL is never true. */
export const satisfies = (values: readonly Value[], checks: readonly Check[]): boolean =>
  checks.every(({ column, is, value }) => {
    const actual = values[column] ?? null;
    if (is === 'null') return actual === null;
    if (is === 'not-null') return actual !== null;
    return actual !== null && value !== null && compares(actual, is, value);
  });

function compares(a: Key, is: Comparison, b: Key): boolean {
  switch (is) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return isBefore(a, b);
    case '<=':
      return !isBefore(b, a);
    case '>':
      return isBefore(b, a);
    case '>=':
      return !isBefore(a, b);
  }
}

/** Finds the columns of SET and checks what can be checked before any row is seen. */
export function planSet(table: Table, set: readonly Assignment[]): Result<readonly Setter[]> {
  const setters: Setter[] = [];
  for (const assignment of set) {
    const setter = planAssignment(table, assignment);
    if (!setter.ok) return setter;
    setters.push(setter.value);
  }
  return good(setters);
}

function planAssignment(table: Table, assignment: Assignment): Result<Setter> {
  const at = columnIndex(table, assignment.column);
  if (!at.ok) return at;
  const column = table.columns[at.value];
  if (column === undefined || at.value === table.key) {
    return bad(`The primary key cannot be changed: delete the row and insert it anew.`);
  }
  if (!('of' in assignment)) {
    const problem = problemOfValue(column, assignment.value);
    return problem === null
      ? good({ column: at.value, of: null, value: assignment.value })
      : bad(problem);
  }
  const of = columnIndex(table, assignment.of);
  if (!of.ok) return of;
  const types = [column.type.kind, table.columns[of.value]?.type.kind];
  if (types.includes('varchar')) {
    return bad(
      `Only numbers can be copied or added: ${column.name} and ${assignment.of} must be INT or BIGINT.`,
    );
  }
  return good({ column: at.value, of: of.value, value: assignment.plus });
}

/** A row's values after SET, or why a column cannot hold them. */
export function afterSet(
  table: Table,
  row: Row,
  setters: readonly Setter[],
): Result<readonly Value[]> {
  const values = row.values.slice();
  for (const { column: at, of, value } of setters) {
    const column = table.columns[at];
    if (column === undefined) continue;
    const next = of === null ? value : sum(row.values[of] ?? null, value);
    const problem = problemOfValue(column, next);
    if (problem !== null) return bad(problem);
    values[at] = next;
  }
  return good(values);
}

/** NULL plus anything is NULL. */
const sum = (a: Value, b: Value): Value =>
  typeof a === 'number' && typeof b === 'number' ? a + b : null;

/** Full rows for an INSERT: columns named or in table order, the missing ones at their defaults. */
export function planInsert(
  table: Table,
  names: readonly string[] | null,
  rows: readonly (readonly Value[])[],
): Result<readonly (readonly Value[])[]> {
  const places = planColumns(table, names);
  if (!places.ok) return places;
  const full: (readonly Value[])[] = [];
  for (const row of rows) {
    const filled = filledRow(table, places.value, row, names !== null);
    if (!filled.ok) return filled;
    full.push(filled.value);
  }
  return good(full);
}

function planColumns(table: Table, names: readonly string[] | null): Result<readonly number[]> {
  if (names === null) return good(table.columns.map((_, i) => i));
  const places: number[] = [];
  for (const name of names) {
    const at = columnIndex(table, name);
    if (!at.ok) return at;
    if (places.includes(at.value)) return bad(`Column ${name} is named twice: name it once.`);
    places.push(at.value);
  }
  return good(places);
}

function filledRow(
  table: Table,
  places: readonly number[],
  row: readonly Value[],
  exact: boolean,
): Result<readonly Value[]> {
  if (row.length > places.length || (exact && row.length < places.length)) {
    return bad(
      `${row.length} values for ${places.length} columns of ${table.name}: give one value for each.`,
    );
  }
  const given = new Map(places.slice(0, row.length).map((place, i) => [place, row[i] ?? null]));
  const values: Value[] = [];
  for (const [i, column] of table.columns.entries()) {
    if (!given.has(i) && column.required) {
      return bad(`Column ${column.name} of ${table.name} has no default: give it a value.`);
    }
    const value = given.get(i) ?? (given.has(i) ? null : column.default);
    const problem = problemOfValue(column, value);
    if (problem !== null) return bad(problem);
    values.push(value);
  }
  return good(values);
}
