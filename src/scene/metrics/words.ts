import { max, ticks } from 'd3';

export const msOf = (us: number): number => us / 1_000;

/** A figure with about three digits. */
export function figure(value: number): string {
  const size = Math.abs(value);
  return value.toFixed(size < 9.995 ? 2 : size < 99.95 ? 1 : 0);
}

/** A length of time: `0.93 ms`, `12.4 ms`, `1.28 s`. */
export const lengthText = (us: number): string =>
  us < 999_500 ? `${figure(us / 1_000)} ms` : `${figure(us / 1_000_000)} s`;

/** An amount of bytes: `840 B`, `2.31 kB`. */
export const bytesText = (bytes: number): string =>
  bytes < 1_000 ? `${Math.round(bytes)} B` : `${figure(bytes / 1_000)} kB`;

const numbers = new Intl.NumberFormat('en');
export const countText = (count: number, one: string): string =>
  `${numbers.format(count)} ${one}${count === 1 ? '' : 's'}`;

interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** An axis from nothing to a round number at or above the highest of some values. */
export function axisFromZero(values: Iterable<number>, least: number, parts: number): Axis {
  const highest = Math.max(least, max(values) ?? 0);
  const steps = ticks(0, highest, parts);
  const step = (steps[1] ?? highest) - (steps[0] ?? 0);
  const top = Math.ceil(highest / step - 1e-9) * step;
  return { domain: [0, top], ticks: ticks(0, top, Math.round(top / step)) };
}

/** Moments of an axis of time, in one unit: `20 ms`, `1.5 s`. */
export function timeText(us: number, stepUs: number): string {
  const unitUs = stepUs >= 200_000 ? 1_000_000 : 1_000;
  const digits = Math.max(0, Math.ceil(-Math.log10(stepUs / unitUs) - 1e-9));
  return `${(us / unitUs).toFixed(Math.min(3, digits))} ${unitUs === 1_000 ? 'ms' : 's'}`;
}
