import type { MutationName } from '../../protocol/mutations.ts';
import type { Violation } from '../invariant.ts';
import { carryOut } from './carry-out.ts';
import { scheduleOf } from './draw.ts';
import type { Profile } from './profile.ts';
import { PROFILES, profileOf } from './profiles.ts';
import type { Schedule } from './schedule.ts';
import { type Failure, shrunk } from './shrink.ts';
import { type Counts, Tally } from './tally.ts';

/** What to try. */
export interface Task {
  /** A profile's name, or `all`: then each seed plays one of them in turn. */
  readonly faults: string;
  readonly mutations: readonly MutationName[];
  /** Both ends included. */
  readonly from: number;
  readonly to: number;
}

/** A seed that failed, before anybody made it smaller. */
export interface Failed {
  readonly seed: number;
  readonly profile: string;
  readonly violation: Violation;
}

/** What came of a stretch of seeds. Plain data: it travels between processes. */
export interface Batch {
  readonly runs: number;
  /** Runs with at least 20 commits and a fault that changed a message's fate or an actor's state. */
  readonly full: number;
  readonly events: readonly number[];
  readonly commits: readonly number[];
  readonly failed: readonly Failed[];
  readonly counts: Counts;
}

/** A schedule counts when so much was committed and something went wrong. */
const LEAST_COMMITS = 20;

/** The profile that a seed plays. */
function profileFor(faults: string, seed: number): Profile {
  const named = profileOf(faults) ?? PROFILES[seed % PROFILES.length];
  return named ?? (PROFILES[0] as Profile);
}

export const scheduleFor = (
  { faults, mutations }: Omit<Task, 'from' | 'to'>,
  seed: number,
): Schedule => scheduleOf(profileFor(faults, seed), seed, mutations);

/** Tries every seed of a task; with `stopAtFirst` only as far as the first that fails. */
export function fuzzed(task: Task, stopAtFirst = false): Batch {
  const tally = new Tally();
  const events: number[] = [];
  const commits: number[] = [];
  const failed: Failed[] = [];
  let full = 0;
  for (let seed = task.from; seed <= task.to; seed++) {
    const schedule = scheduleFor(task, seed);
    const outcome = carryOut(schedule, tally);
    events.push(outcome.events);
    commits.push(outcome.commits);
    if (outcome.commits >= LEAST_COMMITS && outcome.faults > 0) full++;
    const [violation] = outcome.violations;
    if (violation === undefined) continue;
    failed.push({ seed, profile: schedule.profile, violation });
    if (stopAtFirst) break;
  }
  return { runs: events.length, full, events, commits, failed, counts: tally.counts };
}

/** A failed seed as the smallest schedule that fails alike. */
export const minimal = (
  task: Omit<Task, 'from' | 'to'>,
  { seed, violation }: Failed,
  mostRuns?: number,
): Failure => shrunk({ schedule: scheduleFor(task, seed), violation }, mostRuns);
