import type { Micros } from './time.ts';

/**
 * A distribution of durations as whole microseconds at fixed ranks: 128 even steps, the last of
 * which is divided into 128 more so that the tail keeps its shape up to rank 1 − 1/16384.
 * Length 257: values at ranks 0/128 … 127/128, then 127/128 + j/16384 for j = 1 … 128, then a last
 * value that closes the 128th fine step.
 */
export type Quantiles = readonly number[];

export const QUANTILE_COUNT = 257;

/** The duration at the rank that 32 uniform bits stand for, linear between the table's values. */
export function quantileAt(table: Quantiles, luck: number): Micros {
  const coarse = luck >>> 25;
  const rest = luck & 0x1ffffff;
  if (coarse < 127) return between(table, coarse, rest, 0x2000000);
  return between(table, 127 + (rest >>> 18), rest & 0x3ffff, 0x40000);
}

function between(table: Quantiles, index: number, part: number, whole: number): Micros {
  const low = table[index] ?? 0;
  const high = table[index + 1] ?? low;
  return low + Math.floor(((high - low) * part) / whole);
}
