import type { Happening } from '../engine/happening.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { ClusterView } from '../protocol/view.ts';
import { AnsweredCommits, type CommitMetric, type Traffic } from './answered-commits.ts';
import { CopiesHistory, type CopiesSample } from './copies-history.ts';
import { FrontierHistory, type FrontierSample, type LagSample } from './frontier-history.ts';

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

/** What can be measured of a run, event by event. It keeps the newest thousand commits or so. */
export class MetricsHistory implements Metrics {
  readonly #commits = new AnsweredCommits();
  readonly #frontier = new FrontierHistory();
  readonly #copies: CopiesHistory;
  #fromUs: Micros | null = null;
  #beganLate = false;

  constructor(config: ClusterConfig) {
    this.#copies = new CopiesHistory(config);
  }

  get fromUs(): Micros {
    return Math.max(this.#fromUs ?? 0, this.#commits.fromUs, this.#frontier.fromUs);
  }
  get commits(): readonly CommitMetric[] {
    return this.#commits.all;
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
    return this.#commits.sent;
  }

  read(happening: Happening): void {
    const { count, timeUs, n, notes } = happening;
    this.#beganLate ||= this.#fromUs === null && count > 1;
    this.#fromUs ??= count > 1 ? timeUs : 0;
    const at: Position = { timeUs, n };
    this.#commits.read(happening);
    for (const note of notes as readonly AuroraNote[]) {
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
