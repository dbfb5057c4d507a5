import { comparePositions, type Position } from '../engine/time.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { MOST_INTERVENTIONS, type Run } from '../scenario/run.ts';
import type { Branch } from './run-player.ts';

const MOST_BRANCHES = 8;

/** Why no further act can be done; null while one can: a run that nobody could open again is no run to share. */
export const fullSentence = (applied: number): string | null =>
  applied < MOST_INTERVENTIONS
    ? null
    : `This run has ${MOST_INTERVENTIONS} acts, and a link holds no more. Undo some, or begin a new run.`;

/** A run, and those that had been left by changing their past. */
interface Stand {
  readonly run: Run;
  readonly branches: readonly Branch[];
}

/** Where the run being played stands, and where undo and redo lead. */
export interface RunHistory extends Stand {
  readonly past: readonly Stand[];
  readonly future: readonly Stand[];
  readonly nextBranch: number;
}

export const freshHistory = (run: Run): RunHistory => ({
  run,
  past: [],
  future: [],
  branches: [],
  nextBranch: 1,
});

/** Where a run is left. */
interface Leaving {
  /** The furthest position anyone has seen. */
  readonly edge: Position;
  /** An act in words. */
  readonly say: (intervention: Intervention) => string;
}

/** The act by which `run` first departs from `other`, in words. */
function departure(run: Run, other: Run, say: Leaving['say']): string {
  const own = run.interventions.find((own, i) => own !== other.interventions[i]);
  if (own) return say(own);
  const theirs = other.interventions[run.interventions.length];
  return theirs ? `Without “${say(theirs)}”` : 'The same run';
}

function withBranch(
  history: RunHistory,
  left: Run,
  instead: Run,
  { edge: leftAt, say }: Leaving,
): RunHistory {
  const title = departure(left, instead, say);
  const branch: Branch = { id: history.nextBranch, run: left, leftAt, title };
  return {
    ...history,
    branches: [branch, ...history.branches].slice(0, MOST_BRANCHES),
    nextBranch: history.nextBranch + 1,
  };
}

const standOf = ({ run, branches }: Stand): Stand => ({ run, branches });

/** Where an act is done. */
export interface Present extends Leaving {
  readonly at: Position;
  /** How many of the run's interventions lie behind. */
  readonly applied: number;
}

/**
 * Adds an act. Those planned after it go: they belong to the future that is being changed, which
 * is kept as a branch when anyone has seen it.
 */
export function acted(history: RunHistory, act: Act, present: Present): RunHistory {
  const { at, applied, edge } = present;
  const before = history.run.interventions.slice(0, applied);
  const run: Run = { ...history.run, interventions: [...before, { at, act }] };
  const forks = comparePositions(at, edge) < 0;
  const kept = forks ? withBranch(history, history.run, run, present) : history;
  return { ...kept, run, past: [...history.past, standOf(history)], future: [] };
}

/** Another run in place of this one, which undo leads back to. */
export function begunAnew(history: RunHistory, run: Run): RunHistory {
  const past = [...history.past, standOf(history)];
  return { ...history, run, past, future: [], branches: [] };
}

/** Whether one run is the other with other interventions. */
export const sameWorld = (a: Run, b: Run): boolean =>
  a.scenario === b.scenario && a.seed === b.seed;

/** Takes back the last act made here, or, in a run that came with acts, the last of them. */
export function undone(history: RunHistory): RunHistory | null {
  const { run, past, future, branches } = history;
  const { interventions } = run;
  if (past.length === 0 && interventions.length === 0) return null;
  const shorter = { ...run, interventions: interventions.slice(0, -1) };
  // A branch that becomes the run again is no longer elsewhere; redo makes it one again.
  const previous = past.at(-1) ?? { run: shorter, branches };
  return {
    ...history,
    ...previous,
    past: past.slice(0, -1),
    future: [...future, standOf(history)],
  };
}

export function redone(history: RunHistory): RunHistory | null {
  const { past, future } = history;
  const next = future.at(-1);
  if (!next) return null;
  return { ...history, ...next, past: [...past, standOf(history)], future: future.slice(0, -1) };
}

/** Goes that way as often as asked, or as it goes; null when it does not go at all. */
export function repeated(
  way: typeof undone,
  history: RunHistory,
  times: number,
): RunHistory | null {
  let reached: RunHistory | null = null;
  for (let done = 0; done < times; done++) {
    const next = way(reached ?? history);
    if (next === null) break;
    reached = next;
  }
  return reached;
}

/** More are not offered. */
const MOST_LISTED = 20;

/** What undo would take back, one after the other, in words. */
export function undoable(history: RunHistory, say: Leaving['say']): readonly string[] {
  return along(undone, history, (from, to) => changed(from, to, say));
}

/** What redo would bring back. */
export function redoable(history: RunHistory, say: Leaving['say']): readonly string[] {
  return along(redone, history, (from, to) => changed(to, from, say));
}

function along(
  way: typeof undone,
  history: RunHistory,
  word: (from: Run, to: Run) => string,
): readonly string[] {
  const words: string[] = [];
  let from = history;
  for (let to = way(from); to !== null && words.length < MOST_LISTED; to = way(from)) {
    words.push(word(from.run, to.run));
    from = to;
  }
  return words;
}

const changed = (run: Run, before: Run, say: Leaving['say']): string =>
  sameWorld(run, before) ? departure(run, before, say) : `Begin “${run.scenario.title}”`;

/** Changes places with a branch. */
export function switched(history: RunHistory, id: number, leaving: Leaving): RunHistory | null {
  const branch = history.branches.find((b) => b.id === id);
  if (!branch) return null;
  const others = { ...history, branches: history.branches.filter((b) => b !== branch) };
  const kept = withBranch(others, history.run, branch.run, leaving);
  return { ...kept, run: branch.run, past: [], future: [] };
}

/**
 * The present moment of one run in another with other interventions: an act that was just done is left by
 * its own way in, and one that is due at this very place is entered.
 */
export function momentIn(
  before: Run,
  after: Run,
  { at, applied }: Pick<Present, 'at' | 'applied'>,
): Position {
  const last = before.interventions[applied - 1];
  if (last && !after.interventions.includes(last) && isSame(at, behind(last.at))) return last.at;
  const due = after.interventions.find(
    (i) => isSame(i.at, at) && !before.interventions.includes(i),
  );
  return due ? behind(due.at) : at;
}

const isSame = (a: Position, b: Position): boolean => comparePositions(a, b) === 0;
const behind = ({ timeUs, n }: Position): Position => ({ timeUs, n: n + 1 });
