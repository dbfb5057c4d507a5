import { comparePositions, type Position } from '../engine/time.ts';
import type { Run } from '../scenario/run.ts';
import ENDS from './ends.json';
import { printPlace } from './place.ts';
import type { Chapter, Opening, Step } from './step.ts';

/** Where a step begins, and where its condition comes true, when nobody does anything but what the steps ask for. */
export interface Way {
  readonly begin: Opening;
  readonly end: Opening;
}

/** When each step comes true, as tests find it by walking the story: that takes a page too long. */
const ENDS_AT: Readonly<Record<string, Position>> = ENDS;

/** The way of the step of that number; null when there is none. */
export function wayOf(chapter: Chapter, number: number): Way | null {
  if (!chapter.steps[number]) return null;
  let way: Way | null = null;
  for (const step of chapter.steps.slice(0, number + 1)) {
    const begin: Opening = step.opening ?? way?.end ?? chapter.opening;
    const at = ENDS_AT[printPlace({ chapter: chapter.id, step: step.id })];
    if (!at) return null;
    way = { begin, end: { run: withDeed(begin, step), at } };
  }
  return way;
}

/** The run with what a step does, done where it begins; what was to come after that is not done any more. */
export function withDeed({ run, at }: Opening, { deed }: Step): Run {
  if (deed.acts.length === 0) return run;
  const past = run.interventions.filter((each) => comparePositions(each.at, at) <= 0);
  return { ...run, interventions: [...past, ...deed.acts.map((act) => ({ at, act }))] };
}
