import { describe, expect, it } from 'vitest';
import { INVARIANTS } from '../checker/catalogue.ts';
import { millis, type Position } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { DEFAULT_RUN } from '../scenario/presets.ts';
import type { Run } from '../scenario/run.ts';
import { RunChecker } from './run-checker.ts';

const at = (ms: number): Position => ({ timeUs: millis(ms), n: 1 });
const withActs = (...acts: readonly (readonly [ms: number, act: Act])[]): Run => ({
  ...DEFAULT_RUN,
  interventions: acts.map(([ms, act]) => ({ at: at(ms), act })),
});
const never = (): boolean => false;

describe('the checker of the page', () => {
  it('follows a run to where it is shown and finds all rules holding', () => {
    const checker = new RunChecker(DEFAULT_RUN);
    expect(checker.follow(DEFAULT_RUN, at(20), never)).toBe(true);
    const { rules, violations, upTo } = checker.verdict;
    expect([rules, violations]).toEqual([INVARIANTS.length, []]);
    expect(upTo.timeUs).toBeGreaterThan(millis(18));
    expect(upTo.timeUs).toBeLessThanOrEqual(millis(20));
  });

  it('stops when time is up, and goes on from there', () => {
    const checker = new RunChecker(DEFAULT_RUN);
    expect(checker.follow(DEFAULT_RUN, at(20), () => true)).toBe(false);
    const { upTo } = checker.verdict;
    expect(upTo.timeUs).toBeLessThan(millis(18));
    expect(checker.follow(DEFAULT_RUN, at(20), never)).toBe(true);
  });

  it('goes on when something is done at the present moment, and begins anew when the past changes', () => {
    const checker = new RunChecker(DEFAULT_RUN);
    checker.follow(DEFAULT_RUN, at(20), never);
    const there = checker.verdict.upTo;
    const killed = withActs([21, { op: 'crash', target: 'B2' }]);
    checker.follow(killed, at(20), () => true);
    expect(checker.verdict.upTo).toEqual(there);
    const earlier = withActs([5, { op: 'crash', target: 'B2' }]);
    checker.follow(earlier, at(20), () => true);
    expect(checker.verdict.upTo.timeUs).toBeLessThan(millis(18));
  });
});
