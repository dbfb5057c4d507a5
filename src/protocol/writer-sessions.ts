import { advance } from '../database/advance.ts';
import { outcomeOf } from '../database/commit-history.ts';
import { type Database, databaseWith, hasWork, openSession, submit } from '../database/database.ts';
import type { SessionId } from '../database/ids.ts';
import { install } from '../database/install.ts';
import type { Progress } from '../database/mini-transaction.ts';
import { cached } from '../database/page-cache.ts';
import { purgeStep } from '../database/purge.ts';
import type { Wait } from '../database/session.ts';
import { get } from '../database/sorted-map.ts';
import { type RunSession, runSoon } from '../database/turn.ts';
import { arm, type Delivery, type Effect, type Outcome } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Query, Raw } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import { answered, refusedAt, unanswered } from './reply.ts';
import { allocationCeiling, copyOf, count, type WaitingCommit, type Writer } from './writer.ts';
import { answer } from './writer-acks.ts';
import { evictions } from './writer-cache.ts';
import { askForGroup } from './writer-growth.ts';
import { issue, lowestReadPoint, mayAllocate } from './writer-issue.ts';
import { fetchPage } from './writer-reads.ts';
import { probeSoon } from './writer-stream.ts';
import { PURGE_PAUSE_US, readViewEnded, wake } from './writer-wake.ts';

const NO_CONNECTION =
  'The connection was lost when the writer stopped, and with it whatever was open: begin again.';

type Part<K extends Progress['kind']> = Extract<Progress, { readonly kind: K }>;

/** A statement arrives on a connection; the connection is opened with the first one. */
export function startStatement(
  writer: Writer,
  { message, atUs }: Delivery<Query>,
): Outcome<Writer> {
  const { session, statement, text, begins } = message;
  const known = get(writer.db.sessions, session) !== undefined;
  if (!known && !begins) return [writer, [refusedAt(session, NO_CONNECTION, 'no-connection')]];
  const db = known ? writer.db : openSession(writer.db, session, writer.settings.firstDatabase);
  const effects: Effect[] = [note({ type: 'statement', instance: writer.id, session, text })];
  const next = copyOf(writer);
  next.db = submit(db, session, statement);
  progress(next, session, atUs, effects);
  return [next, effects];
}

/** Goes on with a statement after a mini-transaction, a page, a lock or LSNs. */
export function runStatement(
  writer: Writer,
  { message, atUs }: Delivery<RunSession>,
): Outcome<Writer> {
  if (!hasWork(writer.db, message.session)) return [writer, []];
  const effects: Effect[] = [];
  const next = copyOf(writer);
  progress(next, message.session, atUs, effects);
  return [next, effects];
}

/** One step of a statement: a mini-transaction, a wait, or the end. No thread is ever blocked. */
function progress(
  writer: Mutable<Writer>,
  session: SessionId,
  atUs: Micros,
  effects: Effect[],
): void {
  const { db: before, volume } = writer;
  const step = advance(before, session, { vdl: volume.vdl });
  count(writer, 'hits', step.db.cache.uses - before.cache.uses);
  if (step.kind === 'mtr') {
    putInLog(writer, step, session, effects);
    return;
  }
  effects.push(...evictions(before, step.db, writer.id, volume.vdl));
  writer.db = step.db;
  switch (step.kind) {
    case 'miss':
      fetchPage(writer, step.page, session, atUs, effects);
      return;
    case 'wait':
      effects.push(...waitNote(before, session, step.on));
      if (step.reason === 'volume-growth') askForGroup(writer, effects);
      if (step.on.reason === 'undo-full') probeSoon(writer, effects);
      return;
    case 'deadlock':
      effects.push(deadlockNote(before, step), runSoon(step.victim));
      break;
    case 'done':
      done(writer, session, step, atUs, effects);
      break;
    case 'failed':
      effects.push(
        note({ type: 'statement-failed', instance: writer.id, session, problem: step.problem }),
        unanswered(session, step.problem),
      );
  }
  wake(writer, effects);
}

/** The mini-transaction gets its LSNs, or the statement waits at the allocation limit as if untouched. */
function putInLog(
  writer: Mutable<Writer>,
  step: Part<'mtr'>,
  session: SessionId,
  effects: Effect[],
): void {
  const { drafts } = step;
  if (!mayAllocate(writer, drafts.length)) {
    stall(writer, session, drafts.length, effects);
    return;
  }
  const txn = drafts[0]?.txn ?? 0;
  if (txn !== 0 && outcomeOf(writer.db.history, txn) === undefined)
    effects.push(note({ type: 'transaction-begun', txn, session }));
  effects.push(...evictions(writer.db, step.db, writer.id, writer.volume.vdl));
  const records = issue(writer, drafts, session, effects);
  const rolledBack = records.find(({ kind, delta }) => kind === 'clr' && delta.kind === 'end');
  if (rolledBack !== undefined)
    effects.push(note({ type: 'rolled-back', txn: rolledBack.txn, session }));
  writer.db = install(step.db, records);
  effects.push(...evictions(step.db, writer.db, writer.id, writer.volume.vdl), runSoon(session));
  wake(writer, effects);
}

