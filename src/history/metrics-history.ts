import type { Flight, Happening } from '../engine/happening.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Write } from '../protocol/messages.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { LogRecord } from '../protocol/record.ts';
import { recordBytes } from '../protocol/record-bytes.ts';
import type { ClusterView } from '../protocol/view.ts';
import { type CommitLife, Commits } from './commits.ts';
import { CopiesHistory, type CopiesSample } from './copies-history.ts';
import { FrontierHistory, type FrontierSample, type LagSample } from './frontier-history.ts';

/** What was sent since the run began, or since its account does. */
export interface Traffic {
  /** Boxcars of redo to segments, what these answer, and the stream to replicas. */
  readonly writes: number;
  readonly acks: number;
  readonly streams: number;
  /** Everything else: gossip, pages, what keeps the cluster together. */
  readonly other: number;
  /** Of redo, each copy counted. */
  readonly bytes: number;
}

/** A commit whose client was answered; acknowledgements that come later still join the others. */
export interface CommitMetric extends CommitLife {
  readonly returned: Position;
  readonly waitedUs: Micros;
  /** All that had been sent when it was answered. */
  readonly sent: Traffic;
}

/** What the charts are drawn from. */
export interface Metrics {
  /** Since when everything is known: the run's beginning, or what is left of its accounts. */
  readonly fromUs: Micros;
  /** In the order of their answers. */
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

/** Older ones are let go of. */
const MOST = 1_000;

/** What can be measured of a run, event by event. It keeps the newest thousand commits or so. */
export class MetricsHistory implements Metrics {
  readonly #lives = new Commits();
  #commits: CommitMetric[] = [];
  #commitsFromUs: Micros = 0;
  readonly #frontier = new FrontierHistory();
  readonly #copies: CopiesHistory;
  #sent: Traffic = { writes: 0, acks: 0, streams: 0, other: 0, bytes: 0 };
  #fromUs: Micros | null = null;
  #beganLate = false;

  constructor(config: ClusterConfig) {
    this.#copies = new CopiesHistory(config);
  }

  get fromUs(): Micros {
    return Math.max(this.#fromUs ?? 0, this.#commitsFromUs, this.#frontier.fromUs);
  }
  get commits(): readonly CommitMetric[] {
    return this.#commits;
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

  read({ count, timeUs, n, flight, notes, sent }: Happening): void {
    this.#beganLate ||= this.#fromUs === null && count > 1;
    this.#fromUs ??= count > 1 ? timeUs : 0;
    const at: Position = { timeUs, n };
    if (sent.length > 0) this.#sent = withSent(this.#sent, sent);
    for (const note of notes as readonly AuroraNote[]) {
      const life = this.#lives.read(note, flight.to, at, count);
      if (life && note.type === 'commit-returned') this.#answered(life, at, note.waitedUs);
      this.#frontier.read(note, at);
      this.#copies.read(note, at);
    }
  }

  #answered(life: CommitLife, returned: Position, waitedUs: Micros): void {
    this.#commits.push({ ...life, returned, waitedUs, sent: this.#sent });
    if (this.#commits.length <= 2 * MOST) return;
    this.#commits = this.#commits.slice(-MOST);
    this.#commitsFromUs = this.#commits[0]?.queuedUs ?? 0;
  }

  /** For a history that began in the middle of a run: how things stand at the last event it read. */
  agree(view: ClusterView, at: Position): void {
    if (!this.#beganLate) return;
    this.#beganLate = false;
    this.#copies.agree(view, at);
  }
}

/** What had been sent before, and what is sent now. */
export function withSent(before: Traffic, sent: readonly Flight[]): Traffic {
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
