import type { Flight, Happening } from '../engine/happening.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Write } from '../protocol/messages.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { LogRecord } from '../protocol/record.ts';
import { recordBytes } from '../protocol/record-bytes.ts';
import type { ClusterView } from '../protocol/view.ts';
import { type CommitMetric, CommitWaits, type Traffic } from './commit-waits.ts';
import { CopiesHistory, type CopiesSample } from './copies-history.ts';
import { FrontierHistory, type FrontierSample, type LagSample } from './frontier-history.ts';

/** What the charts are drawn from. */
export interface Metrics {
  /** Since when everything is known: the run's beginning, or what is left of its accounts. */
  readonly fromUs: Micros;
  /** Answered ones, oldest first. */
  readonly commits: readonly CommitMetric[];
  readonly frontier: readonly FrontierSample[];
  readonly lags: readonly LagSample[];
  readonly copies: readonly CopiesSample[];
  readonly sent: Traffic;
}

const KINDS: Readonly<Record<string, 'writes' | 'acks' | 'streams'>> = {
  WRITE: 'writes',
  ACK: 'acks',
  STREAM: 'streams',
};

/** What can be measured of a run, event by event. It keeps the newest thousand commits or so. */
export class MetricsHistory implements Metrics {
  readonly #commits = new CommitWaits();
  readonly #frontier = new FrontierHistory();
  readonly #copies: CopiesHistory;
  #sent: Traffic = { writes: 0, acks: 0, streams: 0, other: 0, bytes: 0 };
  #fromUs: Micros | null = null;
  #beganLate = false;

  constructor(config: ClusterConfig) {
    this.#copies = new CopiesHistory(config);
  }

  get fromUs(): Micros {
    return Math.max(this.#fromUs ?? 0, this.#commits.fromUs, this.#frontier.fromUs);
  }
  get commits(): readonly CommitMetric[] {
    return this.#commits.commits;
  }
  get frontier(): readonly FrontierSample[] {
    return this.#frontier.frontier;
  }
  get lags(): readonly LagSample[] {
    return this.#frontier.lags;
  }
  get copies(): readonly CopiesSample[] {
    return this.#copies.samples;
  }
  get sent(): Traffic {
    return this.#sent;
  }

  read({ count, timeUs, n, notes, sent }: Happening): void {
    this.#beganLate ||= this.#fromUs === null && count > 1;
    this.#fromUs ??= count > 1 ? timeUs : 0;
    const at: Position = { timeUs, n };
    if (sent.length > 0) this.#sent = withSent(this.#sent, sent);
    for (const note of notes as readonly AuroraNote[]) {
      this.#commits.read(note, at, this.#sent);
      this.#frontier.read(note, at);
      this.#copies.read(note, at);
    }
  }

  /** For a history that began in the middle of a run: how things stand at the last event it read. */
  agree(view: ClusterView, at: Position): void {
    if (!this.#beganLate) return;
    this.#beganLate = false;
    this.#copies.agree(view, at);
  }
}

function withSent(before: Traffic, sent: readonly Flight[]): Traffic {
  const after = { ...before };
  // The copies of one boxcar share its records: they are weighed once.
  let weighed: readonly LogRecord[] | null = null;
  let weight = 0;
  for (const { type, message } of sent) {
    after[KINDS[type] ?? 'other']++;
    if (type !== 'WRITE') continue;
    const { records } = message as Write;
    if (records !== weighed) {
      weighed = records;
      weight = records.reduce((sum, record) => sum + recordBytes(record), 0);
    }
    after.bytes += weight;
  }
  return after;
}
