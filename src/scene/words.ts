import type { Lsn, Micros } from './view-types.ts';

const numbers = new Intl.NumberFormat('en');

/** An amount: `1,042`. */
export const numberText = (value: number): string => numbers.format(value);

/** `1 minute`, `3 minutes`. */
export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;

const trimmed = (value: number): string => String(Number(value.toFixed(value < 10 ? 1 : 0)));

/** A length of time in the unit that reads best: `240 µs`, `3.4 ms`, `12 s`. */
export function durationText(us: Micros): string {
  if (us < 1_000) return `${Math.round(us)} µs`;
  if (us < 1_000_000) return `${trimmed(us / 1_000)} ms`;
  return `${trimmed(us / 1_000_000)} s`;
}

/** As words begin a sentence. */
export const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** `1042`, or `1040–1042 ×3`. */
export function rangeText(first: Lsn | null, last: Lsn | null, count: number): string {
  if (first === null || last === null) return count > 1 ? `×${count}` : '';
  if (first === last) return String(last);
  return count > 1 ? `${first}–${last} ×${count}` : `${first}–${last}`;
}
