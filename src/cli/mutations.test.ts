import { describe, expect, it } from 'vitest';
import { aimedAt } from '../checker/fuzz/aims.ts';
import { fuzzed, minimal, scheduleFor } from '../checker/fuzz/batch.ts';
import { carryOut } from '../checker/fuzz/carry-out.ts';
import type { Failure } from '../checker/fuzz/shrink.ts';
import { MUTATIONS, type Mutation } from '../protocol/mutations.ts';
import { decodeLink } from '../scenario/link.ts';
import { commandFrom } from './arguments.ts';
import { linkOf } from './fuzz.ts';
import { runCommand } from './run.ts';

const MOST_SEEDS = 2_000;

/** The first seed in which one of the named invariants notices the broken rule, made smaller. */
function caught({ id, caughtBy }: Mutation): Failure {
  const task = { faults: aimedAt([id]), mutations: [id] };
  for (let seed = 1; seed <= MOST_SEEDS; seed++) {
    const outcome = carryOut(scheduleFor(task, seed));
    const violation = outcome.violations.find(({ invariant }) => caughtBy.includes(invariant));
    if (violation !== undefined)
      return minimal(task, { seed, profile: task.faults, violation }, 25);
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

describe('a rule broken on purpose', () => {
  it.each(MUTATIONS)(
    '$id is noticed by what should notice it, with a link that shows it',
    (mutation) => {
      const failure = caught(mutation);
      const url = linkOf(failure);
      const { invariant, at } = failure.violation;
      const opened = decodeLink(url);
      expect(opened).toMatchObject({ ok: true, value: { adjusted: [], link: { at } } });
      // A promise of progress is broken by what does not happen: no single moment shows that.
      if (!invariant.startsWith('L')) expect(brokenBy(url)).toContain(invariant);
    },
  );

  it('is not noticed when it is not broken', () => {
    for (const faults of new Set(MUTATIONS.map(({ id }) => aimedAt([id]))))
      expect(fuzzed({ faults, mutations: [], from: 1, to: 3 }).failed).toEqual([]);
  });
});
