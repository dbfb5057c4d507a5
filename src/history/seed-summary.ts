import type { Micros } from '../engine/time.ts';
import { addCounts, type Counts, quantilesOf, totalOf } from './histogram.ts';
import type { Slices, Spread } from './seed-spread.ts';

/** What most values of one kind lie between, in microseconds. */
export interface Quantiles {
  readonly p5Us: Micros;
  readonly p50Us: Micros;
  readonly p95Us: Micros;
  readonly p99Us: Micros;
  /** Of so many values. */
  readonly count: number;
}

/** The same of one slice of time. */
export interface Band extends Quantiles {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** One kind of value: over time, and of the whole stretch; null when there was none. */
interface Measure {
  readonly bands: readonly Band[];
  readonly all: Quantiles | null;
}

/** What many runs did between two moments, in figures. */
export interface SeedSummary {
  readonly waits: Measure;
  readonly quorums: Measure;
  readonly lags: Measure;
  /** The first acknowledgement, the second …, of the whole stretch. */
  readonly acks: readonly Quantiles[];
}

/** Fewer values than this say nothing about five per cent of them. */
const LEAST = 20;

/** Puts what was counted into figures. */
export function summaryOf(spread: Spread, slices: Slices): SeedSummary {
  const measure = (counts: readonly Counts[]): Measure => ({
    bands: counts.flatMap((each, i) => bandOf(each, slices, i)),
    all: quantiles(together(counts)),
  });
  return {
    waits: measure(spread.waits),
    quorums: measure(spread.quorums),
    lags: measure(spread.lags),
    acks: spread.acks.flatMap((counts) => quantiles(together(counts)) ?? []),
  };
}

function together(counts: readonly Counts[]): Counts {
  const all: Counts = new Map();
  for (const each of counts) addCounts(all, each);
  return all;
}

function quantiles(counts: Counts): Quantiles | null {
  const [p5Us = 0, p50Us = 0, p95Us = 0, p99Us = 0] =
    quantilesOf(counts, [0.05, 0.5, 0.95, 0.99]) ?? [];
  const count = totalOf(counts);
  return count === 0 ? null : { p5Us, p50Us, p95Us, p99Us, count };
}

function bandOf(counts: Counts, { fromUs, toUs, sliceUs }: Slices, i: number): readonly Band[] {
  const found = quantiles(counts);
  if (found === null || found.count < LEAST) return [];
  const beginUs = fromUs + i * sliceUs;
  return [{ ...found, fromUs: beginUs, toUs: Math.min(toUs, beginUs + sliceUs) }];
}
