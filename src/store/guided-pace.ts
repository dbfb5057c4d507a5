import type { Micros } from '../engine/time.ts';

/** `steady` never skips; `guided` shortens stretches in which nothing worth telling happens. */
export type PaceName = 'steady' | 'guided';

/** A stretch without a beat is played for so long, then again so long before the beat: 600 ms at most. */
const PLAYED_MS = 400;
const LEAD_MS = 150;
/** What would take no longer than this is not worth a jump. */
const LEAST_MS = 100;

/** How long nothing has happened, on the wall clock: tells when it is time to look for what comes next. */
export class Idleness {
  #idleMs = 0;
  #looked = false;

  /** Something worth telling happened, or another moment is shown. */
  end(): void {
    this.#idleMs = 0;
    this.#looked = false;
  }

  pass(wallMs: number): void {
    this.#idleMs += wallMs;
  }

  /** True once in each stretch. */
  isLong(): boolean {
    if (this.#looked || this.#idleMs < PLAYED_MS) return false;
    this.#looked = true;
    return true;
  }
}

/** The same in simulated time, at a speed. */
export const skipSpans = (
  rateUs: Micros,
): { readonly leadUs: number; readonly leastUs: number } => ({
  leadUs: (LEAD_MS * rateUs) / 1_000,
  leastUs: (LEAST_MS * rateUs) / 1_000,
});
