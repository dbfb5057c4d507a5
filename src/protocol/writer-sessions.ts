import { advance, woken } from '../database/advance.ts';
import { outcomeOf } from '../database/commit-history.ts';
import { type Database, hasWork, openSession, submit } from '../database/database.ts';
import type { SessionId } from '../database/ids.ts';
import { install } from '../database/install.ts';
import type { Progress } from '../database/mini-transaction.ts';
import { purgeStep } from '../database/purge.ts';
import type { Wait } from '../database/session.ts';
import { get } from '../database/sorted-map.ts';
import { arm, type Delivery, type Effect, type Outcome } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import { type Query, type Raw, type Signal, signal } from './messages.ts';
import { note } from './note.ts';
import { answered, unanswered } from './reply.ts';
import { allocationCeiling, type WaitingCommit, type Writer } from './writer.ts';
import { answer } from './writer-acks.ts';
import { evictions } from './writer-cache.ts';
import { issue, lowestReadPoint, mayAllocate } from './writer-issue.ts';
import { fetchPage } from './writer-reads.ts';
import { PURGE_PAUSE_US, type RunSession, runSoon } from './writer-wake.ts';

type Part<K extends Progress['kind']> = Extract<Progress, { readonly kind: K }>;

/** A statement arrives on a connection; the connection is opened with the first one. */
export function startStatement(
  writer: Writer,
  { message, atUs }: Delivery<Query>,
): Outcome<Writer> {
  const { session, statement, text } = message;
  const known = get(writer.db.sessions, session) !== undefined;
  const db = known ? writer.db : openSession(writer.db, session, writer.firstDatabase);
  const effects: Effect[] = [note({ type: 'statement', instance: writer.id, session, text })];
  const started = { ...writer, db: submit(db, session, statement) };
  return [progress(started, session, atUs, effects), effects];
}

/** Goes on with a statement after a mini-transaction, a page, a lock or LSNs. */
export function runStatement(
  writer: Writer,
  { message, atUs }: Delivery<RunSession>,
): Outcome<Writer> {
  if (!hasWork(writer.db, message.session)) return [writer, []];
  const effects: Effect[] = [];
  return [progress(writer, message.session, atUs, effects), effects];
}

/** One step of a statement: a mini-transaction, a wait, or the end. No thread is ever blocked. */
function progress(before: Writer, session: SessionId, atUs: Micros, effects: Effect[]): Writer {
  const { vdl } = before.volume;
  const step = advance(before.db, session, { vdl });
  const hits = before.counters.hits + step.db.cache.uses - before.db.cache.uses;
  const writer = { ...before, counters: { ...before.counters, hits } };
  effects.push(...evictions(writer.db, step.db, writer.id, vdl));
  switch (step.kind) {
    case 'mtr':
      return issued(writer, step, session, effects);
    case 'miss':
      return fetchPage({ ...writer, db: step.db }, step.page, session, atUs, effects);
    case 'wait':
      effects.push(...waitNote(writer.db, session, step.on));
      return { ...writer, db: step.db };
    case 'deadlock':
      effects.push(deadlockNote(writer.db, step), runSoon(step.victim));
      return wake({ ...writer, db: step.db }, effects);
    case 'done':
      return wake(done({ ...writer, db: step.db }, session, step, atUs, effects), effects);
    case 'failed':
      effects.push(
        note({ type: 'statement-failed', instance: writer.id, session, problem: step.problem }),
        unanswered(session, step.problem),
      );
      return wake({ ...writer, db: step.db }, effects);
  }
}

/** Sessions whose wait is over go on. */
function wake(writer: Writer, effects: Effect[]): Writer {
  effects.push(...woken(writer.db, writer.volume.vdl).map(runSoon));
  return writer;
}

