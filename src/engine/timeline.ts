import { Accounts } from './accounts.ts';
import { assert } from './assert.ts';
import { compiled, type Driver } from './driver.ts';
import type { Happening } from './happening.ts';
import { Kernel } from './kernel.ts';
import type { Keyframe } from './keyframe.ts';
import type { Model, Scheduled } from './model.ts';
import { comparePositions, type Micros, type Position, START } from './time.ts';

/** How much of a run is kept so that no moment of it is far away. */
export interface Memory {
  /** Events between keyframes, as far back from the edge as `near` events. */
  readonly spacing: number;
  readonly near: number;
  /** Beyond, keyframes may lie apart by one part in so many of their distance from there. */
  readonly density: number;
  /** Events whose accounts are kept and let go of together. */
  readonly page: number;
  readonly pages: number;
}

/** Picks the few events whose accounts are kept as long as the run: later ones are told by them. */
export type Landmark = (happening: Happening) => boolean;

/** A keyframe has some 90 kB that its neighbours have not, a lonely one near a megabyte; an account half a kilobyte. */
const MEMORY: Memory = { spacing: 384, near: 300_000, density: 8, page: 512, pages: 64 };

/**
 * A run that can be played, stepped both ways, sought and forked. Time travel is one mechanism: the
 * nearest keyframe at or before the moment, then replay.
 */
export class Timeline<N, I extends Scheduled> {
  readonly #kernel: Kernel<N, I>;
  readonly #memory: Memory;
  readonly #accounts: Accounts;
  readonly #isLandmark: Landmark;
  #landmarks: Happening[] = [];
  #keyframes: Keyframe<N>[];
  #edge: Position = START;
  #edgeCount = 0;
  /** Interventions carried out before the edge. */
  #edgeApplied = 0;
  #interventions: readonly I[];

  constructor(
    model: Model<N, I>,
    seed: number,
    interventions: readonly I[],
    driver: Driver = compiled(),
    memory: Memory = MEMORY,
    isLandmark: Landmark = () => false,
  ) {
    this.#isLandmark = isLandmark;
    this.#interventions = interventions;
    this.#memory = memory;
    this.#accounts = new Accounts(memory.page, memory.pages);
    this.#kernel = new Kernel(model, seed, interventions, driver);
    this.#keyframes = [this.#kernel.save()];
  }

  /** The cluster at the present position. Changes with it: read it, do not keep it. */
  get world(): Kernel<N, I> {
    return this.#kernel;
  }
  get position(): Position {
    return this.#kernel.position;
  }
  /** The furthest position computed. */
  get edge(): Position {
    return this.#edge;
  }
  /** Events up to the present position. */
  get count(): number {
    return this.#kernel.count;
  }
  get edgeCount(): number {
    return this.#edgeCount;
  }
  get interventions(): readonly I[] {
    return this.#interventions;
  }
  /** The landmarks among the events computed, oldest first. */
  get landmarks(): readonly Happening[] {
    return this.#landmarks;
  }
  hash(): string {
    return this.#kernel.hash();
  }
  /** When the next event happens; null when nothing ever will. */
  nextUs(): Micros | null {
    return this.#kernel.nextUs();
  }

