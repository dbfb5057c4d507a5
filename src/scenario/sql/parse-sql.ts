import type { Statement } from '../../database/statement.ts';
import { bad, good, type Result } from '../../engine/result.ts';
import { isNode, Refusal } from './ast.ts';
import { withLevelsAssigned } from './isolation.ts';
import { readStatement, SUPPORTED } from './read-statement.ts';

const LONGEST_TEXT = 4_000;
const MOST_STATEMENTS = 20;

interface SqlParser {
  astify(text: string, options: { readonly database: string }): unknown;
}

/** MySQL's dialect alone, some 53 kB gzipped, fetched with the first statement typed. */
async function loadParser(): Promise<SqlParser> {
  const loaded: unknown = await import('node-sql-parser/build/mysql.js');
  const module = isNode(loaded) && isNode(loaded['default']) ? loaded['default'] : loaded;
  const { Parser } = module as { readonly Parser: new () => SqlParser };
  return new Parser();
}

/**
 * Reads SQL as it is typed: one or more statements, separated by semicolons. The parser's tree goes no
 * further than this folder, so that a run never depends on its version. A text that cannot be taken
 * gives a sentence that says what is wrong, where, and what to do; it never throws, whatever the text.
 */
export async function parseSql(text: string): Promise<Result<readonly Statement[]>> {
  if (text.length > LONGEST_TEXT) {
    return bad(`The text has ${text.length} characters and ${LONGEST_TEXT} fit: split it.`);
  }
  const parser = await loadParser();
  const parsed = parse(parser, text);
  return parsed.ok ? readAll(parsed.value) : parsed;
}

function parse(parser: SqlParser, text: string): Result<readonly unknown[]> {
  try {
    return good(treesOf(parser, text));
  } catch (error) {
    return rewritten(parser, text) ?? bad(syntaxProblem(text, error));
  }
}

function treesOf(parser: SqlParser, text: string): readonly unknown[] {
  const tree = parser.astify(text, { database: 'mysql' });
  return Array.isArray(tree) ? tree : [tree];
}

/** The text in words that the parser knows, if it has any that it does not; null when that is no help. */
function rewritten(parser: SqlParser, text: string): Result<readonly unknown[]> | null {
  const other = withLevelsAssigned(text);
  if (other === text) return null;
  try {
    return good(treesOf(parser, other));
  } catch (error) {
    return bad(syntaxProblem(other, error));
  }
}

function readAll(trees: readonly unknown[]): Result<readonly Statement[]> {
  if (trees.length === 0)
    return bad('There is no statement here: try INSERT INTO orders VALUES (123).');
  if (trees.length > MOST_STATEMENTS) {
    return bad(
      `These are ${trees.length} statements and ${MOST_STATEMENTS} may run at once: split them.`,
    );
  }
  const statements: Statement[] = [];
  for (const [i, tree] of trees.entries()) {
    const statement = readOne(tree);
    if (!statement.ok) {
      return trees.length === 1 ? statement : bad(`Statement ${i + 1}: ${statement.problem}`);
    }
    statements.push(statement.value);
  }
  return good(statements);
}

function readOne(tree: unknown): Result<Statement> {
  try {
    return good(readStatement(tree));
  } catch (error) {
    if (error instanceof Refusal) return bad(error.message);
    return bad('This statement is too complicated to read here: make it simpler.');
  }
}

const VERBS = new Set(
  'select insert update delete begin start commit rollback set create use show'.split(' '),
);

/** What MySQL knows and this page does not. */
const OTHER_VERBS = new Set(
  'alter analyze call describe drop explain grant kill load lock optimize rename replace reset revoke savepoint table truncate unlock with'.split(
    ' ',
  ),
);

function syntaxProblem(text: string, error: unknown): string {
  const offset = offsetOf(text, error);
  const verb = firstWord(text, offset ?? 0);
  if (OTHER_VERBS.has(verb.toLowerCase())) {
    return `${verb.toUpperCase()} is not supported here: use ${SUPPORTED}.`;
  }
  if (verb !== '' && !VERBS.has(verb.toLowerCase())) {
    return `“${verb}” does not begin a statement: use ${SUPPORTED}.`;
  }
  if (offset === null) return problemWithoutPlace(error);
  const place = placeOf(text, offset);
  const found = text.slice(offset).trim();
  if (found === '') return `The statement ends too early, at ${place}: something is missing there.`;
  return `“${nearText(found)}” is not expected at ${place}: check that place and the word before it.`;
}

/** Where in the text the parser stopped. It counts from the first character that is no space. */
function offsetOf(text: string, error: unknown): number | null {
  const start = isNode(error) && isNode(error['location']) ? error['location']['start'] : null;
  const offset = isNode(start) ? start['offset'] : null;
  return typeof offset === 'number' ? offset + text.length - text.trimStart().length : null;
}

/** The parser understood every word, but refuses what they say. */
function problemWithoutPlace(error: unknown): string {
  const row = error instanceof Error ? /value count at row (\d+)/.exec(error.message)?.[1] : null;
  return row
    ? `Row ${row} has not as many values as columns are named: give one value for each.`
    : 'This statement cannot be read here: make it simpler.';
}

/** The word that the statement around an offset begins with. */
function firstWord(text: string, offset: number): string {
  const statement = text.slice(text.slice(0, offset).lastIndexOf(';') + 1);
  return /^\s*([a-z_]+)/i.exec(statement)?.[1] ?? '';
}

const nearText = (text: string): string => {
  const [line = ''] = text.split('\n');
  return line.length > 20 ? `${line.slice(0, 20)}…` : line;
};

function placeOf(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}`;
}
