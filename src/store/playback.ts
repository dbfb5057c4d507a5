import type { Micros } from '../engine/time.ts';

/** Speeds offered: simulated microseconds per second of the wall clock. */
export const RATES: readonly Micros[] = [
  100, 500, 1_000, 5_000, 50_000, 1_000_000, 10_000_000, 60_000_000,
];
export const DEFAULT_RATE: Micros = 1_000;

/** The next faster (1) or slower (-1) speed on offer; the same at the end of the row. */
export function nextRate(rateUs: Micros, direction: 1 | -1): Micros {
  const found =
    direction === 1 ? RATES.find((rate) => rate > rateUs) : RATES.findLast((rate) => rate < rateUs);
  return found ?? rateUs;
}

/** A frame later than this was no frame but a stall: time does not catch up on it. */
const LONGEST_FRAME_MS = 100;
const SHORTEST_STEP_MS = 120;
const LONGEST_STEP_MS = 900;

/** Simulated time that passes in one frame. */
export const frameUs = (wallMs: number, rateUs: Micros): number =>
  (Math.min(Math.max(wallMs, 0), LONGEST_FRAME_MS) * rateUs) / 1_000;

/** How long a step over `spanUs` is shown for. */
export const stepMs = (spanUs: number, rateUs: Micros): number =>
  Math.min(LONGEST_STEP_MS, Math.max(SHORTEST_STEP_MS, (spanUs / rateUs) * 1_000));

/** Share of the memory that one frame replaces: about half a second at 60 frames a second. */
const FADE = 0.97;
/** Below this the lag is rounding, not slowness. */
const NOTICEABLE = 1.05;

/** How far the simulation falls behind the speed asked for, over the last moments. */
export class Pace {
  #asked = 0;
  #got = 0;

  add(askedUs: number, gotUs: number): void {
    this.#asked = this.#asked * FADE + askedUs;
    this.#got = this.#got * FADE + gotUs;
  }

  reset(): void {
    this.#asked = 0;
    this.#got = 0;
  }

  /** 1 when it keeps up, 38 when it runs 38 times slower than asked. */
  slowBy(): number {
    if (this.#asked === 0) return 1;
    // Not one microsecond gained yet: as slow as what was asked.
    const ratio = this.#asked / Math.max(this.#got, 1);
    return ratio < NOTICEABLE ? 1 : ratio;
  }
}
