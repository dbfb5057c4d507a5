import type { Happening } from '../engine/happening.ts';
import { comparePositions, type Position, START } from '../engine/time.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { Run } from '../scenario/run.ts';
import type { Grain } from './contract.ts';
import { Pace, SLICE_MS, stepMs } from './playback.ts';
import type { OpenTimeline, RunTimeline } from './run-timeline.ts';
import { findBack, findForward, type Grains } from './step-target.ts';

/** Events computed between two looks at the wall clock. */
const CHUNK = 128;

/** A step being shown: shown time moves to the target within a span of wall time. */
interface Stepping {
  readonly target: Position;
  readonly fromUs: number;
  readonly durationMs: number;
  /** When its first frame was drawn; null before. */
  startedMs: number | null;
}

/** A moment left by a step forward, so that stepping back returns to it at once, and exactly. */
interface Origin {
  readonly count: number;
  readonly shownUs: number;
  readonly comeBack: () => void;
}

/** Steps forward that can be taken back without computing anything. */
const MOST_ORIGINS = 64;

/** What the head asks while time runs. */
export interface Running {
  /** The wall clock, in milliseconds: the engine may take a slice of one frame and no more. */
  now(): number;
  /** Whether to stop after an event; null when nobody asked for that. */
  readonly stops: ((happening: Happening) => boolean) | null;
}

/** The place in a run and the time shown, which lies between that place and the next event. */
export class Playhead {
  readonly pace = new Pace();
  readonly #open: OpenTimeline;
  readonly #grains: Grains;
  #timeline: RunTimeline;
  #shownUs = 0;
  /** The furthest position shown: a step looks ahead, and what it finds is nobody's past yet. */
  #seen: Position = START;
  #seenCount = 0;
  #stepping: Stepping | null = null;
  #origins: readonly Origin[] = [];
  #view: ClusterView | null = null;
  #viewCount = -1;

  constructor(open: OpenTimeline, grains: Grains, run: Run) {
    this.#open = open;
    this.#grains = grains;
    this.#timeline = open(run);
  }

  get timeline(): RunTimeline {
    return this.#timeline;
  }
  get shownUs(): number {
    return this.#shownUs;
  }
  get seen(): Position {
    return this.#seen;
  }
  get seenCount(): number {
    return this.#seenCount;
  }
  get stepping(): boolean {
    return this.#stepping !== null;
  }

  view(): ClusterView {
    if (this.#view === null || this.#viewCount !== this.#timeline.count) {
      this.#view = this.#timeline.view();
      this.#viewCount = this.#timeline.count;
    }
    return this.#view;
  }

