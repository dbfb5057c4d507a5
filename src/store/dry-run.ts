import type { Micros } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import type { Run } from '../scenario/run.ts';
import { type Reading, Watched } from './dry-run-reading.ts';
import { sentencesOf } from './dry-run-words.ts';
import type { Errand } from './errand.ts';
import type { RunPlayer } from './run-player.ts';

/** What would come of an act, as far as it was played. */
export interface Foreseen {
  /** The first is there at once; what follows later is told by the others. */
  readonly sentences: readonly string[];
  /** How far the run was played on. */
  readonly aheadUs: Micros;
  /** Played as far as it will be. */
  readonly done: boolean;
}

/** No further than this: the longest an act takes is a new instance in the writer's place and its recovery. */
const MOST_US = 180_000_000;
/** A second of computing or so, in small pieces, on an ordinary machine. */
const MOST_EVENTS = 200_000;
/** A copy that was not given up within this time goes on as it is planned. */
const PLANNED_US = 500_000;
/** Both runs are played at least so far, and their commits compared; further where commits are few. */
const COMPARED_US = 100_000;
const COMPARED_MOST_US = 1_000_000;
const ENOUGH_COMMITS = 20;
/** Events between two looks at the wall clock. */
const CHUNK = 32;

/**
 * Plays on from the present moment with an act done, and beside it without, until what the act brings
 * about is over. Nothing of the run itself changes. Calls back with what is known so far; yields whenever
 * `late` says so.
 */
export function* dryRun(
  player: Pick<RunPlayer, 'fork' | 'run'>,
  act: Act,
  { late, tell }: { late(): boolean; tell(foreseen: Foreseen): void },
): Errand {
  const without = new Watched(player.fork(null));
  const done = new Watched(player.fork(act));
  let comparedUs = COMPARED_US;
  const told = (over: boolean): Foreseen => ({
    sentences: sentencesOf({ act, done, without, over, comparedUs }),
    aheadUs: done.afterUs,
    done: over,
  });
  const outlook = outlookOf(player.run());
  // What an act does at once, it does within its own microsecond.
  yield* playUntil(done, late, () => done.nextAfterUs() !== 0);
  done.look();
  tell(told(false));
  const before = without.last;
  yield* playUntil(without, late, () => isCompared(without));
  comparedUs = roundedUp(without);
  yield* playUntil(without, late, () => isBeyond(without, comparedUs));
  let seen = done.readings.length;
  yield* playUntil(done, late, () => {
    if (done.readings.length > seen) tell(told(false));
    seen = done.readings.length;
    return isOver(done, before, outlook, comparedUs);
  });
  done.look();
  if (!isAtRest(before)) yield* playUntil(without, late, () => isBeyond(without, done.afterUs));
  without.look();
  tell(told(true));
}

/** How long failures may go unnoticed in this scenario. */
interface Outlook {
  readonly hostUs: Micros;
  readonly instanceUs: Micros;
}

function outlookOf({ scenario }: Run): Outlook {
  const { on, heartbeatUs, instanceUs, segmentUs } = scenario.config.detection;
  if (!on) return { hostUs: COMPARED_US, instanceUs: COMPARED_US };
  // Silence is looked for now and then, so that it is found later than it counts.
  return { hostUs: 2 * segmentUs + heartbeatUs, instanceUs: instanceUs + heartbeatUs };
}

/** Nothing is going on that would change the cluster without any act. */
const isAtRest = ({ busy, copying, hostsAway, instancesAway }: Reading): boolean =>
  !busy && copying === null && hostsAway === 0 && instancesAway === 0;

/** Enough to compare: commits, or time without them. */
const isCompared = (without: Watched): boolean =>
  isBeyond(without, COMPARED_MOST_US) ||
  (without.commits.length >= ENOUGH_COMMITS && without.afterUs >= COMPARED_US);

/** A stretch that can be told in a few digits; the longest where hardly anything is written. */
const roundedUp = ({ commits, afterUs }: Watched): Micros =>
  commits.length < ENOUGH_COMMITS
    ? COMPARED_MOST_US
    : Math.ceil(afterUs / COMPARED_US) * COMPARED_US;

function isOver(
  done: Watched,
  before: Reading,
  { hostUs, instanceUs }: Outlook,
  comparedUs: Micros,
): boolean {
  const { last } = done;
  const noticedUs =
    last.instancesAway > before.instancesAway
      ? instanceUs
      : last.hostsAway > before.hostsAway
        ? hostUs
        : comparedUs;
  const copiedUs = copyingUs(done);
  return isBeyond(done, last.busy ? MOST_US : Math.max(noticedUs, copiedUs));
}

/** How long copying has to be looked at; it need not be waited for when its end is known. */
function copyingUs({ readings, last }: Watched): Micros {
  if (last.copying === null) return 0;
  const begun = readings.find(({ copying }) => copying !== null)?.afterUs ?? 0;
  return last.copying.doneAfterUs === null ? MOST_US : begun + PLANNED_US;
}

/** Whether a run has come so far, or as far as it is played at all. */
function isBeyond(watched: Watched, afterUs: Micros): boolean {
  const next = watched.nextAfterUs();
  return next === null || next > Math.min(afterUs, MOST_US) || watched.events >= MOST_EVENTS;
}

function* playUntil(watched: Watched, late: () => boolean, isEnough: () => boolean): Errand {
  for (let done = 1; !isEnough(); done++) {
    watched.step();
    if (done % CHUNK === 0 && late()) yield;
  }
}
