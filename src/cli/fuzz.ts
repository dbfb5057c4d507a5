import { readFileSync, writeFileSync } from 'node:fs';
import { type Failed, minimal, type Task } from '../checker/fuzz/batch.ts';
import type { Schedule } from '../checker/fuzz/schedule.ts';
import type { Failure } from '../checker/fuzz/shrink.ts';
import { bad, good, type Result } from '../engine/result.ts';
import { encodeLink } from '../scenario/link.ts';
import { DEFAULT_RUN } from '../scenario/presets.ts';
import type { Run } from '../scenario/run.ts';
import type { Command } from './arguments.ts';
import {
  added,
  medianThousands,
  NOTHING,
  neverTaken,
  type Totals,
  tableOf,
} from './fuzz-report.ts';
import { onAllCores } from './fuzz-workers.ts';

type FuzzCommand = Extract<Command, { readonly name: 'fuzz' }>;

/** The first failure, made small: its link opens at the moment it shows. */
interface First {
  readonly seed: number;
  readonly invariant: string;
  readonly atUs: number;
  readonly url: string;
  readonly says: string;
  readonly faults: string;
}

interface FuzzReport {
  readonly runs: number;
  readonly events: number;
  readonly violations: number;
  readonly first: First | null;
  readonly wallMs: number;
  /** Runs with at least 20 commits and a fault that mattered. */
  readonly full: number;
  readonly commits: number;
  readonly medianEvents: number;
  /** Transitions of charts and reasons to refuse that no run came across. */
  readonly never: readonly string[];
}

/** The run that a schedule is, as something that can be opened. */
function runOf(schedule: Schedule, title: string, says: string): Run {
  const { config, seed, interventions, endUs } = schedule;
  const { id } = DEFAULT_RUN.scenario;
  return { scenario: { id, title, says, config, lengthUs: endUs }, seed, interventions };
}

/** A link keeps no more of what a run says of itself; whole rows may stand in a violation. */
const MOST_SAYS = 160;

/** The link of a failure, at the moment that shows it. */
export function linkOf({ schedule, violation }: Failure): string {
  const { invariant, title, says, at } = violation;
  const run = runOf(schedule, `${invariant}: ${title}`, says.slice(0, MOST_SAYS));
  return encodeLink({ run, at, play: false, title: `${invariant}: ${title}`.slice(0, 60), ui: {} });
}

/** Tries seeds on all cores, until all are done or, without an end, until somebody stops it. */
export async function fuzzCommand(command: FuzzCommand): Promise<Result<FuzzReport>> {
  const begun = performance.now();
  const known = readLog(command.log);
  if (!known.ok) return known;
  let { totals } = known.value;
  const done = new Set(known.value.done);
  const task: Task = command;
  let stopped = false;
  const stop = (): void => {
    stopped = true;
  };
  process.once('SIGINT', stop);
  await onAllCores(task, new Set(done), (batch, from) => {
    totals = added(totals, batch);
    done.add(from);
    for (const { profile, seed, violation } of batch.failed)
      console.error(`${profile} ${seed}: ${violation.invariant}, ${violation.says}`);
    console.error(lineOf(totals, performance.now() - begun));
    writeLog(command.log, { totals, done: [...done] });
    return !stopped;
  });
  process.off('SIGINT', stop);
  if (command.table) console.error(tableOf(totals));
  return good({
    runs: totals.runs,
    events: totals.events,
    violations: totals.violations,
    first: totals.first === null ? null : shown(task, totals.first),
    wallMs: Math.round(performance.now() - begun),
    full: totals.full,
    commits: totals.commits,
    medianEvents: medianThousands(totals) * 1_000,
    never: neverTaken(totals),
  });
}

function lineOf({ runs, events, violations, first }: Totals, wallMs: number): string {
  const pace = Math.round((events * 1_000) / Math.max(wallMs, 1));
  const found =
    first === null
      ? ''
      : `, the first ${first.violation.invariant} by ${first.profile} ${first.seed}`;
  return `${runs} runs, ${events} events, ${pace}/s, ${violations} violations${found}`;
}

function shown(task: Task, failed: Failed): First {
  const failure = minimal(task, failed);
  const { invariant, at, says } = failure.violation;
  return {
    seed: failed.seed,
    invariant,
    atUs: at.timeUs,
    url: linkOf(failure),
    says,
    faults: failed.profile,
  };
}

/** How far an earlier run of the same command came. */
interface Log {
  readonly totals: Totals;
  /** The first seeds of the stretches that are done. */
  readonly done: readonly number[];
}

function readLog(path: string | null): Result<Log> {
  const fresh: Log = { totals: NOTHING, done: [] };
  if (path === null) return good(fresh);
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    return good(fresh);
  }
  try {
    return good(JSON.parse(text) as Log);
  } catch {
    return bad(`${path} is not a log of an earlier run: remove it, or name another file.`);
  }
}

function writeLog(path: string | null, log: Log): void {
  if (path !== null) writeFileSync(path, JSON.stringify(log));
}
