import type { Micros } from '../engine/time.ts';

/** So many can be told apart on any screen. */
const MOST = 16_384;

/**
 * Times in order, however many: when there are too many every other one is let go of, and each that is left
 * stands for twice as many.
 */
export class ThinnedTimes {
  readonly #most: number;
  #times: Micros[] = [];
  #stride = 1;
  /** Those since the last one kept. */
  #since = 0;

  constructor(most = MOST) {
    this.#most = most;
  }

  /** Those kept. */
  get times(): readonly Micros[] {
    return this.#times;
  }
  /** How many each of them stands for. */
  get stride(): number {
    return this.#stride;
  }
  /** How many there were, those let go of included. */
  get count(): number {
    return this.#times.length * this.#stride + this.#since;
  }

  add(timeUs: Micros): void {
    this.#since++;
    if (this.#since < this.#stride) return;
    this.#since = 0;
    this.#times.push(timeUs);
    if (this.#times.length < this.#most) return;
    this.#times = this.#times.filter((_, i) => i % 2 === 1);
    this.#stride *= 2;
  }

  /** Lets go of those from a time on. */
  forget(fromUs: Micros): void {
    const kept = this.#times.findIndex((timeUs) => timeUs >= fromUs);
    if (kept < 0) return;
    this.#times.length = kept;
    this.#since = 0;
  }
}
