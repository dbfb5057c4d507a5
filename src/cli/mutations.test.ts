import { describe, expect, it } from 'vitest';
import { aimedAt } from '../checker/fuzz/aims.ts';
import { fuzzed, minimal, scheduleFor } from '../checker/fuzz/batch.ts';
import { carryOut } from '../checker/fuzz/carry-out.ts';
import { twoRowsApart } from '../checker/fuzz/scripts.testkit.ts';
import { type Failure, shrunk } from '../checker/fuzz/shrink.ts';
import { MUTATIONS, type Mutation, type MutationName } from '../protocol/mutations.ts';
import { decodeLink } from '../scenario/link.ts';
import { commandFrom } from './arguments.ts';
import { linkOf } from './fuzz.ts';
import { runCommand } from './run.ts';

const MOST_SEEDS = 2_000;
const SHRINKING_RUNS = 8;

/** Where looking begins, for rules that no earlier seed of their profile shows: it saves the time. */
const FROM: Readonly<Partial<Record<MutationName, number>>> = {
  'no-truncation': 33,
  'answer-behind': 19,
  'page-without-meanwhile': 14,
  'purge-ignores-views': 61,
  'never-resend': 22,
  'shrink-before-complete': 24,
};

/** Rules that random trouble seldom shows: the trouble is arranged. */
const ARRANGED = { 'per-record-with-max-scl': twoRowsApart } as const;

/** Rules whose breaking nobody notices yet. */
const UNNOTICED: readonly MutationName[] = ['erase-before-recorded'];

const noticed = ({ id }: Mutation): boolean => !UNNOTICED.includes(id);

/** The first seed in which one of the named invariants notices the broken rule, made smaller. */
function caught({ id, caughtBy }: Mutation): Failure {
  const task = { faults: aimedAt([id]), mutations: [id] };
  for (let seed = FROM[id] ?? 1; seed <= MOST_SEEDS; seed++) {
    const outcome = carryOut(scheduleFor(task, seed));
    const violation = outcome.violations.find(({ invariant }) => caughtBy.includes(invariant));
    if (violation === undefined) continue;
    // To see that nothing happens takes half a minute of simulated time: too long to try again and again.
    const mostRuns = violation.invariant.startsWith('L') ? 0 : SHRINKING_RUNS;
    return minimal(task, { seed, profile: task.faults, violation }, mostRuns);
  }
  throw new Error(`Nobody noticed ${id}.`);
}

/** The invariants that a link's run breaks when it is opened anew. */
function brokenBy(url: string): readonly string[] {
  const command = commandFrom(['run', url]);
  if (!command.ok || command.value.name !== 'run') throw new Error('The link is not understood.');
  const finished = runCommand(command.value);
  if (!finished.ok) throw new Error(finished.problem);
  return finished.value.report.violations.map(({ invariant }) => invariant);
}

function expectLinkToShow(failure: Failure): void {
  const url = linkOf(failure);
  const { invariant, at } = failure.violation;
  expect(decodeLink(url)).toMatchObject({ ok: true, value: { adjusted: [], link: { at } } });
  // A promise of progress is broken by what does not happen: no single moment shows that.
  if (!invariant.startsWith('L')) expect(brokenBy(url)).toContain(invariant);
}

describe('a rule broken on purpose', () => {
  it.each(MUTATIONS.filter((each) => noticed(each) && !(each.id in ARRANGED)))(
    '$id is noticed by what should notice it, with a link that shows it',
    (mutation) => {
      expectLinkToShow(caught(mutation));
    },
  );

  it.each(MUTATIONS.filter(({ id }) => id in ARRANGED))(
    '$id is noticed where its trouble is arranged, and only when it is broken',
    ({ id, caughtBy }: Mutation) => {
      const arrange = ARRANGED[id as keyof typeof ARRANGED];
      const schedule = arrange([id]);
      const violation = carryOut(schedule).violations.find((each) =>
        caughtBy.includes(each.invariant),
      );
      if (violation === undefined) throw new Error(`Nobody noticed ${id}.`);
      expectLinkToShow(shrunk({ schedule, violation }, SHRINKING_RUNS));
      expect(carryOut(arrange([]))).toMatchObject({ violations: [], commits: 2 });
    },
  );

  it('is not noticed when it is not broken', () => {
    for (const faults of new Set(MUTATIONS.map(({ id }) => aimedAt([id]))))
      expect(fuzzed({ faults, mutations: [], from: 1, to: 1 }).failed).toEqual([]);
  });
});
