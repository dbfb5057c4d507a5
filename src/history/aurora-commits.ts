import type { Lsn, TxnId } from '../database/ids.ts';
import type { Happening } from '../engine/happening.ts';
import type { Micros } from '../engine/time.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { AnsweredCommits, type CommitMetric } from './answered-commits.ts';
import { type LogEntry, LogHistory } from './log-history.ts';
import { Submissions } from './submissions.ts';

/** A database that opened again after a crash. */
export interface Recovered {
  readonly atUs: Micros;
  readonly tookUs: Micros;
}

/** Commits of the cluster, with the work they belong to: for setting another system beside it. */
export class AuroraCommits {
  readonly #commits = new AnsweredCommits();
  readonly #log = new LogHistory();
  readonly #submissions = new Submissions();
  readonly #keys = new Map<TxnId, string>();
  #recoveries: readonly Recovered[] = [];
  #beganLate: boolean | null = null;

  /** Those that were answered, in that order: the newest thousand or so. */
  get all(): readonly CommitMetric[] {
    return this.#commits.all;
  }
  /** Whether they are all there were: none came before what was read, or has been let go of. */
  get isWhole(): boolean {
    return this.#beganLate !== true && this.#commits.fromUs === 0;
  }
  get recoveries(): readonly Recovered[] {
    return this.#recoveries;
  }

  /** What a transaction is called on either system; null when no client asked for it. */
  keyOf(txn: TxnId): string | null {
    return this.#keys.get(txn) ?? null;
  }

  /** What became of a record, as long as it is kept. */
  recordOf(lsn: Lsn): LogEntry | null {
    return this.#log.entries.findLast((entry) => entry.lsn === lsn) ?? null;
  }

  read(happening: Happening): void {
    const { count, timeUs, notes } = happening;
    this.#beganLate ??= count > 1;
    this.#submissions.read(happening);
    this.#log.read(happening);
    this.#commits.read(happening);
    for (const note of notes as readonly AuroraNote[]) {
      if (note.type === 'commit-queued')
        this.#queued(note.txn, this.#submissions.keyOf(note.session));
      if (note.type === 'volume-opened')
        this.#recoveries = [...this.#recoveries, { atUs: timeUs, tookUs: note.tookUs }];
    }
  }

  #queued(txn: TxnId, key: string | null): void {
    if (key !== null) this.#keys.set(txn, key);
    if (this.#keys.size <= 2 * MOST_KEYS) return;
    for (const old of [...this.#keys.keys()].slice(0, -MOST_KEYS)) this.#keys.delete(old);
  }
}

/** More than commits are kept. */
const MOST_KEYS = 4_000;
