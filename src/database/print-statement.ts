import type { Value } from './ids.ts';
import type {
  Assignment,
  ColumnDefinition,
  Condition,
  IsolationLevel,
  Statement,
  TableName,
} from './statement.ts';
import { typeText } from './table.ts';

/** A statement as SQL, on one line and without a semicolon. Parsing it gives the same statement. */
export function printStatement(statement: Statement): string {
  switch (statement.kind) {
    case 'begin':
    case 'commit':
    case 'rollback':
      return statement.kind.toUpperCase();
    case 'set-isolation':
      return `SET SESSION TRANSACTION ISOLATION LEVEL ${levelText(statement.level)}`;
    case 'show-databases':
      return 'SHOW DATABASES';
    case 'show-tables':
      return 'SHOW TABLES';
    case 'use':
      return `USE ${name(statement.database)}`;
    case 'create-database':
      return `CREATE DATABASE ${guard(statement.ifMissing)}${name(statement.name)}`;
    case 'create-table':
      return createTable(statement);
    case 'insert':
      return insert(statement);
    case 'update':
      return `UPDATE ${tableText(statement.table)} SET ${assignments(statement.set)}${where(statement.where)}`;
    case 'delete':
      return `DELETE FROM ${tableText(statement.table)}${where(statement.where)}`;
    case 'select':
      return select(statement);
  }
}

/** An isolation level as SQL writes it. */
export const levelText = (level: IsolationLevel): string => level.replace('-', ' ').toUpperCase();

type Only<K extends Statement['kind']> = Extract<Statement, { readonly kind: K }>;

function createTable({
  name: table,
  columns,
  primaryKey,
  ifMissing,
}: Only<'create-table'>): string {
  const parts = [...columns.map(columnText), `PRIMARY KEY (${name(primaryKey)})`];
  return `CREATE TABLE ${guard(ifMissing)}${tableText(table)} (${parts.join(', ')})`;
}

function insert({ table, columns, rows, onDuplicate }: Only<'insert'>): string {
  const names = columns === null ? '' : ` (${columns.map(name).join(', ')})`;
  const values = rows.map((row) => `(${row.map(literal).join(', ')})`).join(', ');
  const update =
    onDuplicate.length > 0 ? ` ON DUPLICATE KEY UPDATE ${assignments(onDuplicate)}` : '';
  return `INSERT INTO ${tableText(table)}${names} VALUES ${values}${update}`;
}

function select({ table, columns, where: conditions, limit }: Only<'select'>): string {
  const limited = limit === null ? '' : ` LIMIT ${limit}`;
  return `SELECT ${answerText(columns)} FROM ${tableText(table)}${where(conditions)}${limited}`;
}

function answerText(columns: Only<'select'>['columns']): string {
  if (columns === 'all') return '*';
  return columns === 'count' ? 'COUNT(*)' : columns.map(name).join(', ');
}

const guard = (ifMissing: boolean): string => (ifMissing ? 'IF NOT EXISTS ' : '');

/** Words of SQL that are likely as names; quoted, any name is one. */
const PLAIN = /^[a-z_][a-z0-9_]*$/i;
const RESERVED = new Set(
  'add all and as asc between by case check column create cross database databases default delete desc distinct drop else end exists from group having if in index insert int into is join key left like limit not null on or order outer primary right rollback select set show start table tables then to union update use using values when where with'.split(
    ' ',
  ),
);

const name = (text: string): string =>
  PLAIN.test(text) && !RESERVED.has(text.toLowerCase())
    ? text
    : `\`${text.replaceAll('`', '``')}\``;

const tableText = ({ database, table }: TableName): string =>
  database === null ? name(table) : `${name(database)}.${name(table)}`;

function columnText({ name: column, type, notNull, default: given }: ColumnDefinition): string {
  const notNullText = notNull ? ' NOT NULL' : '';
  const defaultText = given === undefined ? '' : ` DEFAULT ${literal(given)}`;
  return `${name(column)} ${typeText(type)}${notNullText}${defaultText}`;
}

function literal(value: Value): string {
  if (value === null) return 'NULL';
  if (typeof value === 'number') return String(value);
  return `'${value.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}

const assignments = (set: readonly Assignment[]): string => set.map(assignmentText).join(', ');

function assignmentText(assignment: Assignment): string {
  const column = name(assignment.column);
  if (!('of' in assignment)) return `${column} = ${literal(assignment.value)}`;
  const { of, plus } = assignment;
  return `${column} = ${name(of)} ${plus < 0 ? '-' : '+'} ${Math.abs(plus)}`;
}

function where(conditions: readonly Condition[]): string {
  if (conditions.length === 0) return '';
  return ` WHERE ${conditions.map(conditionText).join(' AND ')}`;
}

function conditionText(condition: Condition): string {
  const column = name(condition.column);
  if (!('value' in condition)) return `${column} IS ${condition.is === 'null' ? '' : 'NOT '}NULL`;
  return `${column} ${condition.is} ${literal(condition.value)}`;
}
