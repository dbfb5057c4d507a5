import { bad, good, type Result } from '../engine/result.ts';
import { type Database, databaseWith, inPhase, withSession } from './database.ts';
import type { Draft } from './delta.ts';
import { SYSTEM_TXN } from './ids.ts';
import { CATALOGUE } from './layout.ts';
import { miniTransaction, missed, on, type Step } from './mini-transaction.ts';
import { failed, finished, told } from './outcome.ts';
import type { CatalogueBody } from './page.ts';
import { databaseOf } from './plan.ts';
import type { GetPage } from './read-view.ts';
import type { Session } from './session.ts';
import { outOfPages, takePages } from './space.ts';
import type { ColumnDefinition, Statement } from './statement.ts';
import { CATALOGUE_LIMITS, type Column, problemOfValue, sameName, type Table } from './table.ts';

type CreateDatabase = Extract<Statement, { readonly kind: 'create-database' }>;
type CreateTable = Extract<Statement, { readonly kind: 'create-table' }>;

const LONGEST_NAME = 64;
const LONGEST_TEXT = 255;

/**
 * CREATE is a transaction of one mini-transaction: atomic without undo, its last record, the change to
 * the catalogue, is its commit record.
 */
function created(
  db: Database,
  session: Session,
  drafts: readonly Draft[],
  catalogueChange: Draft['delta'],
  says: string,
): Step {
  const txn = db.nextTxn;
  const done = inPhase(session, { kind: 'reply', result: told(says) });
  const next = databaseWith(withSession(db, done), { nextTxn: txn + 1 });
  return miniTransaction(db, next, session, [
    ...drafts,
    { page: CATALOGUE, kind: 'commit', txn, delta: catalogueChange },
  ]);
}

/** CREATE DATABASE: one more entry in the catalogue. */
export function createDatabase(
  db: Database,
  session: Session,
  catalogue: CatalogueBody,
  { name, ifMissing }: CreateDatabase,
): Step {
  const exists = catalogue.databases.some((each) => sameName(each.name, name));
  if (exists && ifMissing) return finished(db, session, told(`Database ${name} already exists.`));
  if (exists) return failed(db, session, `Database ${name} already exists: choose another name.`);
  const problem = problemOfName(name);
  if (problem !== null) return failed(db, session, problem);
  if (catalogue.databases.length >= CATALOGUE_LIMITS.databases) {
    return failed(
      db,
      session,
      `The catalogue is full: it holds ${CATALOGUE_LIMITS.databases} databases.`,
    );
  }
  return created(db, session, [], { kind: 'add-database', name }, `Database ${name} created.`);
}

/** CREATE TABLE: an entry in the catalogue, and an empty leaf for the root of its tree. */
export function createTable(
  db: Database,
  session: Session,
  catalogue: CatalogueBody,
  statement: CreateTable,
  getPage: GetPage,
): Step {
  const { name } = statement;
  const database = databaseOf(catalogue, name.database, session.database);
  if (!database.ok) return failed(db, session, database.problem);
  const exists = database.value.tables.some((each) => sameName(each.name, name.table));
  if (exists && statement.ifMissing) {
    return finished(db, session, told(`Table ${name.table} already exists.`));
  }
  const problem = exists
    ? `Table ${name.table} already exists: choose another name.`
    : (problemOfName(name.table) ?? problemOfRoom(catalogue, statement));
  if (problem !== null) return failed(db, session, problem);
  const columns = planTable(statement);
  if (!columns.ok) return failed(db, session, columns.problem);
  return withRoot(db, session, getPage, database.value.name, {
    name: name.table,
    columns: columns.value,
    key: columns.value.findIndex((column) => sameName(column.name, statement.primaryKey)),
  });
}

function withRoot(
  db: Database,
  session: Session,
  getPage: GetPage,
  database: string,
  plan: Omit<Table, 'root'>,
): Step {
  const taken = takePages(db, getPage, 1);
  if (taken.kind === 'miss') return missed(db, taken);
  if (taken.kind === 'learned') return on(databaseWith(db, { free: taken.free }));
  const [root] = taken.kind === 'taken' ? taken.pages : [];
  if (taken.kind === 'full' || root === undefined) return outOfPages(db, session);
  const leaf: Draft = {
    page: root,
    kind: 'data',
    txn: SYSTEM_TXN,
    delta: { kind: 'format-leaf', rows: [] },
  };
  return created(
    databaseWith(db, { free: taken.free }),
    session,
    [...taken.drafts, leaf],
    { kind: 'add-table', database, table: { ...plan, root } },
    `Table ${plan.name} created.`,
  );
}

function problemOfName(name: string): string | null {
  if (name.length === 0) return 'A name is missing: give it at least one letter.';
  if (name.length <= LONGEST_NAME) return null;
  return `The name ${name.slice(0, 12)}… is longer than ${LONGEST_NAME} characters: shorten it.`;
}

function problemOfRoom(catalogue: CatalogueBody, { columns }: CreateTable): string | null {
  const tables = catalogue.databases.flatMap((database) => database.tables);
  if (tables.length >= CATALOGUE_LIMITS.tables) {
    return `The catalogue is full: it holds ${CATALOGUE_LIMITS.tables} tables.`;
  }
  const taken = tables.reduce((sum, table) => sum + table.columns.length, 0);
  if (taken + columns.length <= CATALOGUE_LIMITS.columns) return null;
  return `The catalogue is full: it has room for ${CATALOGUE_LIMITS.columns - taken} more columns.`;
}

function planTable({ columns, primaryKey }: CreateTable): Result<readonly Column[]> {
  const planned: Column[] = [];
  for (const definition of columns) {
    if (planned.some(({ name }) => sameName(name, definition.name))) {
      return bad(`Column ${definition.name} is defined twice: rename one of them.`);
    }
    const column = planColumn(definition, sameName(definition.name, primaryKey));
    if (!column.ok) return column;
    planned.push(column.value);
  }
  if (planned.some(({ name }) => sameName(name, primaryKey))) return good(planned);
  return bad(`The primary key ${primaryKey} is no column: define it or name another.`);
}

function planColumn(definition: ColumnDefinition, isKey: boolean): Result<Column> {
  const { name, type } = definition;
  const problem = problemOfName(name);
  if (problem !== null) return bad(problem);
  if (type.kind === 'varchar' && !(type.length >= 1 && type.length <= LONGEST_TEXT)) {
    return bad(`Column ${name}: a VARCHAR here holds 1 to ${LONGEST_TEXT} characters.`);
  }
  const nullable = !definition.notNull && !isKey;
  const given = definition.default;
  const column: Column = {
    name,
    type,
    nullable,
    default: given ?? null,
    required: !nullable && (given ?? null) === null,
  };
  const wrong = (given ?? null) === null ? null : problemOfValue(column, given ?? null);
  return wrong === null ? good(column) : bad(`DEFAULT of ${wrong.replace(/^Column /, 'column ')}`);
}
