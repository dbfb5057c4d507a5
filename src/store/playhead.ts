import type { ActorId } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import { afterAll, comparePositions, type Micros, type Position, START } from '../engine/time.ts';
import { writerFrom } from '../protocol/narration/handover.ts';
import { WRITER } from '../protocol/topology.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { Run } from '../scenario/run.ts';
import type { Grain } from './contract.ts';
import { CHUNK, type Errand, type Slice } from './errand.ts';
import { Pace, stepMs } from './playback.ts';
import type { OpenTimeline, RunTimeline } from './run-timeline.ts';
import { findBack, findForward, type Grains } from './step-target.ts';

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
  readonly at: Position;
  readonly count: number;
  readonly shownUs: number;
  readonly comeBack: () => void;
}

/** Steps forward that can be taken back without computing anything. */
const MOST_ORIGINS = 64;

/** Whether to stop after an event; null when nobody asked for that. */
export type Stops = ((happening: Happening) => boolean) | null;

/** A way that takes longer than a frame: from where to where. */
interface Way {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

interface SkipLimits {
  /** How long before the beat it ends, so that what leads to it is seen. */
  readonly leadUs: number;
  readonly leastUs: number;
  /** It ends here at the latest. */
  readonly limitUs: number;
}

/** A stretch that was not shown. */
interface Skip {
  readonly fromUs: number;
  readonly toUs: number;
  /** An event in it asked to stop there. */
  readonly stopped: boolean;
}

/** The place in a run and the time shown, which lies between that place and the next event. */
export class Playhead {
  readonly pace = new Pace();
  readonly #open: OpenTimeline;
  readonly #grains: Grains;
  /** What computing may take of one frame; begun by whoever calls. */
  readonly #slice: Slice;
  #timeline: RunTimeline;
  #shownUs = 0;
  /** The furthest position shown: a step looks ahead, and what it finds is nobody's past yet. */
  #seen: Position = START;
  #seenCount = 0;
  #stepping: Stepping | null = null;
  #origins: readonly Origin[] = [];
  #view: ClusterView | null = null;
  #viewCount = -1;
  #way: Way | null = null;

