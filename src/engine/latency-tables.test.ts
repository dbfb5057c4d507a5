import { describe, expect, it } from 'vitest';
import { deviationsAt, HOPS, tableOf } from '../../e2e/tables/latency-tables.ts';
import { draw, hashText } from './chance.ts';
import { LATENCY_TABLES, type TableName } from './latency-tables.ts';
import { QUANTILE_COUNT, quantileAt } from './quantiles.ts';

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

/** Percentiles of a commit's latency: the writer in zone 1, two segments in each zone. */
function commitLatency(zones: number, tailPermille: number): readonly [number, number] {
  const samples = 20_000;
  let ordinal = 0;
  const luck = () => draw(hashText('commit'), ordinal++);
  const took = (name: TableName) => quantileAt(LATENCY_TABLES[name], luck());
  const commit = () => {
    const build = took('build');
    const acks = Array.from({ length: zones * 2 }, (_, segment) => {
      const hop = segment < 2 ? 'sameAz' : 'crossAz';
      const tail = luck() < tailPermille * (2 ** 32 / 1000) ? 20_000 : 0;
      return took(hop) + took('persist') + tail + took(hop);
    });
    return build + (acks.sort((a, b) => a - b)[3] ?? 0);
  };
  const latencies = Array.from({ length: samples }, commit).sort((a, b) => a - b);
  return [latencies[samples / 2] ?? 0, latencies[samples * 0.99] ?? 0];
}

describe('a commit, from building its batch to the fourth of six acknowledgements', () => {
  it.each([
    ['healthy', 3, 0, 1_030, 1_510],
    ['1 % of disk writes 20 ms late', 3, 10, 1_030, 1_540],
    ['5 % of disk writes 20 ms late', 3, 50, 1_060, 1_750],
    ['a whole zone gone', 2, 0, 1_290, 2_330],
    ['a zone gone and 1 % of disk writes late', 2, 10, 1_310, 21_100],
  ] as const)('%s', (_, zones, tailPermille, medianUs, p99Us) => {
    const [median, p99] = commitLatency(zones, tailPermille);
    expect(Math.abs(median / medianUs - 1)).toBeLessThan(0.03);
    expect(Math.abs(p99 / p99Us - 1)).toBeLessThan(0.05);
  });
});
