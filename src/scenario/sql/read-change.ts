import type { Value } from '../../database/ids.ts';
import type { Assignment, Statement, TableName } from '../../database/statement.ts';
import { isNode, type Node, nodeIn, nodesIn, onlyFields, refuse, unsupported } from './ast.ts';
import { isLiteral, readColumn, readName, readTable, readValue } from './read-value.ts';
import { readWhere } from './read-where.ts';

const MOST_ROWS = 200;
const MOST_COLUMNS = 32;

export function readInsert(node: Node): Statement {
  const understood = ['type', 'table', 'columns', 'values', 'prefix', 'on_duplicate_update'];
  onlyFields(node, understood);
  if (node['prefix'] !== 'into' && node['prefix'] !== '') {
    return unsupported(`INSERT ${String(node['prefix']).toUpperCase()}`, 'write INSERT INTO');
  }
  const values = nodeIn(node, 'values');
  if (values['type'] !== 'values') return unsupported('INSERT … SELECT', 'write VALUES');
  const table = readTable(node, 'table');
  const update = node['on_duplicate_update'];
  return {
    kind: 'insert',
    table,
    columns: readColumns(node['columns']),
    rows: readRows(nodesIn(values, 'values')),
    onDuplicate: isNode(update) ? readSet(update, table) : [],
  };
}

function readColumns(columns: unknown): readonly string[] | null {
  if (!Array.isArray(columns)) return null;
  if (columns.length > MOST_COLUMNS) return refuse(`At most ${MOST_COLUMNS} columns fit here.`);
  return columns.map((column) => readName(column, 'column'));
}

function readRows(lists: readonly Node[]): readonly (readonly Value[])[] {
  if (lists.length > MOST_ROWS) {
    return refuse(`One INSERT here takes ${MOST_ROWS} rows: split it into several.`);
  }
  return lists.map((list) => {
    const row = nodesIn(list, 'value');
    if (row.length > MOST_COLUMNS) return refuse(`A row here has at most ${MOST_COLUMNS} values.`);
    return row.map(readValue);
  });
}

export function readUpdate(node: Node): Statement {
  onlyFields(node, ['type', 'table', 'set', 'where']);
  const table = readTable(node, 'table');
  return { kind: 'update', table, set: readSet(node, table), where: readWhere(node, table) };
}

export function readDelete(node: Node): Statement {
  onlyFields(node, ['type', 'table', 'from', 'where']);
  const table = readTable(node, 'from');
  return { kind: 'delete', table, where: readWhere(node, table) };
}

function readSet(node: Node, table: TableName): readonly Assignment[] {
  const assignments = nodesIn(node, 'set');
  if (assignments.length > MOST_COLUMNS) return refuse(`At most ${MOST_COLUMNS} columns fit here.`);
  return assignments.map((each) => readAssignment(each, table));
}

function readAssignment(node: Node, table: TableName): Assignment {
  onlyFields(node, ['column', 'value', 'table']);
  const column = readColumn(
    { type: 'column_ref', table: node['table'], column: node['column'] },
    table,
  );
  const value = nodeIn(node, 'value');
  if (isLiteral(value)) return { column, value: readValue(value) };
  if (value['type'] === 'column_ref') return { column, of: readColumn(value, table), plus: 0 };
  if (value['type'] === 'binary_expr') return { column, ...readSum(value, table) };
  if (value['type'] === 'function') {
    return unsupported('A function in SET', 'write the value itself');
  }
  return { column, value: readValue(value) };
}

/** `column + number`, `column - number` or `number + column`. */
function readSum(node: Node, table: TableName): { readonly of: string; readonly plus: number } {
  const operator = node['operator'];
  if (operator !== '+' && operator !== '-') {
    return unsupported(`SET with ${String(operator)}`, 'write column + number or column - number');
  }
  const left = nodeIn(node, 'left');
  const right = nodeIn(node, 'right');
  const swapped = operator === '+' && isLiteral(left);
  const of = readColumn(swapped ? right : left, table);
  const amount = readValue(swapped ? left : right);
  if (typeof amount !== 'number') return refuse(`Only a whole number can be added to ${of}.`);
  return { of, plus: operator === '-' ? -amount + 0 : amount };
}
