import { Checker } from '../checker/checker.ts';
import { comparePositions, type Position, START } from '../engine/time.ts';
import type { World } from '../protocol/view-actors.ts';
import { openWorld } from '../scenario/open.ts';
import type { Run } from '../scenario/run.ts';
import type { Verdict } from './verdict.ts';

/** Events between two looks at the wall clock. */
const CHUNK = 64;

/**
 * Carries the run out a second time, behind what is shown, with every invariant looking on. A past that
 * changes makes it begin anew; what is done at the present moment does not.
 */
export class RunChecker {
  #run: Run;
  #world: World;
  #checker: Checker;
  #upTo: Position = START;

  constructor(run: Run) {
    this.#run = run;
    this.#world = openWorld(run);
    this.#checker = new Checker(this.#world);
  }

  get verdict(): Verdict {
    const { rules, violations } = this.#checker;
    return { rules, violations, upTo: this.#upTo };
  }

  /** Looks on from where it was, up to a moment or until `late` says so. True when it has come there. */
  follow(run: Run, upTo: Position, late: () => boolean): boolean {
    this.#become(run, upTo);
    const isThere = this.#seeUntil(upTo, late);
    // Between the last event and the moment asked for nothing happens that could break a rule.
    this.#upTo = isThere ? upTo : this.#world.position;
    return isThere;
  }

  #seeUntil(upTo: Position, late: () => boolean): boolean {
    for (let done = 1; this.#world.reaches(upTo); done++) {
      const happening = this.#world.step();
      if (happening === null) break;
      this.#checker.see(happening, this.#world);
      if (done % CHUNK === 0 && late()) return false;
    }
    return true;
  }

  #become(run: Run, upTo: Position): void {
    const goesOn = this.#isPastOf(run) && comparePositions(this.#world.position, upTo) <= 0;
    if (!goesOn) {
      this.#world = openWorld(run);
      this.#checker = new Checker(this.#world);
    } else if (run.interventions !== this.#run.interventions)
      this.#world.reschedule(run.interventions);
    this.#run = run;
  }

  /** Whether everything seen so far happens in this run as well. */
  #isPastOf({ scenario, seed, interventions }: Run): boolean {
    const old = this.#run;
    if (scenario !== old.scenario || seed !== old.seed) return false;
    if (interventions === old.interventions) return true;
    const { applied, position } = this.#world;
    for (let i = 0; i < applied; i++) if (interventions[i] !== old.interventions[i]) return false;
    return comparePositions(position, interventions[applied]?.at ?? NEVER) <= 0;
  }
}

const NEVER: Position = { timeUs: Number.POSITIVE_INFINITY, n: 0 };
