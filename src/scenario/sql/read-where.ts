import type { Comparison, Condition, TableName } from '../../database/statement.ts';
import { isNode, type Node, nodeIn, nodesIn, refuse, textIn, unsupported } from './ast.ts';
import { isLiteral, readColumn, readValue } from './read-value.ts';

const MOST_CONDITIONS = 32;

const COMPARISONS: Readonly<Record<string, Comparison>> = {
  '=': '=',
  '<>': '!=',
  '!=': '!=',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
};

/** The same comparison with its sides exchanged. */
const MIRRORED: Readonly<Record<Comparison, Comparison>> = {
  '=': '=',
  '!=': '!=',
  '<': '>',
  '<=': '>=',
  '>': '<',
  '>=': '<=',
};

const INSTEAD: Readonly<Record<string, string>> = {
  OR: 'run one statement for each side',
  NOT: 'turn the comparison round',
  IN: 'run one statement for each value',
  'NOT IN': 'use != with AND',
  LIKE: 'compare with =, < or >',
  'NOT LIKE': 'compare with !=',
  'NOT BETWEEN': 'run one statement for each side',
  EXISTS: 'read one table at a time',
};

/** A WHERE as a list of conditions that must all hold; none when there is no WHERE. */
export function readWhere(statement: Node, table: TableName): readonly Condition[] {
  const where = statement['where'];
  const conditions = isNode(where) ? readAnd(where, table) : [];
  if (conditions.length <= MOST_CONDITIONS) return conditions;
  return refuse(`A WHERE here has at most ${MOST_CONDITIONS} conditions: leave some out.`);
}

function readAnd(node: Node, table: TableName): readonly Condition[] {
  const operator = operatorOf(node);
  if (operator === 'AND') {
    return [...readAnd(nodeIn(node, 'left'), table), ...readAnd(nodeIn(node, 'right'), table)];
  }
  if (operator === 'BETWEEN') return readBetween(node, table);
  if (operator === 'IS' || operator === 'IS NOT') return [readNullTest(node, table, operator)];
  const comparison = COMPARISONS[operator];
  if (comparison !== undefined) return [readComparison(node, table, comparison)];
  const instead = INSTEAD[operator] ?? 'write column = value, or a range';
  return unsupported(operator === '' ? 'This condition' : operator, instead);
}

function operatorOf(node: Node): string {
  const operator = textIn(node, 'operator') ?? '';
  return ['binary_expr', 'unary_expr'].includes(String(node['type'])) ? operator.toUpperCase() : '';
}

function readBetween(node: Node, table: TableName): readonly Condition[] {
  const column = readColumn(nodeIn(node, 'left'), table);
  const [low, high] = nodesIn(nodeIn(node, 'right'), 'value');
  if (low === undefined || high === undefined) return refuse('BETWEEN needs two values: AND them.');
  return [
    { column, is: '>=', value: comparable(low, column) },
    { column, is: '<=', value: comparable(high, column) },
  ];
}

function readNullTest(node: Node, table: TableName, operator: 'IS' | 'IS NOT'): Condition {
  const column = readColumn(nodeIn(node, 'left'), table);
  if (nodeIn(node, 'right')['type'] !== 'null') {
    return unsupported(operator, 'compare with =, or write IS NULL');
  }
  return { column, is: operator === 'IS' ? 'null' : 'not-null' };
}

function readComparison(node: Node, table: TableName, is: Comparison): Condition {
  const left = nodeIn(node, 'left');
  const right = nodeIn(node, 'right');
  if (isLiteral(left)) {
    const column = readColumn(right, table);
    return { column, is: MIRRORED[is], value: comparable(left, column) };
  }
  const column = readColumn(left, table);
  return { column, is, value: comparable(right, column) };
}

function comparable(node: Node, column: string): number | string {
  if ('ast' in node) return unsupported('A subquery', 'write the value itself');
  const value = readValue(node);
  return value ?? refuse(`Nothing equals NULL: write ${column} IS NULL or ${column} IS NOT NULL.`);
}
