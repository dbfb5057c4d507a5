import { describe, expect, it } from 'vitest';
import { deviationsAt, HOPS, tableOf } from '../../e2e/tables/latency-tables.ts';
import { QUANTILE_COUNT, quantileAt } from '../engine/quantiles.ts';
import { LATENCY_TABLES, type TableName } from './latency-tables.ts';

const luckAt = (rank: number): number => Math.floor(rank * 2 ** 32);
const names = Object.keys(LATENCY_TABLES) as readonly TableName[];

describe('the latency tables', () => {
  it.each(names)('%s has the median and the 99th percentile it is made from', (name) => {
    const { medianUs, p99Us } = HOPS[name];
    const within = (us: number) => Math.max(1, us / 100);
    const median = quantileAt(LATENCY_TABLES[name], luckAt(0.5));
    const p99 = quantileAt(LATENCY_TABLES[name], luckAt(0.99));
    expect(Math.abs(median - medianUs)).toBeLessThanOrEqual(within(medianUs));
    expect(Math.abs(p99 - p99Us)).toBeLessThanOrEqual(within(p99Us));
  });

  it.each(names)('%s as checked in is what its generator makes', (name) => {
    const made = tableOf(HOPS[name]);
    expect(LATENCY_TABLES[name]).toHaveLength(QUANTILE_COUNT);
    LATENCY_TABLES[name].forEach((us, index) => {
      expect(Math.abs(us - (made[index] ?? 0))).toBeLessThanOrEqual(1);
    });
  });

  it.each(names)('%s never falls, and holds whole microseconds from 1', (name) => {
    const table = LATENCY_TABLES[name];
    expect(table.every((us) => Number.isInteger(us) && us >= 1)).toBe(true);
    expect([...table].sort((a, b) => a - b)).toEqual(table);
  });

  it('cover every hop that has a distribution', () => {
    expect(names).toEqual(Object.keys(HOPS));
  });

  it('rest on the textbook ranks of the normal distribution', () => {
    const textbook = [
      [0.5, 0],
      [0.841344746, 1],
      [0.977249868, 2],
      [0.99, 2.326347874],
      [0.998650102, 3],
      [0.999968329, 4],
    ] as const;
    for (const [rank, deviations] of textbook) {
      expect(deviationsAt(rank)).toBeCloseTo(deviations, 4);
    }
  });
});
