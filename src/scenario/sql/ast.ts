/** A node of the parser's tree. Nothing about it is taken for granted: hostile text shapes it. */
export interface Node {
  readonly [field: string]: unknown;
}

/**
 * Why a statement cannot be taken, as a sentence. Thrown from deep inside a tree and caught once, where
 * the text came in, so that no reader of a node has to pass problems on.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal';
}

export function refuse(sentence: string): never {
  throw new Refusal(sentence);
}

export const unsupported = (feature: string, instead: string): never =>
  refuse(`${feature} is not supported here: ${instead}.`);

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field that must be a node. */
export function nodeIn(node: Node, field: string): Node {
  const value = node[field];
  return isNode(value) ? value : refuse(`This statement lacks its ${field}: check its spelling.`);
}

/** A field that is a list of nodes, or nothing. */
export function nodesIn(node: Node, field: string): readonly Node[] {
  const value = node[field];
  return Array.isArray(value) ? value.filter(isNode) : [];
}

export function textIn(node: Node, field: string): string | null {
  const value = node[field];
  return typeof value === 'string' ? value : null;
}

/** What fields of the parser's tree are called in SQL, and what to do without them. */
const FEATURES: Readonly<Record<string, readonly [feature: string, instead: string]>> = {
  with: ['WITH', 'write one plain statement'],
  distinct: ['DISTINCT', 'leave it out'],
  groupby: ['GROUP BY', 'select the rows and count them yourself'],
  having: ['HAVING', 'use WHERE'],
  orderby: ['ORDER BY', 'rows come in the order of the primary key'],
  limit: ['LIMIT', 'narrow the WHERE'],
  locking_read: ['FOR UPDATE', 'UPDATE the row, which locks it'],
  window: ['WINDOW', 'leave it out'],
  into: ['INTO', 'leave it out'],
  set_op: ['UNION', 'run two statements'],
  _next: ['UNION', 'run two statements'],
  join: ['JOIN', 'read one table at a time'],
  on: ['JOIN', 'read one table at a time'],
  using: ['JOIN', 'read one table at a time'],
  as: ['AS', 'use the plain name'],
  expr: ['A subquery', 'write the value itself'],
  partition: ['PARTITION', 'leave it out'],
  set: ['INSERT … SET', 'use VALUES'],
  options: ['That SELECT option', 'leave it out'],
  modes: ['A transaction mode', 'write BEGIN alone'],
  auto_increment: ['AUTO_INCREMENT', 'give every key yourself'],
  unique: ['UNIQUE', 'only the primary key is unique'],
  unique_or_primary: ['UNIQUE', 'only the primary key is unique'],
  reference_definition: ['A foreign key', 'leave it out'],
  check: ['CHECK', 'leave it out'],
  generated: ['A generated column', 'store the value'],
  comment: ['COMMENT', 'leave it out'],
  collate: ['COLLATE', 'leave it out'],
  character_set: ['CHARACTER SET', 'leave it out'],
  table_options: ['A table option', 'leave out what follows the closing bracket'],
  create_definitions: ['A database option', 'give just the name'],
  like: ['CREATE TABLE … LIKE', 'list the columns'],
  query_expr: ['CREATE TABLE … SELECT', 'list the columns'],
  temporary: ['TEMPORARY', 'leave it out'],
  suffix: ['UNSIGNED', 'leave it out'],
  scale: ['A scale', 'use whole numbers'],
  array: ['An array', 'use one value'],
  returning: ['RETURNING', 'select the row afterwards'],
};

/**
 * Refuses whatever a node says beyond the fields that are understood: an unknown feature is named, never
 * passed over in silence.
 */
export function onlyFields(node: Node, understood: readonly string[]): void {
  for (const [field, value] of Object.entries(node)) {
    if (understood.includes(field) || saysNothing(value)) continue;
    const [feature, instead] = FEATURES[field] ?? [plainName(field), 'leave it out'];
    unsupported(feature, instead);
  }
}

const plainName = (field: string): string => field.replaceAll('_', ' ').trim().toUpperCase();

function saysNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === '' || value === false) return true;
  if (Array.isArray(value)) return value.every(saysNothing);
  return isNode(value) && Object.entries(value).every(([, part]) => saysNothing(part));
}
