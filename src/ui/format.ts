import type { Micros } from '../engine/time.ts';
import { durationText } from '../scene/words.ts';

/** LSNs are names, not amounts: digits without separators. */
export const lsnText = (lsn: number): string => (lsn > 0 ? String(lsn) : '–');

/** What the clock is doing, in words. */
export const speedText = (rateUs: Micros): string =>
  `1 s on screen = ${durationText(rateUs)} in the cluster`;
