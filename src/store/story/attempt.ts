import { afterAll, comparePositions, type Position } from '../../engine/time.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import { saysSame } from '../../scenario/plain.ts';
import type { Run } from '../../scenario/run.ts';
import type { Chapter, Step } from '../../stories/step.ts';
import { type Way, wayOf } from '../../stories/way.ts';
import { RunReader } from '../run-reader.ts';
import { StepReader } from './step-reader.ts';

/** Where a step came true, and what had been done by then. */
interface Met {
  readonly at: Position;
  readonly past: readonly Intervention[];
}

/** Somebody at a step: since when, and how far it has come. */
export interface Attempt {
  readonly chapter: Chapter;
  readonly number: number;
  readonly step: Step;
  readonly way: Way;
  /** What happened up to here is not the step's. */
  readonly since: Position;
  /** So many interventions had been made by then. */
  readonly before: number;
  readonly reader: RunReader<StepReader>;
  readonly looked: Set<string>;
  /** Null before it has come true. */
  met: Met | null;
}

const upTo = ({ interventions }: Run, at: Position): readonly Intervention[] =>
  interventions.filter((each) => comparePositions(each.at, at) <= 0);

/** At a step of that number: from where it begins by itself, or on from a moment of a run. Null when there is none. */
export function attemptAt(
  chapter: Chapter,
  number: number,
  from: { readonly run: Run; readonly at: Position } | null,
): Attempt | null {
  const step = chapter.steps[number];
  const way = wayOf(chapter, number);
  if (!step || !way) return null;
  const since = from?.at ?? way.begin.at;
  return {
    ...{ chapter, number, step, way, since },
    before: upTo(from?.run ?? way.begin.run, since).length,
    reader: new RunReader(() => new StepReader(step, since)),
    looked: new Set(),
    met: null,
  };
}

/** What the step asks for and nobody has done since it began: all of it, or nothing. */
export function deedLeft({ step, before }: Attempt, run: Run): Step['deed']['acts'] {
  const { acts } = step.deed;
  const done = run.interventions.slice(before).map(({ act }) => act);
  const countIn = (all: readonly unknown[], act: unknown): number =>
    all.filter((each) => saysSame(each, act)).length;
  return acts.every((act) => countIn(done, act) >= countIn(acts, act)) ? [] : acts;
}

/** What came true in that run at that moment. */
export const metIn = (run: Run, at: Position): Met => ({ at, past: upTo(run, at) });

/** Whether everything that had been done by then is in a run still. */
export const isStillPast = ({ past }: Met, { interventions }: Run): boolean =>
  past.every((each, i) => saysSame(interventions[i], each));

/** Whether a position lies before an attempt. The end of an instant has no number: nobody in that instant is before it. */
export const isBefore = (position: Position, { since }: Attempt): boolean =>
  comparePositions(position, since) < 0 && comparePositions(since, afterAll(position.timeUs)) !== 0;
