import type { Statement } from '../../database/statement.ts';
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
import { readSet } from './isolation.ts';
import { readDelete, readInsert, readUpdate } from './read-change.ts';
import { readCreate } from './read-create.ts';
import { readColumn, readName, readTable, readValue } from './read-value.ts';
import { readWhere } from './read-where.ts';

/** What can be done here, for sentences that say so. */
export const SUPPORTED =
  'SELECT, INSERT, UPDATE, DELETE, BEGIN, COMMIT, ROLLBACK, SET, CREATE, USE or SHOW';

/** One statement of the parser's tree as ours; throws a `Refusal` for anything that has no place there. */
export function readStatement(node: unknown): Statement {
  if (!isNode(node)) return refuse('There is no statement here: write one.');
  switch (node['type']) {
    case 'select':
      return readSelect(node);
    case 'insert':
      return readInsert(node);
    case 'update':
      return readUpdate(node);
    case 'delete':
      return readDelete(node);
    case 'create':
      return readCreate(node);
    case 'use':
      return { kind: 'use', database: readName(node['db'], 'database') };
    case 'transaction':
      return readTransaction(nodeIn(node, 'expr'));
    case 'set':
      return readSet(node);
    case 'show':
      return readShow(node);
    default: {
      const what = textIn(node, 'type')?.replaceAll('_', ' ').toUpperCase() ?? 'This';
      return unsupported(what, `use ${SUPPORTED}`);
    }
  }
}

function readTransaction(node: Node): Statement {
  onlyFields(node, ['action', 'keyword']);
  switch (textIn(nodeIn(node, 'action'), 'value')?.toLowerCase()) {
    case 'begin':
    case 'start':
      return { kind: 'begin' };
    case 'commit':
      return { kind: 'commit' };
    case 'rollback':
      return { kind: 'rollback' };
    default:
      return unsupported('This transaction statement', 'use BEGIN, COMMIT or ROLLBACK');
  }
}

function readShow(node: Node): Statement {
  onlyFields(node, ['type', 'keyword']);
  if (node['keyword'] === 'tables') return { kind: 'show-tables' };
  if (node['keyword'] === 'databases') return { kind: 'show-databases' };
  const what = String(node['keyword'] ?? '').toUpperCase();
  return unsupported(`SHOW ${what}`.trim(), 'use SHOW TABLES or SHOW DATABASES');
}

function readSelect(node: Node): Statement {
  onlyFields(node, ['type', 'columns', 'from', 'where', 'limit', 'into']);
  if (isNode(node['into']) && node['into']['keyword']) {
    return unsupported('INTO', 'the result is shown on the page');
  }
  if (!node['from']) return unsupported('SELECT without FROM', 'name a table');
  const table = readTable(node, 'from');
  return {
    kind: 'select',
    table,
    columns: readAnswer(node, table),
    where: readWhere(node, table),
    limit: isNode(node['limit']) ? readLimit(node['limit']) : null,
  };
}

type Table = Parameters<typeof readColumn>[1];

function readAnswer(node: Node, table: Table): readonly string[] | 'all' | 'count' {
  const parts = nodesIn(node, 'columns');
  const [first] = parts;
  if (parts.length === 1 && first !== undefined) {
    onlyFields(first, ['expr', 'type']);
    const expression = nodeIn(first, 'expr');
    if (isCount(expression)) return 'count';
    if (readAnswerColumn(expression, table) === '*') return 'all';
  }
  const names = parts.map((part) => {
    onlyFields(part, ['expr', 'type']);
    return readAnswerColumn(nodeIn(part, 'expr'), table);
  });
  return names.includes('*') ? refuse('Use * alone, or name the columns.') : names;
}

function isCount(expression: Node): boolean {
  if (expression['type'] !== 'aggr_func') return false;
  const counted = nodeIn(expression, 'args')['expr'];
  const isStar = isNode(counted) && counted['type'] === 'star';
  if (expression['name'] === 'COUNT' && isStar) return true;
  return unsupported(`${String(expression['name'])}()`, 'COUNT(*) alone is');
}

function readAnswerColumn(expression: Node, table: Table): string {
  if (expression['type'] === 'column_ref') return readColumn(expression, table);
  return unsupported('An expression in SELECT', 'name columns, or use * or COUNT(*)');
}

function readLimit(node: Node): number {
  const [limit, offset] = nodesIn(node, 'value');
  if (offset !== undefined) return unsupported('OFFSET', 'use WHERE with the last key seen');
  const value = limit === undefined ? null : readValue(limit);
  if (typeof value === 'number' && value >= 0) return value;
  return refuse('LIMIT needs a whole number, 0 or more.');
}