  happenings(from: Position, to: Position): readonly Happening[] {
    const end = comparePositions(to, this.#seen) < 0 ? to : this.#seen;
    return this.#timeline.happenings({ timeUs: from.timeUs, n: from.n - 1 }, end);
  }

  openRun(run: Run, at: Position): void {
    this.#timeline = this.#open(run);
    this.#forgetFuture();
    this.seek(at);
  }

  seek(to: Position): void {
    this.#leaveStep();
    this.#origins = [];
    this.#timeline.seek(to);
    this.#arrived();
  }

  /** The same moment under other interventions. */
  rerun(run: Run, at: Position): void {
    this.#leaveStep();
    this.#origins = [];
    const shownUs = this.#shownUs;
    this.#timeline.rerun(run.interventions, at);
    this.#forgetFuture();
    this.#arrived();
    // Time as shown does not jump because something was done; only an earlier event may cut it short.
    const next = this.#timeline.nextUs() ?? shownUs;
    this.#shownUs = Math.max(this.#shownUs, Math.min(shownUs, next));
  }

  /** Lets time run on by `spanUs`, as far as the slice allows. False when an event asked to stop. */
  runOn(spanUs: number, running: Running): boolean {
    const fromUs = this.#shownUs;
    const toUs = fromUs + spanUs;
    const until = running.now() + SLICE_MS;
    this.#origins = [];
    const outcome = running.stops
      ? this.#watch(toUs, until, running.now, running.stops)
      : this.#advance(toUs, until, running.now);
    this.#shownUs = outcome === 'arrived' ? toUs : Math.max(fromUs, this.#timeline.position.timeUs);
    this.#note();
    if (outcome !== 'stopped') this.pace.add(spanUs, this.#shownUs - fromUs);
    return outcome !== 'stopped';
  }

  /** Prepares a step forward. False when nothing of that grain is on its way. */
  beginStep(grain: Grain, rateUs: number): boolean {
    const target = findForward(this.#timeline, this.#grains, grain);
    if (target === null) return false;
    const fromUs = this.#shownUs;
    const origin = {
      count: this.#timeline.count,
      shownUs: fromUs,
      comeBack: this.#timeline.mark(),
    };
    this.#origins = [...this.#origins, origin].slice(-MOST_ORIGINS);
    const durationMs = stepMs(target.timeUs - fromUs, rateUs);
    this.#stepping = { target, fromUs, durationMs, startedMs: null };
    return true;
  }

  /** Shows one frame of the step under way. True when it has arrived. */
  showStep(nowMs: number): boolean {
    const stepping = this.#stepping;
    if (stepping === null) return true;
    stepping.startedMs ??= nowMs;
    const { target, fromUs, durationMs, startedMs } = stepping;
    const part = (nowMs - startedMs) / durationMs;
    if (part >= 1) {
      this.finishStep();
      return true;
    }
    this.#shownUs = fromUs + (target.timeUs - fromUs) * Math.max(part, 0);
    // Events that share the target's microsecond wait for the end: it may lie among them.
    const wholeUs = Math.min(Math.floor(this.#shownUs), target.timeUs - 1);
    if (wholeUs > this.#timeline.position.timeUs) this.#timeline.seek({ timeUs: wholeUs, n: ALL });
    this.#note();
    return false;
  }

  /** Completes the step under way at once. False when an event on its way asked to stop there. */
  finishStep(stops: Running['stops'] = null): boolean {
    const stepping = this.#stepping;
    if (stepping === null) return true;
    this.#stepping = null;
    const stopped = stops !== null && this.#stopsBefore(stepping.target, stops);
    if (!stopped) this.#timeline.seek(stepping.target);
    this.#arrived();
    return !stopped;
  }

  /** Goes on event by event until one asks to stop; false when none up to `end` did. */
  #stopsBefore(end: Position, stops: (happening: Happening) => boolean): boolean {
    while (comparePositions(this.#timeline.position, end) < 0) {
      const happening = this.#timeline.stepForward();
      if (happening === null) return false;
      if (stops(happening)) return true;
    }
    return false;
  }

  /** Leaves the step under way where it is: between two events. */
  abandonStep(): void {
    this.#leaveStep();
  }

  /** Undoes the last event, or all of them back to one of a coarser grain. */
  back(grain: Grain): void {
    this.#leaveStep();
    if (grain === 'event') this.#backOne();
    else {
      this.#origins = [];
      this.#timeline.seek(findBack(this.#timeline, this.#grains, grain));
      this.#arrived();
    }
  }

  #backOne(): void {
    const origin = this.#origins.at(-1);
    this.#origins = this.#origins.slice(0, -1);
    if (origin && origin.count === this.#timeline.count - 1) {
      origin.comeBack();
      this.#shownUs = origin.shownUs;
      return;
    }
    this.#timeline.stepBack();
    this.#arrived();
  }

  #leaveStep(): void {
    this.#stepping = null;
  }

  #advance(toUs: number, until: number, now: () => number): 'arrived' | 'late' {
    const wholeUs = Math.floor(toUs);
    while (!this.#timeline.advanceTo(wholeUs, CHUNK)) if (now() >= until) return 'late';
    return 'arrived';
  }

  #watch(
    toUs: number,
    until: number,
    now: () => number,
    stops: (happening: Happening) => boolean,
  ): 'arrived' | 'late' | 'stopped' {
    for (let done = 1; ; done++) {
      const next = this.#timeline.nextUs();
      if (next === null || next > toUs) break;
      const happening = this.#timeline.stepForward();
      if (happening !== null && stops(happening)) return 'stopped';
      if (done % CHUNK === 0 && now() >= until) return 'late';
    }
    this.#timeline.advanceTo(Math.floor(toUs), CHUNK);
    return 'arrived';
  }

  /** After a jump the time shown is the moment jumped to. */
  #arrived(): void {
    this.#shownUs = this.#timeline.position.timeUs;
    this.#note();
  }

  #note(): void {
    if (comparePositions(this.#timeline.position, this.#seen) <= 0) return;
    this.#seen = this.#timeline.position;
    this.#seenCount = this.#timeline.count;
  }

  #forgetFuture(): void {
    this.#view = null;
    this.#seen = this.#timeline.position;
    this.#seenCount = this.#timeline.count;
    this.pace.reset();
  }
}

const ALL = Number.MAX_SAFE_INTEGER;
