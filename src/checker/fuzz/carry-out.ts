import { InvariantError } from '../../engine/assert.ts';
import type { Happening } from '../../engine/happening.ts';
import { Kernel } from '../../engine/kernel.ts';
import type { Micros } from '../../engine/time.ts';
import { auroraModel } from '../../protocol/aurora.ts';
import type { AuroraNote } from '../../protocol/notes.ts';
import type { World } from '../../protocol/view-actors.ts';
import { Checker } from '../checker.ts';
import type { Violation } from '../invariant.ts';
import type { Schedule } from './schedule.ts';
import type { Tally } from './tally.ts';

/** What came of a schedule. */
export interface Outcome {
  /** Empty when all was well; those excused are left out. */
  readonly violations: readonly Violation[];
  readonly events: number;
  readonly commits: number;
  /** Messages that were lost or doubled and actors whose state a fault changed. */
  readonly faults: number;
  /** When it was over. */
  readonly endUs: Micros;
}

/** Promises of progress are looked at once in so many events. */
const LOOK_EVERY = 128;

const worldOf = ({ config, seed, interventions }: Schedule): World =>
  new Kernel(auroraModel(config), seed, interventions);

/**
 * Carries a schedule out with every invariant looking on. First it may only not go wrong; once it has
 * been healed it must also come to rest, with everything durable and everybody answered.
 */
export function carryOut(schedule: Schedule, tally: Tally | null = null): Outcome {
  const world = worldOf(schedule);
  const checker = new Checker(world);
  const counts = { commits: 0, faults: 0 };
  const rests = restOf(schedule, checker);
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= schedule.endUs) {
    const happening = stepped(world, checker);
    if (happening === null) break;
    checker.see(happening, world);
    tally?.see(happening, world);
    count(happening, counts);
    if (charged(checker, schedule).length > 0 || rests(happening)) break;
  }
  judgeEnd(schedule, checker);
  return {
    ...counts,
    violations: charged(checker, schedule),
    events: world.count,
    endUs: world.position.timeUs,
  };
}

/** The next event; a simulation that contradicts itself ends there, and that is a violation as well. */
function stepped(world: World, checker: Checker): Happening | null {
  try {
    return world.step();
  } catch (error) {
    if (!(error instanceof InvariantError)) throw error;
    checker.contradicted(error.message);
    return null;
  }
}

/** Whether a healed run has come to rest: a costly question, asked now and then. */
function restOf(
  { healedUs, interventions }: Schedule,
  checker: Checker,
): (happening: Happening) => boolean {
  const lastUs = interventions.at(-1)?.at.timeUs ?? 0;
  const fromUs = healedUs === null ? Number.POSITIVE_INFINITY : lastUs;
  return ({ timeUs, count: event }) =>
    timeUs > fromUs && event % LOOK_EVERY === 0 && checker.open().length === 0;
}

function judgeEnd(schedule: Schedule, checker: Checker): void {
  if (charged(checker, schedule).length > 0) return;
  checker.finish();
  if (schedule.healedUs !== null) checker.demand();
}

function charged(checker: Checker, { excused }: Schedule): readonly Violation[] {
  const { violations } = checker;
  if (violations.length === 0) return violations;
  return violations.filter(({ invariant }) => !excused.includes(invariant));
}

const FAULT_STATES = ['down', 'isolated', 'slow', 'cut'];

function count(happening: Happening, counts: { commits: number; faults: number }): void {
  for (const { lost } of happening.sent) if (lost !== null) counts.faults++;
  for (const note of happening.notes as readonly AuroraNote[]) {
    if (note.type === 'commit-returned') counts.commits++;
    else if ('state' in note && FAULT_STATES.includes(note.state)) counts.faults++;
  }
}
