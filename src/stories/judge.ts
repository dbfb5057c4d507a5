import { comparePositions, type Position } from '../engine/time.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import { openWorld } from '../scenario/open.ts';
import { saysSame } from '../scenario/plain.ts';
import type { Run } from '../scenario/run.ts';
import { isOneOf, isUse, type Puzzle, type Rule } from './puzzle.ts';
import { type Around, allPatterns, holds, seen, watchFor } from './watch.ts';

/** A rule that did not hold, and when. */
interface Broken {
  readonly says: string;
  /** Null where the run is not one of the puzzle at all. */
  readonly rule: string | null;
  readonly at: Position;
}

/** What a run makes of a puzzle up to some moment: one of both at most is told. */
export interface Judgement {
  /** When the goal was reached; null while it is not. */
  readonly solved: Position | null;
  readonly broken: Broken | null;
}

type Judging<T> = Generator<void, T, void>;

/** A puzzle is judged by the run alone: nobody looks on, and nothing is selected. */
const ALONE: Around = { looked: [], violated: [] };

/** What happens is met event by event; the moment is looked at so often, because a look takes longer. */
const LOOK_EVERY_US = 5_000;

/** Events between two yields. */
const CHUNK = 32;

/**
 * What a run up to a moment makes of a puzzle: whatever comes first, the goal or a broken rule. Carries the run
 * out, which may take seconds, and yields after every few events.
 */
export function* judging(puzzle: Puzzle, run: Run, upTo: Position): Judging<Judgement> {
  if (!isFrom(puzzle, run)) {
    const says = 'This run does not begin as the puzzle does.';
    return { solved: null, broken: { says, rule: null, at: puzzle.opening.at } };
  }
  const forbidden = firstForbidden(puzzle, run);
  const broken = forbidden && comparePositions(forbidden.at, upTo) < 0 ? forbidden : null;
  return (yield* outcome(puzzle, run, broken?.at ?? upTo)) ?? { solved: null, broken };
}

/** What the run comes to by itself up to a moment; null while nothing is decided. */
function* outcome(puzzle: Puzzle, run: Run, upTo: Position): Judging<Judgement | null> {
  const { opening, rules, solved } = puzzle;
  const nevers = rules.flatMap((rule) => ('never' in rule ? [rule] : []));
  let watch = watchFor(allPatterns([solved, ...nevers.map(({ never }) => never)]));
  const world = openWorld(run);
  const look = (): Judgement | null => {
    const view = viewOf(world);
    const rule = nevers.find(({ never }) => holds(never, watch, view, ALONE));
    if (rule) return { solved: null, broken: breach(rule, world.position) };
    return holds(solved, watch, view, ALONE) ? { solved: world.position, broken: null } : null;
  };
  const isPast = (to: Position): boolean =>
    comparePositions(world.position, to) >= 0 || !world.reaches(to);
  let nextLookUs = opening.at.timeUs;
  for (let events = 1; !isPast(opening.at) || !isPast(upTo); events++) {
    if (events % CHUNK === 0) yield;
    const isBefore = !isPast(opening.at);
    const happening = world.step();
    if (happening === null) break;
    if (isBefore) continue;
    watch = seen(watch, happening);
    if (happening.timeUs < nextLookUs) continue;
    nextLookUs = happening.timeUs + LOOK_EVERY_US;
    const found = look();
    if (found) return found;
  }
  return look();
}

const breach = ({ id, says }: Rule, at: Position): Broken => ({ rule: id, says, at });

/** Whether a run has the cluster of the puzzle, and what was done to it before it opens. */
export function isFrom({ opening }: Puzzle, run: Run): boolean {
  const { length } = opening.run.interventions;
  const before = ({ seed, scenario, interventions }: Run) => ({
    ...{ seed, config: scenario.config },
    interventions: interventions.slice(0, length),
  });
  const own = run.interventions.slice(length);
  // A page that stands there with nothing on at that moment stands before all that could be.
  const isLater = own.every(({ at }) => opening.at.timeUs <= at.timeUs);
  return isLater && saysSame(before(opening.run), before(run));
}

/** The first act that a rule does not allow. */
function firstForbidden({ opening, rules }: Puzzle, { interventions }: Run): Broken | null {
  const done = interventions.slice(opening.run.interventions.length);
  const breaches = rules.flatMap((rule) => {
    const act = done
      .filter(({ act }) => isAgainst(rule, act))
      .at('atMost' in rule ? rule.atMost : 0);
    return act ? [breach(rule, act.at)] : [];
  });
  return breaches.toSorted((a, b) => comparePositions(a.at, b.at))[0] ?? null;
}

function isAgainst(rule: Rule, act: Run['interventions'][number]['act']): boolean {
  if ('only' in rule) return !isUse(act) && !rule.only.some((acts) => isOneOf(act, acts));
  return 'of' in rule && rule.of.some((acts) => isOneOf(act, acts));
}
