import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Happening } from './happening.ts';
import { Kernel } from './kernel.ts';
import { comparePositions, afterAll as endOf, type Position } from './time.ts';
import { type Memory, Timeline } from './timeline.ts';
import { type Act, digest, frozen, placeOf, toyModel } from './toy.testkit.ts';

const SEED = 3;
/** So little that a short run needs everything that a long one does. */
const SMALL: Memory = { spacing: 16, near: 96, density: 6, page: 32, pages: 3 };

const act = (timeUs: number, n: number, does: Act['does'], to = 'S1'): Act => ({
  at: { timeUs, n },
  does,
  to,
});
const busy: readonly Act[] = [
  act(90, 0, 'CHOKE', 'S2'),
  act(200, 1, 'KILL', 'S1'),
  act(200, 1, 'slow', 'S3'),
  act(200, 2, 'CHOKE', 'S4'),
  act(500, 0, 'KILL', 'W'),
  act(700, 3, 'REVIVE', 'S1'),
];

const open = (acts: readonly Act[], memory?: Memory) =>
  new Timeline(toyModel(), SEED, acts, frozen(), memory);

/** A run played straight from its start, which knows nothing of time travel. */
class Straight {
  readonly #acts: readonly Act[];
  readonly #kernel: Kernel<ReturnType<typeof toyModel>['network'], Act>;
  readonly happenings: Happening[] = [];

  constructor(acts: readonly Act[]) {
    this.#acts = acts;
    this.#kernel = new Kernel(toyModel(), SEED, acts);
  }

  /** How many events lie at or before a position. */
  countAt(to: Position): number {
    for (;;) {
      const last = this.happenings.at(-1);
      if (last !== undefined && comparePositions(placeOf(last), to) > 0) break;
      const next = this.#kernel.step();
      if (next === null) break;
      this.happenings.push(next);
    }
    return this.happenings.findLastIndex((each) => comparePositions(placeOf(each), to) <= 0) + 1;
  }

  digestAt(to: Position): string {
    const kernel = new Kernel(toyModel(), SEED, this.#acts);
    const count = this.countAt(to);
    while (kernel.count < count) kernel.step();
    kernel.settle(to.timeUs);
    return digest(kernel);
  }

  between(from: Position, to: Position): readonly Happening[] {
    return this.happenings.slice(this.countAt(from), this.countAt(to));
  }
}

/** As `toEqual`, which is slow, but only where it has something to say. */
const same = (actual: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
};

type Line = ReturnType<typeof open>;

/** Walks about in a timeline and compares every place it comes to with a straight run. */
class Walker {
  #acts: readonly Act[] = [];
  #line: Line = open(this.#acts, SMALL);
  #straight = new Straight(this.#acts);
  #undone: Act[] = [];

  rerun(acts: readonly Act[], present?: Position): void {
    this.#line.rerun(acts, present);
    this.#remember(acts);
    if (present !== undefined) this.#expectAt(present);
  }

  #remember(acts: readonly Act[]): void {
    this.#acts = acts;
    this.#straight = new Straight(acts);
  }

