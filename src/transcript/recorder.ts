import { Checker } from '../checker/checker.ts';
import type { Happening } from '../engine/happening.ts';
import { LogHistory } from '../history/log-history.ts';
import { MessageHistory } from '../history/message-history.ts';
import { MetricsHistory } from '../history/metrics-history.ts';
import type { World } from '../protocol/view-actors.ts';
import type { Reads } from '../store/run-reader.ts';
import { asksChecker } from '../stories/condition.ts';
import type { Chapter, Step } from '../stories/step.ts';
import { type Walked, walk } from '../stories/walk.ts';

/** Looks on at a step from the beginning of its run, and remembers what its view shows of the past. */
class Recorder {
  readonly log = new LogHistory();
  readonly messages = new MessageHistory();
  readonly metrics: MetricsHistory;
  readonly #checker: Checker | null;
  readonly #reader: Reads | null;

  constructor(world: World, step: Step) {
    this.metrics = new MetricsHistory(world.network.cluster.config);
    const { log, messages: spacetime, metrics } = this;
    const readers: Partial<Record<Step['view'], Reads>> = { log, spacetime, metrics };
    this.#reader = readers[step.view] ?? null;
    this.#checker = asksForRules(step) ? new Checker(world) : null;
  }

  see(happening: Happening, world: World): void {
    this.#reader?.read(happening);
    this.#checker?.see(happening, world);
  }

  get violated(): readonly string[] {
    return this.#checker?.violations.map(({ invariant }) => invariant) ?? [];
  }
}

/** A step as it was walked, and what was seen on the way. */
export interface Recorded extends Walked {
  readonly recorder: Recorder;
}

/** Walks a chapter, looking on. */
export function recorded(chapter: Chapter): readonly Recorded[] {
  const recorders: Recorder[] = [];
  const walked = walk(chapter, (world) => {
    const step = chapter.steps[recorders.length] ?? chapter.steps[0];
    const recorder = new Recorder(world, step);
    recorders.push(recorder);
    return recorder;
  });
  return walked.flatMap((one, k) => {
    const recorder = recorders[k];
    return recorder ? [{ ...one, recorder }] : [];
  });
}

/** Only few steps wait for a broken rule, and looking for one takes long. */
const asksForRules = ({ until, claims }: Step): boolean => [until, ...claims].some(asksChecker);
