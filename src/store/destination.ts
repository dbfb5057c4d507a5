import type { Micros } from '../engine/time.ts';

const UNITS: Readonly<Record<string, Micros>> = {
  µs: 1,
  us: 1,
  ms: 1_000,
  s: 1_000_000,
  min: 60_000_000,
};
const TIME = /^(\d{1,9}(?:\.\d{1,6})?)\s*(µs|us|ms|s|min)$/;
const CLOCK = /^(\d{1,4}):([0-5]?\d(?:\.\d{1,3})?)$/;

/** A moment as people write one: `12.85 ms`, `350us`, `1.2 s`, `01:31.2`. Null for anything else. */
export function momentIn(text: string): Micros | null {
  const plain = text.trim().toLowerCase();
  const clock = CLOCK.exec(plain);
  if (clock) return Math.round((Number(clock[1]) * 60 + Number(clock[2])) * 1_000_000);
  const [, amount, unit = ''] = TIME.exec(plain) ?? [];
  const factor = UNITS[unit];
  return amount === undefined || factor === undefined ? null : Math.round(Number(amount) * factor);
}

/** The number of a record as people write one: `1042`, `#1042`, `LSN 1042`. Null for anything else. */
export function lsnIn(text: string): number | null {
  const [, digits] = /^(?:#|lsn\s*)?(\d{1,12})$/i.exec(text.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}
