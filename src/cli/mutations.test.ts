import { describe, expect, it } from 'vitest';
import { carryOut } from '../checker/fuzz/carry-out.ts';
import type { Schedule } from '../checker/fuzz/schedule.ts';
import {
  longReader,
  storeCutOff,
  tailsFirst,
  twoRowsApart,
} from '../checker/fuzz/scripts.testkit.ts';
import { type Failure, shrunk } from '../checker/fuzz/shrink.ts';
import { MUTATIONS, type Mutation } from '../protocol/mutations.ts';
import { decodeLink } from '../scenario/link.ts';
import { commandFrom } from './arguments.ts';
import { linkOf } from './fuzz.ts';
import CAUGHT from './mutations.json';
import { runCommand } from './run.ts';

const SHRINKING_RUNS = 5;

/** Rules that random trouble seldom shows: the trouble is arranged. */
const ARRANGED = {
  'per-record-with-max-scl': twoRowsApart,
  'collect-before-backup': storeCutOff,
  'collect-ignores-replicas': longReader,
  'tail-drops-first': tailsFirst,
} as const;

const named = (id: string): Mutation | undefined => MUTATIONS.find((each) => each.id === id);

/** The schedule that a link holds, as far as the moment at which it opens. */
function scheduleIn(link: string, healedUs: number | null): Schedule {
  const opened = decodeLink(link);
  if (!opened.ok) throw new Error(opened.problem);
  expect(opened.value.adjusted).toEqual([]);
  const { run, at } = opened.value.link;
  const { config } = run.scenario;
  const { seed, interventions } = run;
  const endUs = at?.timeUs ?? 0;
  return { profile: 'linked', config, seed, interventions, healedUs, endUs, excused: [] };
}

/** The invariants that a link's run breaks when it is opened. */
function brokenBy(url: string): readonly string[] {
  const command = commandFrom(['run', url]);
  if (!command.ok || command.value.name !== 'run') throw new Error('The link is not understood.');
  const finished = runCommand(command.value);
  if (!finished.ok) throw new Error(finished.problem);
  return finished.value.report.violations.map(({ invariant }) => invariant);
}

/** The same run with every rule whole: whatever was broken was the fault of the rule. */
function expectWhole(schedule: Schedule): void {
  const whole = { ...schedule, config: { ...schedule.config, mutations: [] } };
  expect(carryOut(whole).violations).toEqual([]);
}

describe('a rule broken on purpose', () => {
  it.each(CAUGHT)(
    '$mutation is noticed by $invariant in the run that fuzzing found, and only by the fault of the rule',
    ({ mutation, invariant, healedUs, link }) => {
      expect(named(mutation)?.caughtBy).toContain(invariant);
      const schedule = scheduleIn(link, healedUs);
      expect(schedule.config.mutations).toEqual([mutation]);
      // A promise of progress is broken by what does not happen: no single moment shows that.
      const broken = invariant.startsWith('L')
        ? carryOut(schedule).violations.map((each) => each.invariant)
        : brokenBy(link);
      expect(broken).toContain(invariant);
      expectWhole(schedule);
    },
  );

  it.each(Object.entries(ARRANGED))(
    '%s is noticed where its trouble is arranged, with a link that shows it, and only when it is broken',
    (id, arrange) => {
      const { caughtBy = [] } = named(id) ?? {};
      const schedule = arrange([id as keyof typeof ARRANGED]);
      const violation = carryOut(schedule).violations.find((each) =>
        caughtBy.includes(each.invariant),
      );
      if (violation === undefined) throw new Error(`Nobody noticed ${id}.`);
      const failure: Failure = shrunk({ schedule, violation }, SHRINKING_RUNS);
      const url = linkOf(failure);
      expect(decodeLink(url)).toMatchObject({
        ok: true,
        value: { adjusted: [], link: { at: failure.violation.at } },
      });
      expect(brokenBy(url)).toContain(failure.violation.invariant);
      expectWhole(failure.schedule);
      const whole = carryOut(arrange([]));
      expect(whole.violations).toEqual([]);
      expect(whole.commits).toBeGreaterThan(1);
    },
  );

  it('is every one of them', () => {
    const tried = [...CAUGHT.map(({ mutation }) => mutation), ...Object.keys(ARRANGED)];
    expect(tried.toSorted()).toEqual(MUTATIONS.map(({ id }) => id).toSorted());
  });
});