  constructor(open: OpenTimeline, grains: Grains, slice: Slice, run: Run) {
    this.#open = open;
    this.#grains = grains;
    this.#slice = slice;
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
  /** The way under way; null when there is none, or when its end is still being looked for. */
  get way(): Way | null {
    return this.#way;
  }
  get stepping(): boolean {
    return this.#stepping !== null;
  }

  /** Where the step under way ends; the time shown when none is. */
  get targetUs(): number {
    return this.#stepping?.target.timeUs ?? this.#shownUs;
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

  writerAt(at: Position): ActorId {
    const { landmarks } = this.#timeline;
    const last = landmarks.findLast(
      (happening) => comparePositions(happening, at) <= 0 && writerFrom(happening) !== null,
    );
    return (last && writerFrom(last)) ?? WRITER;
  }

  /** The landmarks up to the present position. */
  landmarks(): readonly Happening[] {
    const { landmarks, count } = this.#timeline;
    return landmarks.filter((happening) => happening.count <= count);
  }

  /** Another run, at its beginning. */
  openRun(run: Run): void {
    this.#timeline = this.#open(run);
    this.#restart();
    this.#arrived();
  }

  *seek(to: Position): Errand {
    this.#leaveStep();
    this.#timeline.leap(to);
    yield* this.#goOn(to);
  }

  /** The same moment under other interventions. */
  *rerun(run: Run, at: Position): Errand {
    this.#leaveStep();
    const shownUs = this.#shownUs;
    this.#timeline.replan(run.interventions);
    this.#restart();
    this.#timeline.leap(at);
    yield* this.#goOn(at);
    // Time as shown does not jump because something was done; only an earlier event may cut it short.
    const next = this.#timeline.nextUs() ?? shownUs;
    this.#shownUs = Math.max(this.#shownUs, Math.min(shownUs, next));
  }

  /** On to a place ahead, showing how far it has come whenever a slice is used up. */
  *#goOn(to: Position): Errand {
    this.#origins = [];
    const fromUs = this.#timeline.position.timeUs;
    while (!this.#timeline.onward(to, CHUNK)) {
      if (!this.#slice.late()) continue;
      this.#way = { fromUs, toUs: to.timeUs };
      this.#arrived();
      yield;
    }
    this.#way = null;
    this.#arrived();
  }

  /** Lets time run on by `spanUs`, as far as the slice allows. False when an event asked to stop. */
  runOn(spanUs: number, stops: Stops): boolean {
    const fromUs = this.#shownUs;
    const toUs = fromUs + spanUs;
    this.#origins = [];
    const outcome = this.#onwardTo(toUs, stops);
    this.#shownUs = outcome === 'arrived' ? toUs : Math.max(fromUs, this.#timeline.position.timeUs);
    this.#note();
    if (outcome !== 'stopped') this.pace.add(spanUs, this.#shownUs - fromUs);
    return outcome !== 'stopped';
  }

  /**
   * Goes on at once to shortly before the next beat, as long as that saves `leastUs`. Gives the stretch that
   * is not shown; null when there is none.
   */
  *skipIdle({ leadUs, leastUs, limitUs }: SkipLimits, stops: Stops): Errand<Skip | null> {
    const beat = yield* findForward(this.#timeline, this.#grains, 'beat', this.#slice);
    const fromUs = this.#shownUs;
    const toUs = Math.min((beat?.timeUs ?? fromUs) - leadUs, limitUs);
    if (toUs - fromUs < leastUs) return null;
    const stopped = yield* this.seekStop(toUs, stops);
    if (!stopped) this.#shownUs = toUs;
    return { fromUs, toUs: this.#shownUs, stopped };
  }

  /** Goes straight to the event that asks to stop, or to a time before it. True when that event has come. */
  *seekStop(toUs: number, stops: Stops): Errand<boolean> {
    this.#leaveStep();
    this.#origins = [];
    const fromUs = this.#shownUs;
    let outcome = this.#onwardTo(toUs, stops);
    while (outcome === 'late') {
      this.#way = { fromUs, toUs };
      this.#arrived();
      yield;
      outcome = this.#onwardTo(toUs, stops);
    }
    this.#way = null;
    this.#arrived();
    return outcome === 'stopped';
  }

  /** Prepares a step forward. False when nothing of that grain is on its way. */
  *beginStep(grain: Grain, rateUs: number): Errand<boolean> {
    this.#leaveStep();
    const target = yield* findForward(this.#timeline, this.#grains, grain, this.#slice);
    if (target === null) return false;
    const fromUs = this.#shownUs;
    const origin = {
      at: this.#timeline.position,
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
    if (wholeUs > this.#timeline.position.timeUs) this.#timeline.seek(afterAll(wholeUs));
    this.#note();
    return false;
  }

  /** Completes the step under way at once. */
  finishStep(): void {
    if (this.#stepping === null) return;
    this.#timeline.seek(this.#stepping.target);
    this.#stepping = null;
    this.#arrived();
  }

  /** The same, event by event. False when one on its way asked to stop there. */
  *finishWatched(stops: Stops): Errand<boolean> {
    const stepping = this.#stepping;
    if (stepping === null || stops === null) {
      this.finishStep();
      return true;
    }
    this.#stepping = null;
    for (let done = 1; comparePositions(this.#timeline.position, stepping.target) < 0; done++) {
      const happening = this.#timeline.stepForward();
      this.#arrived();
      if (happening === null) break;
      if (stops(happening)) return false;
      if (done % CHUNK === 0 && this.#slice.late()) yield;
    }
    return true;
  }

  /** Leaves what is under way where it is: a step between two events, a way in the middle. */
  abandon(): void {
    this.#leaveStep();
  }

  /** Undoes the last event, or all of them back to one of a coarser grain. */
  *back(grain: Grain): Errand {
    this.#leaveStep();
    if (grain === 'event') {
      yield* this.#backOne();
      return;
    }
    const to = yield* findBack(this.#timeline, this.#grains, grain, this.#slice);
    const returns = this.#comeBack((origin) => comparePositions(origin.at, to) === 0);
    if (!returns) yield* this.seek(to);
  }

  /** Back to where the last step forward began, if that is the place wanted; else that is forgotten. */
  #comeBack(isWanted: (origin: Origin) => boolean): boolean {
    const origin = this.#origins.at(-1);
    this.#origins = this.#origins.slice(0, -1);
    if (!origin || !isWanted(origin)) return false;
    origin.comeBack();
    this.#shownUs = origin.shownUs;
    return true;
  }

  *#backOne(): Errand {
    const { count, position } = this.#timeline;
    if (this.#comeBack((origin) => origin.count === count - 1)) return;
    const origins = this.#origins;
    this.#timeline.leapToCount(Math.max(count - 1, 0));
    const way = { fromUs: this.#timeline.position.timeUs, toUs: position.timeUs };
    while (this.#timeline.count < count - 1) {
      this.#timeline.stepForward();
      if (this.#timeline.count % CHUNK > 0 || !this.#slice.late()) continue;
      this.#way = way;
      this.#arrived();
      yield;
    }
    this.#way = null;
    this.#origins = origins;
    this.#arrived();
  }

  #leaveStep(): void {
    this.#stepping = null;
    this.#way = null;
  }

  #onwardTo(toUs: number, stops: Stops): 'arrived' | 'late' | 'stopped' {
    return stops ? this.#watch(toUs, stops) : this.#advance(toUs);
  }

  #advance(toUs: number): 'arrived' | 'late' {
    const to = afterAll(Math.floor(toUs));
    while (!this.#timeline.onward(to, CHUNK)) if (this.#slice.late()) return 'late';
    return 'arrived';
  }

  #watch(toUs: number, stops: (happening: Happening) => boolean): 'arrived' | 'late' | 'stopped' {
    for (let done = 1; ; done++) {
      const next = this.#timeline.nextUs();
      if (next === null || next > toUs) break;
      const happening = this.#timeline.stepForward();
      if (happening !== null && stops(happening)) return 'stopped';
      if (done % CHUNK === 0 && this.#slice.late()) return 'late';
    }
    this.#timeline.onward(afterAll(Math.floor(toUs)), CHUNK);
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

  /** What was seen of the future is nobody's any more. */
  #restart(): void {
    this.#view = null;
    this.#origins = [];
    this.#seen = this.#timeline.position;
    this.#seenCount = this.#timeline.count;
    this.pace.reset();
  }
}
