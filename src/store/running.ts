import { afterAll, type Micros, type Position } from '../engine/time.ts';
import type { Run } from '../scenario/run.ts';
import type { Grain } from './contract.ts';
import { Course, type Loop } from './course.ts';
import type { Errand } from './errand.ts';
import { Idleness, skipSpans } from './guided-pace.ts';
import { DEFAULT_RATE, frameUs } from './playback.ts';
import type { Playhead, Stops } from './playhead.ts';
import type { Skipped } from './run-player.ts';
import type { Grains } from './step-target.ts';

interface RunningParts {
  readonly head: Playhead;
  readonly grains: Grains;
  run(): Run;
  pauseAt(): Stops;
  guided(): boolean;
  nothingAhead(grain: Grain): void;
  /** Ends playing where it is. */
  pause(): void;
}

/** How time runs while a run is played: how fast, what is skipped of it, where it turns back and where it ends. */
export class Running {
  readonly #parts: RunningParts;
  readonly #course = new Course();
  readonly #idleness = new Idleness();
  #rateUs: Micros = DEFAULT_RATE;
  #skipped: Skipped | null = null;

  constructor(parts: RunningParts) {
    this.#parts = parts;
  }

  get rateUs(): Micros {
    return this.#rateUs;
  }
  get skipped(): Skipped | null {
    return this.#skipped;
  }
  get loop(): Loop | null {
    return this.#course.loop;
  }

  setRate(rateUs: Micros): void {
    this.#rateUs = rateUs;
    this.#parts.head.pace.reset();
    this.#idleness.end();
  }

  setLoop(loop: Loop | null): void {
    this.#course.setLoop(loop);
  }

  /** Another run is shown, from here on. */
  opened(run: Run, at: Position): void {
    this.#course.opened(run, at);
    this.leftWorld();
  }

  /** Another world is shown: a stretch of the one before means nothing in it. */
  leftWorld(): void {
    this.#course.setLoop(null);
    this.jumped();
  }

  /** Another moment is shown, to which no time ran on. */
  jumped(): void {
    this.#skipped = null;
  }

  /** From where it is played, when that is not here. */
  begin(): Position | null {
    this.#idleness.end();
    return this.#turn() ?? this.beginning();
  }

  /** Where a script begins anew that has just ended; null anywhere else. */
  beginning(): Position | null {
    return this.#course.beginning(this.#parts.run(), this.#parts.head.shownUs);
  }

  /** Lets the time of a frame pass. What leads on from there when that is no frame; null when it is. */
  pass(wallMs: number): Errand | null {
    const { head, guided, pause } = this.#parts;
    this.#idleness.pass(wallMs);
    const roomUs = this.#limitUs() - head.shownUs;
    const spanUs = Math.min(frameUs(wallMs, this.#rateUs), roomUs);
    if (!head.runOn(spanUs, this.#stops()) || this.beginning() !== null) {
      pause();
      return null;
    }
    const from = this.#turn();
    if (from === null) return guided() && this.#idleness.isLong() ? this.#skipIdle() : null;
    this.#idleness.end();
    return head.seek(from);
  }

  /** One still picture of reduced motion: the next beat. */
  *still(): Errand {
    const { head, nothingAhead, pauseAt, pause } = this.#parts;
    const from = this.#turn();
    if (from !== null) {
      yield* head.seek(from);
      return;
    }
    const limitUs = this.#limitUs();
    const found = yield* head.beginStep('beat', this.#rateUs);
    if (limitUs < (found ? head.targetUs : Number.POSITIVE_INFINITY)) {
      yield* head.seek(afterAll(limitUs));
      if (this.beginning() !== null) pause();
      return;
    }
    if (!found) nothingAhead('beat');
    const goesOn = found && (yield* head.finishWatched(pauseAt()));
    if (!goesOn) pause();
  }

  #turn = (): Position | null => this.#course.turn(this.#parts.head.shownUs);

  #limitUs = (): number => this.#course.limitUs(this.#parts.run(), this.#parts.head.shownUs);

  /** What stops playing; with guided pace, all that happens is looked at. */
  #stops(): Stops {
    const { pauseAt, guided, grains } = this.#parts;
    const stops = pauseAt();
    if (!guided()) return stops;
    return (happening) => {
      if (grains.isBeat(happening)) this.#idleness.end();
      return stops?.(happening) ?? false;
    };
  }

  /** Nothing has happened for a while: on to what comes next. */
  *#skipIdle(): Errand {
    const { head, pauseAt, pause } = this.#parts;
    const limits = { ...skipSpans(this.#rateUs), limitUs: this.#limitUs() };
    const skip = yield* head.skipIdle(limits, pauseAt());
    if (skip === null) return;
    this.#skipped = skip;
    if (skip.stopped) pause();
  }
}
