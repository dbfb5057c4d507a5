import { bad, good, type Result } from '../engine/result.ts';
import { createDatabase, createTable } from './create.ts';
import { type Database, inPhase, withSession, withTransaction } from './database.ts';
import { CATALOGUE } from './layout.ts';
import { missed, on, type Step } from './mini-transaction.ts';
import { failed, told } from './outcome.ts';
import { type CatalogueBody, catalogueOf } from './page.ts';
import { findTable, planInsert, planSet, planWhere } from './plan.ts';
import { levelText } from './print-statement.ts';
import { type ReadStatement, startRead } from './read.ts';
import { type GetPage, miss } from './read-view.ts';
import { type Phase, type Session, sessionWith, transactionWith, type Work } from './session.ts';
import type { IsolationLevel, Statement } from './statement.ts';

type Writing = Extract<Statement, { readonly kind: 'insert' | 'update' | 'delete' }>;

/** Takes a statement's first step: names are found and values checked before anything changes. */
export function runStart(db: Database, session: Session, work: Work, getPage: GetPage): Step {
  const { statement } = work;
  switch (statement.kind) {
    case 'begin':
      return begin(db, session);
    case 'set-isolation': {
      const { level } = statement;
      return into(db, sessionWith(session, { isolation: level }), reply(levelSet(level)));
    }
    case 'commit':
      return into(db, session, { kind: 'commit', onward: reply('Transaction committed.') });
    case 'rollback': {
      const onward = reply('Transaction rolled back.');
      return into(db, session, { kind: 'undo', to: null, whole: true, onward });
    }
    case 'use':
    case 'select':
    case 'show-databases':
    case 'show-tables':
      return read(db, session, statement);
    case 'create-database':
    case 'create-table':
      return create(db, session, statement, getPage);
    case 'insert':
    case 'update':
    case 'delete':
      return write(db, session, statement, getPage);
  }
}

/** What is answered when a session has chosen a level. */
export const levelSet = (level: IsolationLevel): string =>
  `Isolation level is ${levelText(level)} from the next transaction on.`;

const reply = (says: string): Phase => ({ kind: 'reply', result: told(says) });

const into = (db: Database, session: Session, phase: Phase): Step =>
  on(withSession(db, inPhase(session, phase)));

/** BEGIN and CREATE commit an open transaction first. */
const commitFirst = (db: Database, session: Session): Step =>
  into(db, session, { kind: 'commit', onward: { kind: 'start' } });

function begin(db: Database, session: Session): Step {
  if (session.txn !== null) return commitFirst(db, session);
  const { db: next, session: own } = withTransaction(db, session, true);
  return into(next, own, reply('Transaction begun.'));
}

/**
 * At REPEATABLE READ the first SELECT of a transaction takes the read view of all of them; at READ
 * COMMITTED each takes its own.
 */
function read(db: Database, session: Session, statement: ReadStatement): Step {
  const { txn, database } = session;
  const lsn = txn?.view ?? Math.max(db.vdl, db.readable);
  const own =
    statement.kind === 'select' && txn?.isolation === 'repeatable-read'
      ? sessionWith(session, { txn: transactionWith(txn, { view: lsn }) })
      : session;
  return into(db, own, { kind: 'read', lsn, read: startRead(statement, database) });
}

function create(
  db: Database,
  session: Session,
  statement: Extract<Statement, { readonly kind: 'create-database' | 'create-table' }>,
  getPage: GetPage,
): Step {
  if (session.txn !== null) return commitFirst(db, session);
  const page = getPage(CATALOGUE);
  if (page === undefined) return missed(db, miss(CATALOGUE));
  const catalogue = catalogueOf(page);
  return statement.kind === 'create-database'
    ? createDatabase(db, session, catalogue, statement)
    : createTable(db, session, catalogue, statement, getPage);
}

function write(db: Database, session: Session, statement: Writing, getPage: GetPage): Step {
  const page = getPage(CATALOGUE);
  if (page === undefined) return missed(db, miss(CATALOGUE));
  const catalogue = catalogueOf(page);
  const phase = plan(catalogue, statement, session.database);
  return phase.ok ? into(db, session, phase.value) : failed(db, session, phase.problem);
}

function plan(
  catalogue: CatalogueBody,
  statement: Writing,
  database: string | null,
): Result<Phase> {
  const found = findTable(catalogue, statement.table, database);
  if (!found.ok) return found;
  const table = found.value;
  if (statement.kind === 'insert') {
    const rows = planInsert(table, statement.columns, statement.rows);
    if (!rows.ok) return rows;
    const onDuplicate = planSet(table, statement.onDuplicate);
    if (!onDuplicate.ok) return onDuplicate;
    return good({
      kind: 'insert',
      table,
      rows: rows.value,
      onDuplicate: onDuplicate.value,
      next: 0,
    });
  }
  const where = planWhere(table, statement.where);
  if (!where.ok) return where;
  const { checks, range: rest } = where.value;
  if (statement.kind === 'delete') {
    return good({ kind: 'change', table, checks, set: null, rest, changed: 0 });
  }
  const set = planSet(table, statement.set);
  if (!set.ok) return set;
  if (set.value.length === 0) return bad('SET is empty: name a column and its new value.');
  return good({ kind: 'change', table, checks, set: set.value, rest, changed: 0 });
}
