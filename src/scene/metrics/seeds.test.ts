import { describe, expect, it } from 'vitest';
import type { Band, SeedSummary } from '../../history/seed-summary.ts';
import type { Plot } from './plot.ts';
import { seedRows, withSeeds } from './seeds.ts';

const band = (fromUs: number, p50Us: number): Band => ({
  ...{ fromUs, toUs: fromUs + 10, count: 50 },
  ...{ p5Us: p50Us / 2, p50Us, p95Us: p50Us * 2, p99Us: p50Us * 3 },
});

const measure = (...bands: readonly Band[]) => ({ bands, all: bands[0] ?? null });

const summary: SeedSummary = {
  // Nothing was answered between 20 and 40.
  waits: measure(band(0, 1_000), band(10, 1_100), band(40, 9_000)),
  quorums: measure(band(0, 900)),
  lags: measure(),
  acks: [500, 600, 700, 900, 1_200, 2_000].map((us) => band(0, us)),
};

const plot = (id: Plot['id']): Plot => ({
  ...{ id, name: id, finding: 'found', key: 'Key.', holds: false, points: [] },
  panels: [{ unit: 'ms', domain: [0, 2], ticks: [0, 1, 2], guides: [], marks: [] }],
});

const laid = (id: Plot['id']): Plot => withSeeds([plot(id)], { summary, count: 1_000 })[0]!;

describe('other seeds', () => {
  it('are a shade and a line for each stretch of slices that have something to show', () => {
    const [panel] = laid('latency').panels;
    const shades = panel!.marks.filter(({ ink }) => ink === 'seeds');
    expect(shades.map(({ points }) => points)).toEqual([
      [
        [0, 0.5, 2],
        [10, 0.5, 2],
        [10, 0.55, 2.2],
        [20, 0.55, 2.2],
      ],
      [
        [40, 4.5, 18],
        [50, 4.5, 18],
      ],
    ]);
    expect(panel!.marks.flatMap(({ label }) => label ?? [])).toEqual(['seeds']);
  });

  it('never make what this run did smaller than a third', () => {
    expect(laid('latency').panels[0]!.domain).toEqual([0, 6]);
    expect(laid('fan').panels[0]!.domain).toEqual([0, 2]);
  });

  it('say how many they are and what they found', () => {
    expect(laid('latency').seeds).toBe(
      '1,000 seeds: half in 1.00 ms, 95 % in 2.00 ms, 99 % in 3.00 ms',
    );
    expect(laid('fan').seeds).toBe(
      '1,000 seeds, median acks: 0.50 · 0.60 · 0.70 · 0.90 · 1.20 · 2.00 ms',
    );
    expect(laid('fan').key).toBe('Key. Shade: 5 to 95 % of 1,000 seeds; its line: half.');
  });

  it('leave alone what they say nothing about', () => {
    for (const id of ['lag', 'copies', 'frontier', 'traffic'] as const)
      expect(laid(id)).toEqual(plot(id));
  });

  it('are rows of a table as well', () => {
    const rows = seedRows({ summary, count: 1_000 });
    expect(rows.map(([name]) => name)).toEqual([
      'Commit latency',
      ...[1, 2, 3, 4, 5, 6].map((n) => `Acknowledgement ${n}`),
      'Write quorum',
    ]);
    expect(rows[0]).toEqual(['Commit latency', '0.50', '1.00', '2.00', '3.00', 50]);
  });
});
