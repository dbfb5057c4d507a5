import type { Micros, Position } from '../engine/time.ts';
import type { Run } from '../scenario/run.ts';

/** A stretch that is played again and again. */
export interface Loop {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** A run that came with a script and ends: where it began to be shown, and where its own length is over. */
interface Script {
  readonly run: Run;
  readonly from: Position;
  readonly endUs: Micros;
}

/** The shortest loop. */
const LEAST_US: Micros = 10;
/** Time shown is a sum of frames: it comes to a moment as near as this. */
const NEAR_US = 0.5;

/** The end of a run that came with acts, when all of them lie within its scenario's own length; else null. */
function scriptOf(run: Run, at: Position): Script | null {
  const { interventions, scenario } = run;
  const { lengthUs } = scenario;
  const within = interventions.every((act) => act.at.timeUs < lengthUs);
  if (interventions.length === 0 || !within || at.timeUs >= lengthUs) return null;
  return { run, from: at, endUs: lengthUs };
}

/** Where playing turns back, and where it ends. */
export class Course {
  #loop: Loop | null = null;
  #script: Script | null = null;

  get loop(): Loop | null {
    return this.#loop;
  }

  /** Its ends may come in either order. */
  setLoop(loop: Loop | null): void {
    if (loop === null) this.#loop = null;
    else {
      const fromUs = Math.max(0, Math.round(Math.min(loop.fromUs, loop.toUs)));
      const toUs = Math.round(Math.max(loop.fromUs, loop.toUs));
      this.#loop = { fromUs, toUs: Math.max(toUs, fromUs + LEAST_US) };
    }
  }

  opened(run: Run, at: Position): void {
    this.#script = scriptOf(run, at);
  }

  /** How far playing goes from here before it turns back or ends. */
  limitUs(run: Run, shownUs: number): number {
    const ends = [this.#loop?.toUs, this.#endOf(run)];
    return Math.min(
      ...ends.flatMap((end) => (end !== undefined && end - NEAR_US > shownUs ? [end] : [])),
    );
  }

  /** Where to go on from instead, when the loop has been played; null before. */
  turn(shownUs: number): Position | null {
    if (this.#loop === null || shownUs < this.#loop.toUs - NEAR_US) return null;
    return { timeUs: this.#loop.fromUs, n: 0 };
  }

  /** Where a script that has just ended begins anew; null anywhere else. */
  beginning(run: Run, shownUs: number): Position | null {
    const endUs = this.#endOf(run) ?? Number.NaN;
    return Math.abs(endUs - shownUs) <= NEAR_US ? (this.#script?.from ?? null) : null;
  }

  /** Whoever changes a script has a run of their own, which does not end. */
  #endOf(run: Run): Micros | undefined {
    return this.#script?.run === run ? this.#script.endUs : undefined;
  }
}