/** The mini-transaction gets its LSNs, or the statement waits at the allocation limit as if untouched. */
function issued(writer: Writer, step: Part<'mtr'>, session: SessionId, effects: Effect[]): Writer {
  const { drafts } = step;
  if (!mayAllocate(writer, drafts.length)) return stalled(writer, session, drafts.length, effects);
  const txn = drafts[0]?.txn ?? 0;
  if (txn !== 0 && outcomeOf(writer.db.history, txn) === undefined)
    effects.push(note({ type: 'transaction-begun', txn, session }));
  const { writer: next, records } = issue(writer, drafts, session, effects);
  const rolledBack = records.find(({ kind, delta }) => kind === 'clr' && delta.kind === 'end');
  if (rolledBack !== undefined)
    effects.push(note({ type: 'rolled-back', txn: rolledBack.txn, session }));
  const db = install(step.db, records);
  effects.push(...evictions(step.db, db, writer.id, writer.volume.vdl), runSoon(session));
  return wake({ ...next, db }, effects);
}

function stalled(writer: Writer, session: SessionId, count: number, effects: Effect[]): Writer {
  effects.push(
    note({
      type: 'allocation-stalled',
      session,
      wanted: writer.nextLsn + count - 1,
      limit: allocationCeiling(writer),
    }),
  );
  return { ...writer, stalled: [...writer.stalled.filter((id) => id !== session), session] };
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
  writer: Writer,
  session: SessionId,
  { result, commit }: Part<'done'>,
  atUs: Micros,
  effects: Effect[],
): Writer {
  if (commit === null) {
    const rows = result.kind === 'rows' ? result.rows.length : result.changed;
    effects.push(
      note({ type: 'replied', instance: writer.id, session, rows }),
      answered(session, result),
    );
    return writer;
  }
  return queued(writer, { ...commit, session, sinceUs: atUs, result }, atUs, effects);
}

function queued(writer: Writer, waiting: WaitingCommit, atUs: Micros, effects: Effect[]): Writer {
  const { lsn, txn, session } = waiting;
  if (lsn > writer.volume.vdl) {
    effects.push(note({ type: 'commit-queued', txn, lsn, session }));
    return { ...writer, commits: writer.commits.push(waiting) };
  }
  effects.push(...answer(waiting, atUs));
  const { counters } = writer;
  return { ...writer, counters: { ...counters, commits: counters.commits + 1 } };
}

/** A transaction of one record, without a database: for measuring the log alone. */
export function issueRaw(writer: Writer, { message, atUs }: Delivery<Raw>): Outcome<Writer> {
  if (!mayAllocate(writer, 1)) return [writer, []];
  const txn = writer.nextLsn;
  const delta = { kind: 'end', txn, outcome: 'committed' } as const;
  const effects: Effect[] = [];
  const draft = { page: message.page, kind: 'commit', txn, delta } as const;
  const { writer: next } = issue(writer, [draft], null, effects);
  const waiting = { lsn: txn, txn, session: 1, sinceUs: atUs, result: null };
  return [queued(next, waiting, atUs, effects), effects];
}

/**
 * One step of purge in the background: undo that no read view of any instance needs (SIGMOD'18 §3.1).
 */
export function purge(writer: Writer, { atUs }: Delivery<Signal<'PURGE'>>): Outcome<Writer> {
  const { vdl } = writer.volume;
  const step = purgeStep(writer.db, lowestReadPoint(writer), vdl);
  const effects: Effect[] = [];
  if (step.kind === 'idle') return [{ ...writer, db: step.db, purging: false }, effects];
  effects.push(arm('purge', PURGE_PAUSE_US, signal('PURGE')));
  if (step.kind === 'miss')
    return [fetchPage({ ...writer, db: step.db }, step.page, null, atUs, effects), effects];
  if (!mayAllocate(writer, step.drafts.length)) return [writer, effects];
  const { writer: next, records } = issue(writer, step.drafts, null, effects);
  const first = records[0];
  if (first !== undefined)
    effects.push(
      note({ type: 'purged', group: first.group, page: first.page, records: records.length }),
    );
  return [wake({ ...next, db: install(step.db, records) }, effects), effects];
}
