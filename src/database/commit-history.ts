import type { Draft } from './delta.ts';
import { type Lsn, SYSTEM_TXN, type TxnId } from './ids.ts';
import { first, get, put, remove, type SortedMap } from './sorted-map.ts';

/**
 * What an instance knows of transactions that not every reader can take for granted: those active, and
 * those that ended above the oldest read view. A transaction that is not in here is settled. The redo
 * stream alone is enough to keep it, so a replica does (SIGMOD'18 §3.4: commit history).
 */
export interface CommitHistory {
  /** Commit LSN by transaction; null while it is active, and when it was taken back. */
  readonly outcomes: SortedMap<TxnId, Lsn | null>;
  /** Transaction by the LSN that ended it, to forget the oldest first. */
  readonly ends: SortedMap<Lsn, TxnId>;
}

export const emptyHistory: CommitHistory = { outcomes: null, ends: null };

/** The commit LSN of a transaction, null while it is active or taken back, undefined once it is settled. */
export function outcomeOf(history: CommitHistory, txn: TxnId): Lsn | null | undefined {
  return get(history.outcomes, txn);
}

/**
 * The history after one record of the stream: a transaction's first record makes it active, its commit
 * record commits it at that LSN. One that is taken back is seen by nobody, for as long as some reader
 * stands below its last compensating record, where pages still have what it wrote.
 */
export function observe(
  history: CommitHistory,
  record: Pick<Draft, 'txn' | 'kind' | 'delta'> & { readonly lsn: Lsn },
): CommitHistory {
  const { txn, kind, lsn, delta } = record;
  if (txn === SYSTEM_TXN) return history;
  const { outcomes, ends } = history;
  if (kind === 'commit') return { outcomes: put(outcomes, txn, lsn), ends: put(ends, lsn, txn) };
  if (delta.kind === 'end')
    return { outcomes: put(outcomes, txn, null), ends: put(ends, lsn, txn) };
  return get(outcomes, txn) === null ? history : withActive(history, txn);
}

/** The history with a transaction known to be active, such as one that a crash cut off. */
export const withActive = ({ outcomes, ends }: CommitHistory, txn: TxnId): CommitHistory => ({
  outcomes: put(outcomes, txn, null),
  ends,
});

/** Forgets transactions that ended at or below `oldest`: all readers agree about them. */
export function forget(history: CommitHistory, oldest: Lsn): CommitHistory {
  let { outcomes, ends } = history;
  for (;;) {
    const earliest = first(ends);
    if (earliest === null || earliest.key > oldest) break;
    ends = remove(ends, earliest.key);
    outcomes = remove(outcomes, earliest.value);
  }
  return ends === history.ends ? history : { outcomes, ends };
}
