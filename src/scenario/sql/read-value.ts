import type { Value } from '../../database/ids.ts';
import type { TableName } from '../../database/statement.ts';
import { type Node, nodesIn, onlyFields, refuse, textIn, unsupported } from './ast.ts';

const LONGEST_NAME = 64;
const LONGEST_TEXT = 2_000;

/** A literal: a whole number, a text in quotes, or NULL. */
export function readValue(node: Node): Value {
  switch (node['type']) {
    case 'null':
      return null;
    case 'number':
    case 'bigint':
      return readNumber(node['value']);
    case 'single_quote_string':
    case 'double_quote_string':
      return readText(textIn(node, 'value') ?? '', node['type']);
    case 'column_ref':
      return refuse(`${nameOf(node)} is not a value: write text in quotes, '${nameOf(node)}'.`);
    case 'bool':
      return unsupported('TRUE or FALSE', 'write 1 or 0');
    case 'function':
    case 'aggr_func':
      return unsupported('A function', 'write the value itself');
    case 'param':
    case 'var':
    case 'origin':
      return unsupported('A parameter', 'write the value itself');
    case 'binary_expr':
    case 'unary_expr':
      return unsupported('Arithmetic in this place', 'write the result');
    default:
      return unsupported('This kind of value', 'write a whole number, a text in quotes or NULL');
  }
}

export const isLiteral = (node: Node): boolean =>
  ['null', 'number', 'bigint', 'single_quote_string', 'double_quote_string'].includes(
    String(node['type']),
  );

function readNumber(value: unknown): number {
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number + 0;
  const most = Number.MAX_SAFE_INTEGER;
  return refuse(
    Number.isInteger(number)
      ? `${String(value)} is too large: numbers here go up to ${most}.`
      : `${String(value)} is not a whole number: write one without a fraction.`,
  );
}

/** The parser leaves doubled quotes and escaped quotes and backslashes as they were typed. */
function readText(raw: string, type: string): string {
  const doubled = type === 'single_quote_string' ? /\\(['"\\])|'(')/g : /\\(['"\\])|"(")/g;
  const text = raw.replace(
    doubled,
    (_, escaped?: string, quote?: string) => escaped ?? quote ?? '',
  );
  if (text.length <= LONGEST_TEXT) return text;
  return refuse(`A text here has at most ${LONGEST_TEXT} characters: shorten it.`);
}

/** A name, of a table, column or database. */
export function readName(value: unknown, what: string): string {
  if (typeof value !== 'string' || value === '')
    return refuse(`The name of the ${what} is missing.`);
  if (value.length <= LONGEST_NAME) return value;
  return refuse(
    `The name ${value.slice(0, 12)}… is longer than ${LONGEST_NAME} characters: shorten it.`,
  );
}

/** The only table of a list, and nothing more than its name. */
export function readTable(node: Node, field: string): TableName {
  const [table, another] = nodesIn(node, field);
  if (table === undefined) return refuse('No table is named: name one.');
  if (another !== undefined) return unsupported('JOIN', 'read or write one table at a time');
  onlyFields(table, ['db', 'table', 'addition']);
  const database = table['db'] ? readName(table['db'], 'database') : null;
  return { database, table: readName(table['table'], 'table') };
}

/** A column's name, plain or with that of the statement's own table before it. */
export function readColumn(node: Node, { table }: TableName): string {
  if (node['type'] !== 'column_ref') {
    return refuse('A column is expected where something else stands: name a column.');
  }
  onlyFields(node, ['type', 'table', 'column']);
  const owner = textIn(node, 'table');
  if (owner !== null && owner.toLowerCase() !== table.toLowerCase()) {
    return refuse(`${owner} is not the table of this statement: write ${table} or leave it out.`);
  }
  return nameOf(node);
}

const nameOf = (node: Node): string => readName(node['column'], 'column');