  /** An act at the present, or at a place that may lie in the past or among events of one time. */
  act(does: Act['does'], at: Position | null): void {
    const place = at ?? this.#line.position;
    const acts = [...this.#acts, { at: place, does, to: does === 'KILL' ? 'W' : 'S2' }];
    this.#undone = [];
    this.rerun(acts.toSorted((a, b) => comparePositions(a.at, b.at)));
  }

  undo(): void {
    const last = this.#acts.at(-1);
    if (last === undefined) return;
    this.#undone.push(last);
    this.rerun(this.#acts.slice(0, -1));
  }

  redo(present: Position): void {
    const next = this.#undone.pop();
    if (next !== undefined) this.rerun([...this.#acts, next], present);
  }

  reload(): void {
    const { position } = this.#line;
    this.#line = open(this.#acts, SMALL);
    this.seek(position);
  }

  seek(to: Position): void {
    this.#line.seek(to);
    this.#expectAt(to);
  }

  advance(spanUs: number, events: number): void {
    const toUs = this.#line.position.timeUs + spanUs;
    const before = this.#line.count;
    if (this.#line.onward(endOf(toUs), events)) this.#expectAt(endOf(toUs));
    else expect(this.#line.count).toBe(before + events);
  }

  forward(): void {
    const { position } = this.#line;
    const [next] = this.#straight.between(position, { timeUs: position.timeUs + 5_000, n: 0 });
    expect(this.#line.stepForward()).toEqual(next ?? null);
    expect(this.#line.lastHappening()).toEqual(next);
  }

  back(): void {
    const { count } = this.#line;
    this.#straight.countAt(this.#line.position);
    expect(this.#line.stepBack()).toEqual(this.#straight.happenings[count - 1] ?? null);
    expect(this.#line.count).toBe(Math.max(0, count - 1));
  }

  /** That the timeline is where it was sent: after every event of the place, and no other. */
  #expectAt(to: Position): void {
    expect(this.#line.count).toBe(this.#straight.countAt(to));
    expect(this.#line.position.timeUs).toBe(to.timeUs);
  }

  check(from: Position, to: Position): void {
    const { position, edge, edgeCount } = this.#line;
    expect(digest(this.#line.world)).toBe(this.#straight.digestAt(position));
    expect(comparePositions(position, edge)).toBeLessThanOrEqual(0);
    expect(edgeCount).toBe(this.#straight.countAt(edge));
    const end = comparePositions(to, edge) < 0 ? to : edge;
    const start = comparePositions(from, end) < 0 ? from : end;
    same(this.#line.happenings(start, to), this.#straight.between(start, end));
    expect(this.#line.position).toEqual(position);
    expect(this.#line.interventions).toBe(this.#acts);
  }

  finish(): void {
    this.seek({ timeUs: 650, n: 0 });
    this.check({ timeUs: 0, n: 0 }, { timeUs: 650, n: 0 });
  }
}

describe('a timeline', () => {
  const place: fc.Arbitrary<Position> = fc.record({
    timeUs: fc.oneof(
      fc.nat(1_500),
      fc.nat(300).map((step) => step * 5),
    ),
    n: fc.oneof(fc.nat(6), fc.constant(Number.MAX_SAFE_INTEGER)),
  });
  const does = fc.constantFrom<Act['does'][]>('KILL', 'CHOKE', 'slow', 'REVIVE', 'storm');
  type Move = (walker: Walker) => void;
  const move: fc.Arbitrary<readonly [string, Move]> = fc.oneof(
    place.map((to) => [`seek ${to.timeUs}.${to.n}`, (w: Walker) => w.seek(to)] as const),
    fc.constant(['forward', (w: Walker) => w.forward()] as const),
    fc.constant(['back', (w: Walker) => w.back()] as const),
    fc
      .tuple(fc.nat(200), fc.integer({ min: 1, max: 400 }))
      .map(([us, n]) => [`advance ${us} ${n}`, (w: Walker) => w.advance(us, n)] as const),
    fc
      .tuple(does, fc.option(place))
      .map(
        ([what, at]) => [`${what} ${JSON.stringify(at)}`, (w: Walker) => w.act(what, at)] as const,
      ),
    fc.constant(['undo', (w: Walker) => w.undo()] as const),
    place.map((to) => [`redo ${to.timeUs}.${to.n}`, (w: Walker) => w.redo(to)] as const),
    fc.constant(['reload', (w: Walker) => w.reload()] as const),
  );
  const walk = fc.array(fc.tuple(move, place, place), { maxLength: 30, size: 'max' });

  it('point 11: leads any walk to where a straight run would be', () => {
    fc.assert(
      fc.property(walk, (moves) => {
        const walker = new Walker();
        for (const [[, go], from, to] of moves) {
          go(walker);
          walker.check(from, to);
        }
        walker.finish();
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('goes to any position inside a tie, either way', () => {
    const straight = new Straight(busy);
    straight.countAt(endOf(900));
    const line = open(busy, SMALL);
    line.seek({ timeUs: 900, n: 0 });
    for (const happening of straight.happenings.toReversed()) {
      line.seek(placeOf(happening));
      expect(line.count).toBe(happening.count);
      expect(line.lastHappening()).toEqual(happening);
    }
    for (const happening of straight.happenings) {
      line.seek({ timeUs: happening.timeUs, n: happening.n - 1 });
      expect(line.count).toBe(happening.count - 1);
    }
  });

  it('steps back through the whole run and forward again over the same moments', () => {
    const line = open(busy, SMALL);
    line.seek(endOf(600));
    const moments: string[] = [];
    while (line.count > 0) {
      moments.push(line.hash());
      expect(line.stepBack()).not.toBeNull();
    }
    expect(line.stepBack()).toBeNull();
    while (moments.length > 0) {
      line.stepForward();
      expect(line.hash()).toBe(moments.pop());
    }
  });

  it('comes back exactly to any moment of a run long enough to thin its keyframes', () => {
    const straight = new Kernel(toyModel(), SEED, busy);
    const line = open(busy, SMALL);
    const moments: (readonly [Position, string])[] = [];
    for (let i = 1; i <= 6_000; i++) {
      straight.step();
      line.stepForward();
      if (i % 61 === 0) moments.push([straight.position, digest(straight)]);
    }
    for (const [position, was] of [...moments, ...moments.toReversed()]) {
      line.seek(position);
      expect(digest(line.world)).toBe(was);
    }
    expect(line.edgeCount).toBe(6_000);
  });

  it('recomputes accounts it let go of, and stays where it is', () => {
    const straight = new Straight(busy);
    const line = open(busy, SMALL);
    line.seek(endOf(1_500));
    const { position } = line;
    expect(line.oldestKept).toBeGreaterThan(32);
    expect(line.happening(7)).toEqual(straight.between({ timeUs: 0, n: 0 }, endOf(500))[6]);
    const early = [{ timeUs: 40, n: 1 }, endOf(120)] as const;
    expect(line.happenings(...early)).toEqual(straight.between(...early));
    expect(line.position).toEqual(position);
    expect(line.happening(line.edgeCount + 1)).toBeNull();
    expect(line.happening(0)).toBeNull();
  });

  it('knows the furthest moment it computed, and keeps it when going back', () => {
    const line = open(busy, SMALL);
    expect(line.onward(endOf(400), 10)).toBe(false);
    expect([line.count, line.edgeCount]).toEqual([10, 10]);
    expect(line.onward(endOf(403), 10_000)).toBe(true);
    const { edge, edgeCount } = line;
    expect(edge.timeUs).toBe(403);
    line.stepBack();
    line.stepForward();
    line.seek({ timeUs: 100, n: 0 });
    expect([line.edge, line.edgeCount]).toEqual([edge, edgeCount]);
    line.rerun([...busy, act(403, edge.n, 'KILL', 'S5')]);
    expect([line.edge, line.edgeCount]).toEqual([edge, edgeCount]);
    line.rerun([act(50, 0, 'KILL', 'S5'), ...busy]);
    expect(comparePositions(line.edge, edge)).toBeLessThan(0);
  });

  it('forked while it is in the past leaves no hole in what it tells', () => {
    const line = open(busy, SMALL);
    line.seek(endOf(1_200));
    line.seek({ timeUs: 60, n: 0 });
    const acts = [...busy, act(900, 0, 'KILL', 'S5')];
    line.rerun(acts);
    line.seek(endOf(1_200));
    const straight = new Straight(acts);
    const all = [{ timeUs: 0, n: 0 }, endOf(1_200)] as const;
    expect(line.happenings(...all)).toEqual(straight.between(...all));
  });

  it('keeps the account of a landmark as long as the run, and no longer', () => {
    const isLandmark = ({ count }: Happening): boolean => count % 50 === 7;
    const line = new Timeline(toyModel(), SEED, busy, frozen(), SMALL, isLandmark);
    const counts = () => line.landmarks.map(({ count }) => count);
    line.seek(endOf(3_000));
    const all = Array.from({ length: line.edgeCount }, (_, i) => i + 1);
    expect(counts()).toEqual(all.filter((count) => count % 50 === 7));
    const before = counts();
    expect(before[0]).toBeLessThan(line.oldestKept);
    line.seek(endOf(10));
    line.seek(endOf(3_000));
    expect(counts()).toEqual(before);
    line.seek(endOf(400));
    line.rerun([...busy.slice(0, 4), act(400, 0, 'KILL', 'S2')]);
    expect(counts()).toEqual(before.filter((count) => count <= line.edgeCount));
  });

  it('is the same with the memory it really has', () => {
    const line = open(busy);
    const straight = new Straight(busy);
    line.seek(endOf(3_000));
    line.seek({ timeUs: 1_000, n: 2 });
    expect(digest(line.world)).toBe(straight.digestAt({ timeUs: 1_000, n: 2 }));
    expect(line.oldestKept).toBe(1);
  });
});
