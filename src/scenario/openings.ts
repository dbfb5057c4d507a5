import { type Position, START } from '../engine/time.ts';
import { DEMONSTRATIONS } from './demonstrations.ts';
import { DEFAULT_RUN, presetOf } from './presets.ts';
import type { Run } from './run.ts';

/** A run as it opens, and where. */
export interface Opening {
  readonly run: Run;
  readonly at: Position;
}

/** What opens under the name of a preset: a demonstration with its script, any other as it is. */
export function openingOf(id: string): Opening | undefined {
  const shown = DEMONSTRATIONS.find(({ scenario }) => scenario.id === id);
  if (shown !== undefined) {
    const { scenario, seed, interventions, at } = shown;
    return { run: { scenario, seed, interventions }, at };
  }
  const scenario = presetOf(id);
  return scenario && { run: { ...DEFAULT_RUN, scenario }, at: START };
}
