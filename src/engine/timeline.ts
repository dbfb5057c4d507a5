import type { Driver } from './driver.ts';
import { compiled } from './driver.ts';
import type { Happening } from './happening.ts';
import { Kernel, type Keyframe } from './kernel.ts';
import type { Model, Scheduled } from './model.ts';
import { comparePositions, type Micros, type Position } from './time.ts';

/** Events between keyframes near the present. */
const SPACING = 512;
/** Keyframes kept at full density; beyond, the older half is thinned to every other one. */
const DENSE = 640;
/** Events whose account is kept; older ones are recomputed when somebody goes there. */
const KEPT = 131_072;
const PAGE = 4_096;

/**
 * A run that can be played, stepped both ways, sought and forked. Time travel is one mechanism: the
 * nearest keyframe at or before the moment, then replay.
 */
export class Timeline<N, I extends Scheduled> {
  readonly #kernel: Kernel<N, I>;
  #keyframes: Keyframe<N>[];
  /** Accounts of events, in pages; `#pages[k]` holds counts k·PAGE+1 … (k+1)·PAGE, or was let go. */
  #pages: (Happening[] | undefined)[] = [];
  #oldestPage = 0;
  #edge: Position = { timeUs: 0, n: 0 };
  #edgeCount = 0;
  #interventions: readonly I[];

  constructor(
    model: Model<N, I>,
    seed: number,
    interventions: readonly I[],
    driver: Driver = compiled(),
  ) {
    this.#interventions = interventions;
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
    this.#record(happening);
    if (happening.count % SPACING === 0) this.#keep();
    if (happening.count >= this.#edgeCount) {
      this.#edgeCount = happening.count;
      this.#edge = this.#kernel.position;
    }
    return happening;
  }

  /** Back to just before the last event. Returns the event undone; null at the start. */
  stepBack(): Happening | null {
    const { count } = this.#kernel;
    if (count === 0) {
      this.#toCount(0);
      return null;
    }
    const undone = this.#happeningAt(count);
    this.#toCount(count - 1);
    return undone;
  }

