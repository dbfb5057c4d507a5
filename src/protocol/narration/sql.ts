import { clientOf } from '../../database/connections.ts';
import { type SessionId, SYSTEM_TXN, type TxnId } from '../../database/ids.ts';
import type { SqlNote } from '../notes-sql.ts';
import { RULES } from './rules.ts';
import type { Tellers } from './told.ts';
import { count, withText } from './words.ts';

/** A session as its client is called on screen; recovery's own are negative. */
export function sessionName(session: SessionId | null): string {
  if (session === null) return 'app';
  return session < 0 ? 'Recovery' : clientOf(session);
}

/** A transaction as it is called on screen; number 0 owns splits and purge. */
export const txnName = (txn: TxnId): string => (txn === SYSTEM_TXN ? 'the engine' : `txn ${txn}`);

/** Statements and transactions, at an instance. */
export const SQL: Tellers<SqlNote['type']> = {
  statement: ({ instance, session, text }, { nameOf }) => ({
    glyph: 'sql',
    sentence: withText(`${sessionName(session)} at ${nameOf(instance)}: `, text),
    why: `${nameOf(instance)} runs the statement in its own engine, on pages of its own cache.`,
    rule: RULES.cacheFirst,
    refs: { instances: [instance] },
  }),
  'transaction-begun': ({ txn, session }, { at }) => ({
    glyph: 'sql',
    sentence: `${sessionName(session)} begins ${txnName(txn)}`,
    why: 'A transaction gets its number with its first change; until then it has nothing to undo.',
    rule: RULES.isolationInEngine,
    refs: { txns: [txn], instances: [at] },
  }),
  'lock-wait': ({ session, txn, holder, what }, { at }) => ({
    glyph: 'wait',
    sentence: withText(`${sessionName(session)} waits for ${txnName(holder)}: `, what),
    why: `Transaction ${txn} wants a row that transaction ${holder} has locked until it ends.`,
    rule: RULES.engineDecides,
    refs: { txns: [txn, holder], instances: [at] },
  }),
  deadlock: ({ victim, txn, sentence }, { at }) => ({
    glyph: 'fail',
    sentence: withText(`${sessionName(victim)} loses a deadlock: `, sentence),
    why: `Transactions wait for each other in a circle; transaction ${txn} is taken back to break it.`,
    rule: RULES.engineDecides,
    refs: { txns: [txn], instances: [at] },
  }),
  'rolled-back': ({ txn, session }, { at }) => ({
    glyph: 'sql',
    sentence: `${sessionName(session)} has rolled ${txnName(txn)} back`,
    why: 'Its changes are taken back with their undo records, as new redo like any other.',
    rule: RULES.isolationInEngine,
    refs: { txns: [txn], instances: [at] },
  }),
  'statement-failed': ({ instance, session, problem }, { nameOf }) => ({
    glyph: 'fail',
    sentence: withText(`${sessionName(session)} gets an error: `, problem),
    why: `${nameOf(instance)} refuses before anything reaches storage.`,
    rule: RULES.engineDecides,
    refs: { instances: [instance] },
  }),
  replied: ({ instance, session, rows }, { nameOf }) => ({
    glyph: 'sql',
    sentence: `${nameOf(instance)} answers ${sessionName(session)} with ${count(rows, 'row')}`,
    why: `${nameOf(instance)} had every page it needed in its cache, or has read it.`,
    rule: RULES.cacheFirst,
    refs: { instances: [instance] },
  }),
};