  /** One event forward; null when nothing is left to happen. */
  stepForward(): Happening | null {
    const happening = this.#kernel.step();
    if (happening === null) return null;
    this.#accounts.set(happening);
    if (happening.count > this.#edgeCount) {
      if (happening.count % this.#memory.spacing === 0) this.#keep();
      if (this.#isLandmark(happening)) this.#landmarks.push(happening);
      this.#edgeIsHere();
    }
    return happening;
  }

  /** Back to just before the last event. Returns the event undone; null at the start. */
  stepBack(): Happening | null {
    const { count } = this.#kernel;
    const undone = this.#happeningAt(count);
    this.#toCount(Math.max(count - 1, 0));
    return undone;
  }

  /** To the nearest moment at hand with no more than `count` events behind it. */
  leapToCount(count: number): void {
    this.#kernel.restore(this.#lastKeyframe((k) => k.count <= count));
  }

  /** To a position, exactly, either way. Beyond the edge the run is computed onward. */
  seek(to: Position): void {
    this.leap(to);
    this.onward(to, Number.POSITIVE_INFINITY);
  }

  /** To the nearest moment at or before `to` that is at hand: `onward` goes the rest of the way. */
  leap(to: Position): void {
    const back = comparePositions(to, this.#kernel.position) < 0;
    const keyframe = this.#lastKeyframe((k) => comparePositions(k.position, to) <= 0);
    // Ahead, a keyframe helps only if it lies nearer than the present position.
    if (back || keyframe.count > this.#kernel.count) this.#kernel.restore(keyframe);
  }

  /**
   * Lets the run go on to a position ahead, at most `maxEvents` events. False when it stopped short of it, so
   * that a caller with a budget can come back.
   */
  onward(to: Position, maxEvents: number): boolean {
    for (let left = maxEvents; this.#kernel.reaches(to); left--) {
      if (left === 0) return false;
      this.stepForward();
    }
    this.#settle(to.timeUs);
    return true;
  }

  /** Accounts of the events in (`from`, `to`], oldest first; those let go of are recomputed. */
  happenings(from: Position, to: Position): readonly Happening[] {
    const out: Happening[] = [];
    for (let count = this.#firstAfter(from); count <= this.#edgeCount; count++) {
      const happening = this.#happeningAt(count);
      if (happening === null || comparePositions(happening, to) > 0) break;
      out.push(happening);
    }
    return out;
  }

  /** The `count`-th event of the run; null when it has not been computed. */
  happening(count: number): Happening | null {
    return this.#happeningAt(count);
  }

  /** The oldest event whose account is sure to be at hand: older ones may take time to recompute. */
  get oldestKept(): number {
    const { page, pages } = this.#memory;
    return Math.max(1, this.#accounts.pageOf(Math.max(this.#edgeCount, 1))[0] - page * (pages - 1));
  }

  /** The event that made the present position. */
  lastHappening(): Happening | null {
    return this.#happeningAt(this.#kernel.count);
  }

  /**
   * Changes what is done from outside: keeps the common past, forgets the rest and recomputes up to
   * the present time. Undo, redo and forking are all this.
   */
  rerun(interventions: readonly I[], present: Position = this.position): void {
    this.replan(interventions);
    this.seek(present);
  }

  /** The same without the way back to the present: the run stands at or before where it changes. */
  replan(interventions: readonly I[]): void {
    const common = commonPrefix(this.#interventions, interventions);
    const changed = interventions[common]?.at ?? NEVER;
    const holds = (applied: number, position: Position): boolean =>
      applied <= common && comparePositions(position, changed) <= 0;
    this.#interventions = interventions;
    this.#kernel.reschedule(interventions);
    if (!holds(this.#edgeApplied, this.#edge)) this.#fork(holds);
  }

  /** Forgets everything that no longer holds. */
  #fork(holds: (applied: number, position: Position) => boolean): void {
    const keyframe = this.#lastKeyframe((k) => holds(k.applied, k.position));
    this.#keyframes.length = this.#keyframes.indexOf(keyframe) + 1;
    const { applied, position, count } = this.#kernel;
    if (!holds(applied, position) || count < keyframe.count) this.#kernel.restore(keyframe);
    this.#edgeIsHere();
    this.#accounts.truncate(this.#edgeCount);
    this.#landmarks = this.#landmarks.filter(({ count: at }) => at <= this.#edgeCount);
  }

  #settle(timeUs: Micros): void {
    this.#kernel.settle(timeUs);
    if (comparePositions(this.#kernel.position, this.#edge) > 0) this.#edge = this.#kernel.position;
  }

  #edgeIsHere(): void {
    this.#edge = this.#kernel.position;
    this.#edgeCount = this.#kernel.count;
    this.#edgeApplied = this.#kernel.applied;
  }

  /** The last keyframe that satisfies a condition which holds at the start of the run. */
  #lastKeyframe(condition: (keyframe: Keyframe<N>) => boolean): Keyframe<N> {
    const keyframe = this.#keyframes.findLast(condition) ?? this.#keyframes[0];
    assert(keyframe, 'the start of a run is always kept');
    return keyframe;
  }

  #toCount(count: number): void {
    this.leapToCount(count);
    while (this.#kernel.count < count && this.stepForward() !== null);
  }

  #happeningAt(count: number): Happening | null {
    if (count < 1 || count > this.#edgeCount) return null;
    return this.#accounts.get(count) ?? this.#recall(count);
  }

  /** Recomputes the accounts around an event, and comes back. */
  #recall(count: number): Happening | null {
    const present = this.#kernel.save();
    const [first, last] = this.#accounts.pageOf(count);
    this.#toCount(first - 1);
    while (this.#kernel.count < Math.min(last, this.#edgeCount) && this.stepForward() !== null);
    this.#kernel.restore(present);
    return this.#accounts.get(count) ?? null;
  }

  /** The count of the first event after a position. */
  #firstAfter(position: Position): number {
    const next = this.#keyframes.findLastIndex((k) => comparePositions(k.position, position) <= 0);
    let low = (this.#keyframes[next]?.count ?? 0) + 1;
    let high = this.#keyframes[next + 1]?.count ?? this.#edgeCount + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const happening = this.#happeningAt(middle);
      if (happening !== null && comparePositions(happening, position) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #keep(): void {
    this.#keyframes.push(this.#kernel.save());
    const { spacing, density } = this.#memory;
    if (this.#kernel.count % (spacing * density) === 0) this.#thin();
  }

  /** Drops keyframes whose neighbours lie near enough: the further back, the fewer are needed. */
  #thin(): void {
    const all = this.#keyframes;
    const { near, density } = this.#memory;
    const far = this.#kernel.count - near;
    const kept: Keyframe<N>[] = [];
    let last = Number.NEGATIVE_INFINITY;
    all.forEach((keyframe, i) => {
      const gap = (all[i + 1]?.count ?? Number.POSITIVE_INFINITY) - last;
      if (gap * density <= far - keyframe.count) return;
      kept.push(keyframe);
      last = keyframe.count;
    });
    this.#keyframes = kept;
  }
}

/** After any position. */
const NEVER: Position = { timeUs: Number.POSITIVE_INFINITY, n: 0 };

function commonPrefix<I extends Scheduled>(a: readonly I[], b: readonly I[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}
