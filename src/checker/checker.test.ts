import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fault, request } from '../protocol/faults.testkit.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { at, type Changes, config, Trial } from '../protocol/trial.testkit.ts';
import { INVARIANTS } from './catalogue.ts';
import { Checker } from './checker.ts';

/** Clusters small enough that everything meets: few pages cached, several groups, slow disks. */
const cluster: fc.Arbitrary<Changes> = fc
  .record({
    groups: fc.integer({ min: 1, max: 4 }),
    replicas: fc.integer({ min: 0, max: 3 }),
    cachePages: fc.integer({ min: 16, max: 40 }),
    builtPages: fc.integer({ min: 0, max: 8 }),
    hostsPerZone: fc.constantFrom(2, 4),
    allocationLimit: fc.constantFrom(20, 60, 1_000),
    lossPpm: fc.constantFrom(0, 0, 1_000, 50_000),
    duplicatePpm: fc.constantFrom(0, 50_000),
    tailPpm: fc.constantFrom(0, 10_000, 100_000),
    tailUs: fc.constant(20_000),
    workload: fc.record({
      perSecond: fc.constantFrom(250, 600, 2_000),
      readPermille: fc.constantFrom(0, 100, 500),
      skewPermille: fc.nat(1_000),
      statementsPerTransaction: fc.integer({ min: 1, max: 3 }),
    }),
  })
  .map((changes) => ({ ...changes, pagesPerGroup: changes.groups < 3 ? 31 : 16 }));

/** Long enough for some thousand events, gossip among them where the load is low. */
const lengthMs = (changes: Changes): number =>
  changes.workload?.perSecond === 2_000 ? 60 : changes.workload?.perSecond === 600 ? 160 : 240;

/** A cluster, what goes wrong in it and what is asked of it, at random moments. */
const faultyRun = cluster.chain((changes) => {
  const changed = config(changes);
  const moment = fc.nat(lengthMs(changes) * 20).map((n) => n / 20);
  const timed = (act: fc.Arbitrary<Act>) =>
    fc.tuple(moment, act).map(([ms, each]): Intervention => at(ms, each));
  return fc.record({
    changes: fc.constant(changes),
    seed: fc.nat(0xffff_ffff),
    faults: fc.array(timed(fault(changed)), { maxLength: 14 }),
    requests: fc.array(timed(request(changed)), { maxLength: 25 }),
  });
});

const RUNS = 100;

describe('whatever fails and comes back', () => {
  it('every point, chain, cache, commit and page is as the protocol says, after every event', () => {
    let events = 0;
    fc.assert(
      fc.property(faultyRun, ({ changes, seed, faults, requests }) => {
        const trial = new Trial(config(changes), [...faults, ...requests], { seed });
        const checker = new Checker(trial.kernel);
        trial.watch((happening) => checker.see(happening, trial.kernel));
        trial.to(lengthMs(changes));
        checker.finish();
        expect(checker.violations).toEqual([]);
        events += trial.kernel.count;
      }),
      { numRuns: RUNS, endOnFailure: true },
    );
    expect(events).toBeGreaterThan(RUNS * 2_000);
  }, 120_000);
});

describe('the invariants', () => {
  it('are named once each, in words', () => {
    const ids = INVARIANTS.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { title, says } of INVARIANTS) {
      expect(title).not.toMatch(/\.$/);
      expect(says).toMatch(/\.$/);
    }
  });
});
