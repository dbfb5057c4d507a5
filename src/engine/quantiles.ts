import type { Micros } from './time.ts';

/**
 * A distribution of durations as whole microseconds at fixed ranks. Sixteen octaves of sixteen even
 * steps each: an octave covers half of what lies between its start and rank 1, and the last one all
 * of it. So the tail keeps its shape to rank 1 − 1/524288 and the 99th percentile is as exact as
 * the median. One more value, the 257th, closes the last step.
 */
export type Quantiles = readonly number[];

const OCTAVES = 16;
const STEP_BITS = 4;
const STEPS = 1 << STEP_BITS;

export const QUANTILE_COUNT = OCTAVES * STEPS + 1;

/** The rank that the value at an index of a table stands for, from 0 to 1. */
export function rankOf(index: number): number {
  const octave = Math.min(index >> STEP_BITS, OCTAVES - 1);
  const start = 1 - 1 / (1 << octave);
  const width = 1 / (1 << Math.min(octave + 1, OCTAVES - 1));
  return start + (width * (index - octave * STEPS)) / STEPS;
}

/** The duration at the rank that 32 uniform bits stand for, linear between the table's values. */
export function quantileAt(table: Quantiles, luck: number): Micros {
  const octave = Math.min(Math.clz32(~luck), OCTAVES - 1);
  const bits = 31 - Math.min(octave, OCTAVES - 2) - STEP_BITS;
  const index = octave * STEPS + ((luck >>> bits) & (STEPS - 1));
  const low = table[index] ?? 0;
  const high = table[index + 1] ?? low;
  const whole = 1 << bits;
  return low + Math.floor(((high - low) * (luck & (whole - 1))) / whole + 0.5);
}
