import type { Micros } from '../engine/time.ts';

/** A length of time in the unit that reads best: `240 µs`, `3.4 ms`, `12 s`. */
export function durationText(us: Micros): string {
  if (us < 1_000) return `${Math.round(us)} µs`;
  if (us < 1_000_000) return `${trimmed(us / 1_000)} ms`;
  return `${trimmed(us / 1_000_000)} s`;
}

const trimmed = (value: number): string => String(Number(value.toFixed(value < 10 ? 1 : 0)));

const numbers = new Intl.NumberFormat('en');
export const numberText = (value: number): string => numbers.format(value);

/** LSNs are names, not amounts: digits without separators. */
export const lsnText = (lsn: number): string => (lsn > 0 ? String(lsn) : '–');

/** What the clock is doing, in words. */
export const speedText = (rateUs: Micros): string =>
  `1 s on screen = ${durationText(rateUs)} in the cluster`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;
