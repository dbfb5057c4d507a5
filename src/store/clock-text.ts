import type { Micros } from '../engine/time.ts';

const MINUTE: Micros = 60_000_000;
const SECOND: Micros = 1_000_000;

/** A moment as the clock shows it, digits fixed: `12.850 ms`, `1.284 s`, `00:31.2` from a minute on. */
export function clockText(timeUs: number): string {
  const us = Math.floor(timeUs);
  if (us < SECOND) return `${(us / 1_000).toFixed(3)} ms`;
  // Cut, not rounded: a clock never shows a moment that has not come.
  if (us < MINUTE) return `${(Math.floor(us / 1_000) / 1_000).toFixed(3)} s`;
  const tenths = Math.floor(us / 100_000);
  const minutes = String(Math.floor(tenths / 600)).padStart(2, '0');
  const rest = ((tenths % 600) / 10).toFixed(1).padStart(4, '0');
  return `${minutes}:${rest}`;
}

/** The same for being read aloud, units in full. */
export function spokenClock(timeUs: number): string {
  const text = clockText(timeUs);
  return text.replace(/ ms$/, ' milliseconds').replace(/ s$/, ' seconds');
}
