import { describe, expect, it } from 'vitest';
import { millis } from '../engine/time.ts';
import { addSpread, slicesOf } from '../history/seed-spread.ts';
import { summaryOf } from '../history/seed-summary.ts';
import type { Act } from '../protocol/intervention.ts';
import { DEFAULT_RUN } from '../scenario/presets.ts';
import type { Run } from '../scenario/run.ts';
import { runSeeds } from './seed-runs.ts';

const slices = slicesOf(0, millis(60));

const runWith = (...acts: readonly (readonly [ms: number, act: Act])[]): Run => ({
  ...DEFAULT_RUN,
  interventions: acts.map(([ms, act]) => ({ at: { timeUs: millis(ms), n: 0 }, act })),
});

const done = (run: Run, from = 1, to = 10) => runSeeds({ run, slices }, from, to);
const figures = (run: Run) => summaryOf(done(run).spread, slices);

describe('a run on many seeds', () => {
  it('is counted the same in one piece or in several', () => {
    const whole = done(DEFAULT_RUN, 1, 6);
    const { spread } = done(DEFAULT_RUN, 1, 2);
    addSpread(spread, done(DEFAULT_RUN, 3, 6).spread);
    expect(spread).toEqual(whole.spread);
    expect(whole.seeds).toBe(6);
    expect(whole.broken).toBe(0);
  });

  it('orders acknowledgements: each comes later than the one before, and the fourth is the quorum', () => {
    const { acks, quorums, waits } = figures(DEFAULT_RUN);
    const halves = acks.map(({ p50Us }) => p50Us);
    expect(halves).toHaveLength(6);
    expect(halves).toEqual(halves.toSorted((a, b) => a - b));
    expect(quorums.all?.p50Us).toBe(acks[3]?.p50Us);
    expect(waits.all!.p5Us).toBeLessThan(waits.all!.p50Us);
    expect(waits.all!.p50Us).toBeLessThan(waits.all!.p95Us);
  });

  it('replays what was done: with three copies away commits wait in every seed', () => {
    const crashes = (['A1', 'B1', 'C1'] as const).map(
      (target) => [30, { op: 'crash', target }] as const,
    );
    const { waits } = figures(runWith(...crashes));
    expect(done(runWith(...crashes)).waiting).toBeGreaterThan(10);
    expect(waits.bands.every(({ fromUs }) => fromUs < millis(40))).toBe(true);
  });

  it('says in how many seeds an act found nothing to do', () => {
    const twice = runWith([10, { op: 'crash', target: 'B2' }], [20, { op: 'crash', target: 'B2' }]);
    expect([...done(twice).refused]).toEqual([[millis(20), 10]]);
  });

  it('leaves out what was done after the stretch', () => {
    const later = runWith([61, { op: 'crash-zone', az: 'A' }]);
    expect(done(later)).toEqual(done(DEFAULT_RUN));
  });
});
