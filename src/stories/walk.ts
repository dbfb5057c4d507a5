import type { Happening } from '../engine/happening.ts';
import { comparePositions } from '../engine/time.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { World } from '../protocol/view-actors.ts';
import { openWorld } from '../scenario/open.ts';
import { figurePatterns } from './figures.ts';
import type { Chapter, Opening, Step } from './step.ts';
import { type Around, allPatterns, holds, seen, type Watch, watchFor } from './watch.ts';
import { type Way, withDeed } from './way.ts';

/** More events than any step needs. */
const MOST_EVENTS = 200_000;

/** A step as it goes when nobody does anything but what the step asks for. */
export interface Walked extends Way {
  readonly step: Step;
  readonly watch: Watch;
  readonly view: ClusterView;
  /** Invariants found broken by then. */
  readonly violated: readonly string[];
  /** False when the condition never came true. */
  readonly done: boolean;
}

/** Looks on at a run, event by event: what finds broken rules, for the steps that wait for one. */
interface Onlooker {
  see(happening: Happening, world: World): void;
  readonly violated: readonly string[];
}

/** Makes an onlooker for a run that begins. */
export type Onlooking = (world: World) => Onlooker;

const NOBODY: Onlooking = () => ({ see: () => undefined, violated: [] });

/** Walks a chapter as "Show me" does. */
export function walk(chapter: Chapter, onlooking: Onlooking = NOBODY): readonly Walked[] {
  const walked: Walked[] = [];
  let at = chapter.opening;
  for (const step of chapter.steps) {
    const one = walkStep(step, step.opening ?? at, onlooking);
    walked.push(one);
    at = one.end;
  }
  return walked;
}

/** All that has to be watched while somebody is at a step. */
export const watchStep = (step: Step): Watch =>
  watchFor([...allPatterns([step.until, ...step.claims]), ...figurePatterns(step)]);

function walkStep(step: Step, begin: Opening, onlooking: Onlooking): Walked {
  const { deed, until } = step;
  const run = withDeed(begin, step);
  const world = openWorld(run);
  const onlooker = onlooking(world);
  const next = (): Happening | null => {
    const happening = world.step();
    if (happening) onlooker.see(happening, world);
    return happening;
  };
  goTo(begin, world, next);
  let watch = watchStep(step);
  const isDone = (): boolean => {
    const { violated } = onlooker;
    const around: Around = { looked: deed.looks ?? [], violated };
    return holds(until, watch, () => viewOf(world), around);
  };
  const { length: acts } = deed.acts;
  const most = deed.plays ? MOST_EVENTS : acts;
  let done = acts === 0 && isDone();
  for (let events = 1; !done && events <= most; events++) {
    const happening = next();
    if (happening === null) break;
    watch = seen(watch, happening);
    done = events >= acts && isDone();
  }
  const end: Opening = { run, at: world.position };
  const { violated } = onlooker;
  return { step, begin, end, watch, view: viewOf(world), violated, done };
}

/** Plays on to where something opens. */
function goTo({ at }: Opening, world: World, next: () => Happening | null): void {
  while (comparePositions(world.position, at) < 0 && world.reaches(at)) if (next() === null) return;
}
