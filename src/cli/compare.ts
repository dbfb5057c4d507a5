import { good, type Result } from '../engine/result.ts';
import { type Comparison, compare, PUBLISHED } from '../scenario/compare.ts';
import type { Run } from '../scenario/run.ts';
import type { Command } from './arguments.ts';
import { inputFrom } from './input.ts';

type CompareCommand = Extract<Command, { readonly name: 'compare' }>;

/** What the two systems did with the same work, beside what was once measured on real ones. */
interface Compared extends Comparison {
  readonly scenario: string;
  readonly seed: number;
  readonly untilUs: number;
  readonly published: typeof PUBLISHED;
}

/** Carries a run out on both systems. */
export function compareCommand(command: CompareCommand): Result<Compared> {
  const input = inputFrom(command.input);
  if (!input.ok) return input;
  const { run: given } = input.value;
  const run: Run = { ...given, seed: command.seed ?? given.seed };
  const untilUs = command.untilUs ?? run.scenario.lengthUs;
  const { id: scenario } = run.scenario;
  return good({
    scenario,
    seed: run.seed,
    untilUs,
    ...compare(run, untilUs),
    published: PUBLISHED,
  });
}