function stall(
  writer: Mutable<Writer>,
  session: SessionId,
  records: number,
  effects: Effect[],
): void {
  effects.push(
    note({
      type: 'allocation-stalled',
      session,
      wanted: writer.nextLsn + records - 1,
      limit: allocationCeiling(writer),
    }),
  );
  writer.stalled = [...writer.stalled.filter((id) => id !== session), session];
}

function waitNote(db: Database, session: SessionId, wait: Wait): readonly Effect[] {
  if (wait.reason !== 'row-lock') return [];
  const txnOf = (id: SessionId): number => get(db.sessions, id)?.txn?.id ?? 0;
  return [
    note({
      type: 'lock-wait',
      session,
      txn: txnOf(session),
      holder: txnOf(wait.holder),
      what: `row ${wait.key} of ${wait.table}`,
    }),
  ];
}

const deadlockNote = (db: Database, { victim, sentence }: Part<'deadlock'>): Effect =>
  note({
    type: 'deadlock',
    victim,
    txn: get(db.sessions, victim)?.txn?.id ?? 0,
    sentence,
  });

/** The reply goes at once, unless a commit has to wait for VDL (SIGMOD'17 §4.2.2). */
function done(
  writer: Mutable<Writer>,
  session: SessionId,
  { result, commit }: Part<'done'>,
  atUs: Micros,
  effects: Effect[],
): void {
  // A transaction that a crash cut off has no client any more.
  if (session < 0) return;
  if (commit === null) {
    const rows = result.kind === 'rows' ? result.rows.length : result.changed;
    effects.push(
      note({ type: 'replied', instance: writer.id, session, rows }),
      answered(session, result),
    );
    readViewEnded(writer, effects);
    return;
  }
  const { txn, lsn } = commit;
  queue(writer, { lsn, txn, session, sinceUs: atUs, result }, atUs, effects);
}

function queue(
  writer: Mutable<Writer>,
  waiting: WaitingCommit,
  atUs: Micros,
  effects: Effect[],
): void {
  const { lsn, txn, session } = waiting;
  if (lsn > writer.volume.vdl) {
    effects.push(note({ type: 'commit-queued', txn, lsn, session }));
    writer.commits = writer.commits.push(waiting);
    return;
  }
  effects.push(...answer(waiting, atUs));
  count(writer, 'commits', 1);
}

/**
 * A transaction of bare records, without statements: for the log alone. Like any change it needs its
 * pages in the cache; without, it only brings one in.
 */
export function issueRaw(writer: Writer, { message, atUs }: Delivery<Raw>): Outcome<Writer> {
  const { pages } = message;
  if (!mayAllocate(writer, pages.length)) return [writer, []];
  const txn = writer.nextLsn + pages.length - 1;
  const delta = { kind: 'touch' } as const;
  const effects: Effect[] = [];
  const drafts = pages.map((page) => ({ page, kind: 'commit', txn, delta }) as const);
  const next = copyOf(writer);
  const missing = pages.find((page) => cached(next.db.cache, page) === undefined);
  if (missing !== undefined) {
    fetchPage(next, missing, null, atUs, effects);
    return [next, effects];
  }
  const after = install(next.db, issue(next, drafts, null, effects));
  // It is called by its LSN, so no transaction that begins later may be.
  next.db = databaseWith(after, { nextTxn: Math.max(after.nextTxn, txn + 1) });
  queue(next, { lsn: txn, txn, session: null, sinceUs: atUs, result: null }, atUs, effects);
  return [next, effects];
}

/**
 * One step of purge in the background: undo that no read view of any instance needs (SIGMOD'18 §3.1).
 */
export function purge(writer: Writer, { atUs }: Delivery<Signal<'PURGE'>>): Outcome<Writer> {
  const { vdl } = writer.volume;
  const isBlind = mutated(writer.settings.mutations, 'purge-ignores-views');
  const step = purgeStep(writer.db, isBlind ? vdl : lowestReadPoint(writer), vdl);
  const effects: Effect[] = [];
  const next = copyOf(writer);
  if (step.kind === 'idle') {
    next.db = step.db;
    next.purging = false;
    return [next, effects];
  }
  effects.push(arm('purge', PURGE_PAUSE_US, signal('PURGE')));
  if (step.kind === 'miss') {
    next.db = step.db;
    fetchPage(next, step.page, null, atUs, effects);
    return [next, effects];
  }
  if (!mayAllocate(writer, step.drafts.length)) return [writer, effects];
  const records = issue(next, step.drafts, null, effects);
  const first = records[0];
  if (first !== undefined)
    effects.push(
      note({ type: 'purged', group: first.group, page: first.page, records: records.length }),
    );
  next.db = install(step.db, records);
  wake(next, effects);
  return [next, effects];
}