  /** To a position, exactly, either way. Beyond the edge the run is computed onward. */
  seek(to: Position): void {
    if (comparePositions(to, this.#kernel.position) < 0) this.#rewind(to);
    else this.#jump(to);
    while (this.#kernel.reaches(to)) this.stepForward();
    this.#settle(to.timeUs);
  }

  /**
   * Lets time run to `timeUs`, at most `maxEvents` events. False when it stopped short of it, so
   * that a caller with a budget can come back.
   */
  advanceTo(timeUs: Micros, maxEvents: number): boolean {
    const to: Position = { timeUs, n: Number.MAX_SAFE_INTEGER };
    for (let left = maxEvents; this.#kernel.reaches(to); left--) {
      if (left === 0) return false;
      this.stepForward();
    }
    this.#settle(timeUs);
    return true;
  }

  /** Accounts of the events in (`from`, `to`], oldest first, as far back as they are kept. */
  happenings(from: Position, to: Position): readonly Happening[] {
    const out: Happening[] = [];
    for (let count = this.#firstAfter(from); count <= this.#edgeCount; count++) {
      const happening = this.#happeningAt(count);
      if (happening === null || comparePositions(placeOf(happening), to) > 0) break;
      out.push(happening);
    }
    return out;
  }

  /** The `count`-th event of the run, if its account is kept. */
  happening(count: number): Happening | null {
    return this.#happeningAt(count);
  }

  /** The oldest event whose account is kept. */
  get oldestKept(): number {
    return this.#oldestPage * PAGE + 1;
  }

  /** The event that made the present position, if its account is kept. */
  lastHappening(): Happening | null {
    return this.#happeningAt(this.#kernel.count);
  }

  /**
   * Changes what is done from outside: keeps the common past, forgets the rest and recomputes up to
   * the present time. Undo, redo and forking are all this.
   */
  rerun(interventions: readonly I[], present: Position = this.position): void {
    const common = commonPrefix(this.#interventions, interventions);
    this.#interventions = interventions;
    let last = this.#keyframes.findLastIndex((k) => k.applied <= common);
    const changed = interventions[common]?.at;
    while (last > 0 && changed !== undefined) {
      const place = this.#keyframes[last]?.position;
      if (place !== undefined && comparePositions(place, changed) <= 0) break;
      last--;
    }
    const keyframe = this.#keyframes[last];
    if (keyframe === undefined) return;
    const stays = this.#kernel.applied <= common && this.#isBefore(changed);
    this.#kernel.reschedule(interventions);
    this.#keyframes.length = last + 1;
    if (!stays) this.#kernel.restore(keyframe);
    this.#edgeCount = this.#kernel.count;
    this.#edge = this.#kernel.position;
    this.#pages.length = Math.min(this.#pages.length, Math.floor(this.#edgeCount / PAGE) + 1);
    this.seek(present);
  }

  /** Whether everything computed so far lies before the first change. */
  #isBefore(changed: Position | undefined): boolean {
    return changed === undefined || comparePositions(this.#kernel.position, changed) <= 0;
  }

  #settle(timeUs: Micros): void {
    this.#kernel.settle(timeUs);
    if (comparePositions(this.#kernel.position, this.#edge) > 0) this.#edge = this.#kernel.position;
  }

  /** Restores the nearest keyframe at or before a position in the past. */
  #rewind(to: Position): void {
    const at = this.#keyframes.findLastIndex((k) => comparePositions(k.position, to) <= 0);
    const keyframe = this.#keyframes[Math.max(at, 0)];
    if (keyframe !== undefined) this.#kernel.restore(keyframe);
  }

  /** Skips ahead through known history, if a keyframe lies nearer than the present position. */
  #jump(to: Position): void {
    const at = this.#keyframes.findLastIndex((k) => comparePositions(k.position, to) <= 0);
    const keyframe = this.#keyframes[at];
    if (keyframe !== undefined && keyframe.count > this.#kernel.count)
      this.#kernel.restore(keyframe);
  }

  #toCount(count: number): void {
    const at = this.#keyframes.findLastIndex((k) => k.count <= count);
    const keyframe = this.#keyframes[Math.max(at, 0)];
    if (keyframe !== undefined) this.#kernel.restore(keyframe);
    while (this.#kernel.count < count && this.stepForward() !== null);
  }

  #record(happening: Happening): void {
    const index = happening.count - 1;
    const at = Math.floor(index / PAGE);
    if (at < this.#oldestPage) return;
    let page = this.#pages[at];
    if (page === undefined) {
      page = [];
      this.#pages[at] = page;
    }
    page[index % PAGE] = happening;
    while ((at - this.#oldestPage + 1) * PAGE > KEPT) {
      this.#pages[this.#oldestPage] = undefined;
      this.#oldestPage++;
    }
  }

  #happeningAt(count: number): Happening | null {
    if (count < 1 || (count > this.#kernel.count && count > this.#edgeCount)) return null;
    return this.#pages[Math.floor((count - 1) / PAGE)]?.[(count - 1) % PAGE] ?? null;
  }

  /** The count of the first kept event after a position. */
  #firstAfter(position: Position): number {
    let low = this.oldestKept;
    let high = this.#edgeCount + 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      const happening = this.#happeningAt(middle);
      if (happening !== null && comparePositions(placeOf(happening), position) > 0) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  #keep(): void {
    const newest = this.#keyframes[this.#keyframes.length - 1];
    if (newest !== undefined && newest.count >= this.#kernel.count) return;
    this.#keyframes.push(this.#kernel.save());
    if (this.#keyframes.length > DENSE * 2) this.#thin();
  }

  /** Drops every other keyframe of the older half: density falls off with age, memory stays put. */
  #thin(): void {
    const recent = this.#keyframes.length - DENSE;
    this.#keyframes = this.#keyframes.filter((_, i) => i >= recent || i % 2 === 0);
  }
}

const placeOf = (happening: Happening): Position => ({
  timeUs: happening.timeUs,
  n: happening.n,
});

function commonPrefix<I extends Scheduled>(a: readonly I[], b: readonly I[]): number {
  let i = 0;
  while (i < a.length && i < b.length && a[i] === b[i]) i++;
  return i;
}
