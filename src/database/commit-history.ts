import type { Draft } from './delta.ts';
import { type Lsn, SYSTEM_TXN, type TxnId } from './ids.ts';
import { first, get, put, remove, type SortedMap } from './sorted-map.ts';

/**
 * What an instance knows of transactions that not every reader can take for granted: those active, and
 * those committed above the oldest read view. A transaction that is not in here is settled. The redo
 * stream alone is enough to keep it, so a replica does (SIGMOD'18 §3.4: commit history).
 */
export interface CommitHistory {
  /** Commit LSN by transaction; null while it is active. */
  readonly outcomes: SortedMap<TxnId, Lsn | null>;
  /** Transaction by commit LSN, to forget the oldest first. */
  readonly commits: SortedMap<Lsn, TxnId>;
}

export const emptyHistory: CommitHistory = { outcomes: null, commits: null };

/** The commit LSN of a transaction, null while it is active, undefined once it is settled. */
export function outcomeOf(history: CommitHistory, txn: TxnId): Lsn | null | undefined {
  return get(history.outcomes, txn);
}

/**
 * The history after one record of the stream: a transaction's first record makes it active, its commit
 * record commits it at that LSN, its end by rollback leaves nothing of it to be told apart.
 */
export function observe(
  history: CommitHistory,
  record: Pick<Draft, 'txn' | 'kind' | 'delta'> & { readonly lsn: Lsn },
): CommitHistory {
  const { txn, kind, lsn, delta } = record;
  if (txn === SYSTEM_TXN) return history;
  const { outcomes, commits } = history;
  if (kind === 'commit') {
    return { outcomes: put(outcomes, txn, lsn), commits: put(commits, lsn, txn) };
  }
  if (delta.kind === 'end') return { outcomes: remove(outcomes, txn), commits };
  return get(outcomes, txn) === null ? history : withActive(history, txn);
}

/** The history with a transaction known to be active, such as one that a crash cut off. */
export const withActive = ({ outcomes, commits }: CommitHistory, txn: TxnId): CommitHistory => ({
  outcomes: put(outcomes, txn, null),
  commits,
});

/** Forgets commits at or below `oldest`: every reader sees them. */
export function forget(history: CommitHistory, oldest: Lsn): CommitHistory {
  let { outcomes, commits } = history;
  for (;;) {
    const earliest = first(commits);
    if (earliest === null || earliest.key > oldest) break;
    commits = remove(commits, earliest.key);
    outcomes = remove(outcomes, earliest.value);
  }
  return commits === history.commits ? history : { outcomes, commits };
}
