import type { ColumnDefinition, Statement } from '../../database/statement.ts';
import type { ColumnType } from '../../database/table.ts';
import {
  isNode,
  type Node,
  nodeIn,
  nodesIn,
  onlyFields,
  refuse,
  textIn,
  unsupported,
} from './ast.ts';
import { readName, readTable, readValue } from './read-value.ts';

const MOST_COLUMNS = 32;
const LONGEST_VARCHAR = 255;

export function readCreate(node: Node): Statement {
  switch (node['keyword']) {
    case 'database':
    case 'schema':
      return readCreateDatabase(node, node['keyword']);
    case 'table':
      return readCreateTable(node);
    default: {
      const what = String(node['keyword'] ?? 'this').toUpperCase();
      return unsupported(`CREATE ${what}`, 'create databases and tables');
    }
  }
}

function readCreateDatabase(node: Node, field: 'database' | 'schema'): Statement {
  onlyFields(node, ['type', 'keyword', 'if_not_exists', field]);
  const [part, another] = nodesIn(nodeIn(node, field), 'schema');
  if (another !== undefined) return refuse('A database has one name, without a dot.');
  const name = readName(part?.['value'], 'database');
  return { kind: 'create-database', name, ifMissing: Boolean(node['if_not_exists']) };
}

function readCreateTable(node: Node): Statement {
  onlyFields(node, ['type', 'keyword', 'if_not_exists', 'table', 'create_definitions']);
  const name = readTable(node, 'table');
  const parts = nodesIn(node, 'create_definitions');
  const columns = parts.filter((part) => part['resource'] === 'column');
  if (columns.length > MOST_COLUMNS) {
    return refuse(`A table here has at most ${MOST_COLUMNS} columns: leave some out.`);
  }
  const keys = [
    ...columns.filter((part) => part['primary_key']).map(columnName),
    ...parts.filter((part) => part['resource'] !== 'column').map(readKey),
  ];
  const [primaryKey, another] = keys;
  if (primaryKey === undefined) {
    return refuse(`Table ${name.table} has no PRIMARY KEY: make one of its columns the key.`);
  }
  if (another !== undefined) {
    return refuse(`Table ${name.table} has two primary keys: name one column once.`);
  }
  return {
    kind: 'create-table',
    name,
    columns: columns.map(readColumnDefinition),
    primaryKey,
    ifMissing: Boolean(node['if_not_exists']),
  };
}

const columnName = (part: Node): string => readName(nodeIn(part, 'column')['column'], 'column');

function readKey(part: Node): string {
  const kind = (textIn(part, 'constraint_type') ?? textIn(part, 'resource') ?? '').toUpperCase();
  if (kind !== 'PRIMARY KEY') {
    return unsupported(
      kind === '' ? 'This part of a table' : kind,
      'only the primary key is indexed',
    );
  }
  const [column, another] = nodesIn(part, 'definition');
  if (another !== undefined)
    return unsupported('A key of several columns', 'make one column the key');
  return readName(column?.['column'], 'key column');
}

function readColumnDefinition(part: Node): ColumnDefinition {
  const known = ['column', 'definition', 'resource', 'nullable', 'default_val', 'primary_key'];
  onlyFields(part, known);
  const name = columnName(part);
  const type = readType(nodeIn(part, 'definition'), name);
  const nullable = part['nullable'];
  const notNull = isNode(nullable) && nullable['type'] === 'not null';
  const given = part['default_val'];
  if (!isNode(given)) return { name, type, notNull };
  return { name, type, notNull, default: readValue(nodeIn(given, 'value')) };
}

function readType(node: Node, column: string): ColumnType {
  onlyFields(node, ['dataType', 'length', 'parentheses']);
  const type = textIn(node, 'dataType')?.toUpperCase();
  switch (type) {
    case 'BIGINT':
      return { kind: 'bigint' };
    case 'INT':
    case 'INTEGER':
      return { kind: 'int' };
    case 'VARCHAR': {
      const length = Number(node['length'] ?? Number.NaN);
      if (Number.isInteger(length) && length >= 1 && length <= LONGEST_VARCHAR) {
        return { kind: 'varchar', length };
      }
      return refuse(`Column ${column}: write VARCHAR(n) with n from 1 to ${LONGEST_VARCHAR}.`);
    }
    default:
      return unsupported(
        `Column ${column}: ${type ?? 'its type'}`,
        'use BIGINT, INT or VARCHAR(n)',
      );
  }
}
