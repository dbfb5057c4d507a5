import { max, range } from 'd3';

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

interface Axis {
  readonly domain: readonly [number, number];
  readonly ticks: readonly number[];
}

/** The least round step of which no more than so many fit into a length. */
export function roundStep(length: number, most: number): number {
  const unit = 10 ** Math.floor(Math.log10(Math.max(length, 1e-6) / most));
  return unit * ([1, 2, 5].find((each) => length / (each * unit) <= most) ?? 10);
}

/** An axis from nothing to a round number at or above the highest of some values. */
export function axisFromZero(values: Iterable<number>, least: number, most: number): Axis {
  const highest = Math.max(least, max(values) ?? 0);
  const step = roundStep(highest, most);
  const count = Math.ceil(highest / step - 1e-9);
  return { domain: [0, count * step], ticks: range(count + 1).map((i) => i * step) };
}

/** Moments of an axis of time, in one unit, which the last of them names: `20`, `40`, `60 ms`. */
export function timeTexts(times: readonly number[]): readonly string[] {
  const last = times.at(-1) ?? 0;
  const [unitUs, unit] = last >= 1_000_000 ? [1_000_000, 's'] : [1_000, 'ms'];
  const step = ((times[1] ?? last) - (times[0] ?? 0) || unitUs) / unitUs;
  const digits = Math.max(0, Math.ceil(-Math.log10(step) - 1e-9));
  return times.map((us) => `${(us / unitUs).toFixed(digits)}${us === last ? ` ${unit}` : ''}`);
}
