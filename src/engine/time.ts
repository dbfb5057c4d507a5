/** A moment or duration of simulated time: whole microseconds since the run began. */
export type Micros = number;

/**
 * A place in a run: after the n-th event of the microsecond `timeUs`. Several events can share one
 * microsecond, so a time alone does not name a moment.
 */
export interface Position {
  readonly timeUs: Micros;
  readonly n: number;
}

/** The position after every event of a microsecond. */
export const afterAll = (timeUs: Micros): Position => ({ timeUs, n: Number.MAX_SAFE_INTEGER });

export const START: Position = { timeUs: 0, n: 0 };

/** Negative, zero or positive as `a` lies before, at or after `b`. */
export const comparePositions = (a: Position, b: Position): number =>
  a.timeUs - b.timeUs || a.n - b.n;

/** Milliseconds, to the nearest whole microsecond. */
export const millis = (ms: number): Micros => Math.round(ms * 1_000);

/** Seconds, to the nearest whole microsecond. */
export const seconds = (s: number): Micros => Math.round(s * 1_000_000);
