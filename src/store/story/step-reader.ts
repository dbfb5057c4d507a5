import type { Happening } from '../../engine/happening.ts';
import { comparePositions, type Position } from '../../engine/time.ts';
import type { Step } from '../../stories/step.ts';
import { watchStep } from '../../stories/walk.ts';
import { seen, type Watch } from '../../stories/watch.ts';

/** Reads a run and keeps what a step has to know of the events since it began. */
export class StepReader {
  readonly #since: Position;
  #watch: Watch;

  constructor(step: Step, since: Position) {
    this.#since = since;
    this.#watch = watchStep(step);
  }

  get watch(): Watch {
    return this.#watch;
  }

  read(happening: Happening): void {
    if (comparePositions(happening, this.#since) > 0) this.#watch = seen(this.#watch, happening);
  }
}
