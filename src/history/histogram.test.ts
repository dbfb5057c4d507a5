import { describe, expect, it } from 'vitest';
import { addCounts, type Counts, count, quantilesOf, totalOf } from './histogram.ts';

const counted = (values: readonly number[]): Counts => {
  const counts: Counts = new Map();
  for (const value of values) count(counts, value);
  return counts;
};

describe('a histogram', () => {
  it('knows small values exactly', () => {
    for (let value = 0; value < 64; value++)
      expect(quantilesOf(counted([value]), [0.5])).toEqual([value]);
  });

  it('knows any value to one part in sixty', () => {
    for (let value = 64; value < 2 ** 31; value = Math.ceil(value * 1.37)) {
      const [found = 0] = quantilesOf(counted([value]), [0.5]) ?? [];
      expect(Math.abs(found - value) / value).toBeLessThanOrEqual(1 / 60);
    }
  });

  it('finds what parts of all values lie below', () => {
    const counts = counted(Array.from({ length: 1_000 }, (_, i) => 1_000 + i));
    const [low = 0, half = 0, high = 0] = quantilesOf(counts, [0.05, 0.5, 0.95]) ?? [];
    expect(Math.abs(low - 1_050)).toBeLessThan(20);
    expect(Math.abs(half - 1_500)).toBeLessThan(30);
    expect(Math.abs(high - 1_950)).toBeLessThan(40);
  });

  it('is the same counted in one or in two', () => {
    const values = Array.from({ length: 500 }, (_, i) => (i * 7_919) % 10_007);
    const apart = counted(values.slice(0, 200));
    addCounts(apart, counted(values.slice(200)));
    expect(apart).toEqual(counted(values));
    expect(totalOf(apart)).toBe(500);
  });

  it('says when there is nothing', () => {
    expect(quantilesOf(new Map(), [0.5])).toBeNull();
  });
});
