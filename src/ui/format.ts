import type { Micros } from '../engine/time.ts';
import { durationText } from '../scene/words.ts';

const numbers = new Intl.NumberFormat('en');
export const numberText = (value: number): string => numbers.format(value);

/** LSNs are names, not amounts: digits without separators. */
export const lsnText = (lsn: number): string => (lsn > 0 ? String(lsn) : '–');

/** What the clock is doing, in words. */
export const speedText = (rateUs: Micros): string =>
  `1 s on screen = ${durationText(rateUs)} in the cluster`;

export const plural = (count: number, one: string, many = `${one}s`): string =>
  `${numberText(count)} ${count === 1 ? one : many}`;
