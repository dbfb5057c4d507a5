import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { fault, request, select } from './faults.testkit.ts';
import type { Act, Intervention } from './intervention.ts';
import { Snapshots } from './snapshots.testkit.ts';
import { at, config, sql, Trial } from './trial.testkit.ts';
import { lowestReadPoint } from './writer-issue.ts';

vi.setConfig({ testTimeout: 60_000 });

const LENGTH_MS = 120;
const changes = {
  replicas: 2,
  cachePages: 16,
  builtPages: 2,
  workload: { perSecond: 800, readPermille: 300, skewPermille: 900 },
};

const run = fc.record({
  seed: fc.nat(0xffff_ffff),
  faults: fc.array(timed(fault(config(changes))), { maxLength: 5 }),
  requests: fc.array(timed(request(config(changes))), { minLength: 10, maxLength: 40 }),
});

function timed(act: fc.Arbitrary<Act>): fc.Arbitrary<Intervention> {
  return fc.tuple(fc.nat(LENGTH_MS * 20), act).map(([n, each]) => at(n / 20, each));
}

describe('a SELECT', () => {
  it('sees exactly the transactions committed at its read view, on the writer and on replicas', () => {
    let checked = 0;
    fc.assert(
      fc.property(run, ({ seed, faults, requests }) => {
        const trial = new Trial(config(changes), [...faults, ...requests], { seed });
        const snapshots = new Snapshots(trial);
        trial.to(LENGTH_MS + 50);
        checked += snapshots.checked;
      }),
      { numRuns: 25, endOnFailure: true },
    );
    expect(checked).toBeGreaterThan(400);
  }, 60_000);
});

describe('a long statement on a replica', () => {
  it('keeps PGMRPL at its read view until it ends, and sees nothing newer', () => {
    // All storage is cut off from the replica, so the statement cannot end before it is back.
    const hosts = ['A', 'B', 'C'].flatMap((zone) => [1, 2, 3, 4].map((n) => `${zone}${n}`));
    const slow = (ms: number, on: boolean) =>
      hosts.map((target) => at(ms, { op: 'slow', target, on }));
    const trial = new Trial(
      config({ replicas: 1, cachePages: 16, workload: { perSecond: 300, skewPermille: 900 } }),
      [...slow(100, true), at(110, sql(101, [select(1, 3_000)], 'R1')), ...slow(400, false)],
    );
    const snapshots = new Snapshots(trial);
    trial.to(115);
    const { view } = trial.replica('R1').sessions.find(({ id }) => id === 101)!;
    const busy = (): boolean =>
      trial.replica('R1').sessions.some(({ id, work }) => id === 101 && work !== null);
    const { floor } = trial.segment('0/a');
    expect(busy()).toBe(true);
    const highest: number[] = [];
    trial.watch(() => {
      if (busy()) highest.push(lowestReadPoint(trial.writer));
    });
    expect(trial.until(() => !busy(), 10)).toBe(true);
    expect(Math.max(...highest)).toBeLessThanOrEqual(view);
    expect(trial.replica('R1').vdl).toBeGreaterThan(view + 10);
    expect(snapshots.checked).toBeGreaterThan(0);
    trial.to(4_500);
    expect(lowestReadPoint(trial.writer)).toBeGreaterThan(view);
    expect(trial.segment('0/a').floor).toBeGreaterThan(floor);
  });
});
