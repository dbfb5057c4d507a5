import type { Micros } from '../engine/time.ts';
import { addSpread, emptySpread, type Slices, type Spread } from '../history/seed-spread.ts';
import type { Run } from '../scenario/run.ts';
import type { SeedBatch } from './seed-runs.ts';
import type { SeedOrder } from './seeds-worker.ts';

/** So many, from the first on: whoever asks again gets the same. */
export const MOST_SEEDS = 1_000;
/** What has come is shown after so much work of one thread, more or less. */
const BATCH_MS = 250;
const FIRST_BATCH = 4;

/** What the seeds of a run came to so far. */
export interface SeedResult {
  readonly run: Run;
  readonly slices: Slices;
  readonly seeds: number;
  /** Added to as more comes: this object is new each time, what it holds is not. */
  readonly spread: Spread;
  readonly waiting: number;
  readonly refused: ReadonlyMap<Micros, number>;
  readonly broken: number;
}

export interface SeedState {
  readonly isRunning: boolean;
  /** Which run is being carried out on other seeds, or was; null when none is. */
  readonly run: Run | null;
  /** Null before the first have come. */
  readonly result: SeedResult | null;
  /** Wall time that is left, as far as can be told. */
  readonly leftMs: number | null;
  /** Why it could not be done; null when it could. */
  readonly problem: string | null;
}

const NOTHING: SeedState = {
  isRunning: false,
  run: null,
  result: null,
  leftMs: null,
  problem: null,
};
const FAILED = 'The other seeds could not be run: the browser gave no thread for them.';

/** What is needed of a worker. */
export interface SeedThread {
  onmessage: ((event: { readonly data: SeedBatch }) => void) | null;
  onerror: ((event: Event) => void) | null;
  postMessage(order: SeedOrder): void;
  terminate(): void;
}

interface Parts {
  /** Begins a thread; throws when there can be none. */
  thread(): SeedThread;
  /** How many threads may run at once. */
  readonly threads: number;
  /** The wall clock, in milliseconds. */
  now(): number;
}

/** Carries one run at a time out on many seeds, beside the page, and tells what has come of them so far. */
export class ManySeeds {
  readonly #parts: Parts;
  readonly #listeners = new Set<() => void>();
  #state: SeedState = NOTHING;
  #threads: SeedThread[] = [];

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  readonly state = (): SeedState => this.#state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Begins, in place of whatever was there. */
  begin(run: Run, slices: Slices): void {
    this.#end();
    let result: SeedResult = {
      ...{ run, slices, seeds: 0, spread: emptySpread(slices), waiting: 0 },
      ...{ refused: new Map(), broken: 0 },
    };
    const { now, threads } = this.#parts;
    const begunMs = now();
    let next = 1;
    const order = (thread: SeedThread, seeds: number): void => {
      if (next > MOST_SEEDS) return;
      const from = next;
      next = Math.min(MOST_SEEDS, from + seeds - 1) + 1;
      const askedMs = now();
      thread.onmessage = ({ data }) => {
        result = added(result, data);
        const perSeedMs = (now() - askedMs) / seeds;
        order(thread, Math.max(1, Math.round(BATCH_MS / Math.max(perSeedMs, 0.1))));
        const left = MOST_SEEDS - result.seeds;
        if (left === 0) this.#end();
        const leftMs = (left * (now() - begunMs)) / result.seeds;
        this.#become({ isRunning: left > 0, run, result, leftMs, problem: null });
      };
      thread.postMessage({ task: { run, slices }, from, to: next - 1 });
    };
    this.#become({ ...NOTHING, isRunning: true, run });
    try {
      for (let i = 0; i < threads; i++) order(this.#thread(), FIRST_BATCH);
    } catch {
      this.#fail();
    }
  }

  /** Ends it where it is: what has come stays. */
  cancel(): void {
    this.#end();
    this.#become({ ...this.#state, isRunning: false, leftMs: null });
  }

  /** Ends it, and forgets what has come. */
  forget(): void {
    this.#end();
    this.#become(NOTHING);
  }

  #thread(): SeedThread {
    const thread = this.#parts.thread();
    thread.onerror = () => this.#fail();
    this.#threads.push(thread);
    return thread;
  }

  #fail(): void {
    this.#end();
    this.#become({ ...NOTHING, problem: FAILED });
  }

  #end(): void {
    for (const thread of this.#threads) {
      thread.onmessage = null;
      thread.onerror = null;
      thread.terminate();
    }
    this.#threads = [];
  }

  #become(state: SeedState): void {
    this.#state = state;
    for (const listener of this.#listeners) listener();
  }
}

function added(result: SeedResult, batch: SeedBatch): SeedResult {
  addSpread(result.spread, batch.spread);
  const refused = new Map(result.refused);
  for (const [timeUs, seeds] of batch.refused)
    refused.set(timeUs, (refused.get(timeUs) ?? 0) + seeds);
  return {
    ...result,
    refused,
    seeds: result.seeds + batch.seeds,
    waiting: result.waiting + batch.waiting,
    broken: result.broken + batch.broken,
  };
}
