import { describe, expect, it } from 'vitest';
import type { MutationName } from '../protocol/mutations.ts';
import { at, config, Trial } from '../protocol/trial.testkit.ts';
import { Checker } from './checker.ts';

const FULL = ['0/a', '0/c', '0/e'];
const HOSTS_OF_FULL = ['A1', 'B1', 'C1'];
const HOSTS_OF_TAILS = ['A2', 'B2', 'C2'];

/** Full and tail copies of one group that is written to for some seconds. */
function played(mutations: readonly MutationName[], acts: ReturnType<typeof at>[] = []) {
  const cluster = config({
    groups: 1,
    pagesPerGroup: 31,
    replicas: 0,
    quorumModel: 'full-tail',
    backupEveryUs: 100_000,
    mutations,
    workload: { perSecond: 40, readPermille: 0 },
  });
  const trial = new Trial(cluster, acts);
  const checker = new Checker(trial.kernel);
  trial.watch((happening) => checker.see(happening, trial.kernel));
  return { trial, checker };
}

const floorOf = (trial: Trial, segments: readonly string[]): number =>
  Math.max(...segments.map((id) => trial.segment(id as '0/a').floor));

describe('a tail', () => {
  it('drops log once a full member has it in its pages, and asks how far that is', () => {
    const { trial, checker } = played([]);
    trial.to(6_000);
    expect(checker.violations).toEqual([]);
    const dropped = trial.told('collected').filter(({ segment }) => !FULL.includes(segment));
    expect(new Set(dropped.map(({ segment }) => segment))).toEqual(new Set(['0/b', '0/d', '0/f']));
    for (const { atUs, floor } of dropped) {
      const made = trial
        .told('collected')
        .filter((each) => FULL.includes(each.segment) && each.atUs < atUs)
        .map((each) => each.floor);
      expect(floor).toBeLessThanOrEqual(Math.max(...made));
    }
  });

  it('keeps all of it while no full member can say so', () => {
    const { trial, checker } = played(
      [],
      [
        at(900, {
          op: 'partition',
          from: HOSTS_OF_FULL,
          to: HOSTS_OF_TAILS,
          on: true,
        }),
      ],
    );
    trial.to(6_000);
    expect(checker.violations).toEqual([]);
    expect(floorOf(trial, FULL)).toBeGreaterThan(1_000);
    expect(floorOf(trial, ['0/b', '0/d', '0/f'])).toBe(1_000);
  });

  it('that does not wait is noticed (I34)', () => {
    const { trial, checker } = played(['tail-drops-first']);
    trial.to(6_000);
    expect(checker.violations.map(({ invariant }) => invariant)).toEqual(['I34']);
  });
});
