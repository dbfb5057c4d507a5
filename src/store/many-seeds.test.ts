import { describe, expect, it } from 'vitest';
import { emptySpread, slicesOf } from '../history/seed-spread.ts';
import { DEFAULT_RUN } from '../scenario/presets.ts';
import { ManySeeds, MOST_SEEDS, type SeedThread } from './many-seeds.ts';
import type { SeedBatch } from './seed-runs.ts';
import type { SeedOrder } from './seeds-worker.ts';

const slices = slicesOf(0, 1_000);

/** Threads that answer when they are told to. */
function threads(count = 1) {
  let nowMs = 0;
  const made: FakeThread[] = [];
  const thread = (): FakeThread => {
    const fake: FakeThread = {
      ...{ onmessage: null, onerror: null, orders: [], ended: false },
      postMessage: (order) => fake.orders.push(order),
      terminate: () => {
        fake.ended = true;
      },
    };
    made.push(fake);
    return fake;
  };
  const answer = (fake: FakeThread, ms = 100): void => {
    nowMs += ms;
    const { from, to } = fake.orders.at(-1)!;
    const batch: SeedBatch = {
      ...{ seeds: to - from + 1, spread: emptySpread(slices), waiting: 1 },
      ...{ refused: new Map([[5, 1]]), broken: 0 },
    };
    fake.onmessage?.({ data: batch });
  };
  return { seeds: new ManySeeds({ thread, threads: count, now: () => nowMs }), made, answer };
}

interface FakeThread extends SeedThread {
  readonly orders: SeedOrder[];
  ended: boolean;
}

describe('many seeds', () => {
  it('hands out every seed once, over all threads, and tells what has come', () => {
    const { seeds, made, answer } = threads(2);
    const told: number[] = [];
    seeds.subscribe(() => told.push(seeds.state().result?.seeds ?? 0));
    seeds.begin(DEFAULT_RUN, slices);
    for (let i = 0; seeds.state().isRunning; i++) answer(made[i % 2]!);
    const given = made.flatMap(({ orders }) =>
      orders.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, i) => from + i)),
    );
    expect(given.toSorted((a, b) => a - b)).toEqual(
      Array.from({ length: MOST_SEEDS }, (_, i) => i + 1),
    );
    expect(told.at(-1)).toBe(MOST_SEEDS);
    expect(told).toEqual(told.toSorted((a, b) => a - b));
    expect(seeds.state().result?.refused.get(5)).toBe(seeds.state().result?.waiting);
    expect(made.every(({ ended }) => ended)).toBe(true);
  });

  it('says how long it will take', () => {
    const { seeds, made, answer } = threads();
    seeds.begin(DEFAULT_RUN, slices);
    answer(made[0]!, 40);
    const { result, leftMs } = seeds.state();
    expect(leftMs).toBe(((MOST_SEEDS - result!.seeds) * 40) / result!.seeds);
  });

  it('keeps what has come when it is stopped, and forgets it when it is told to', () => {
    const { seeds, made, answer } = threads();
    seeds.begin(DEFAULT_RUN, slices);
    answer(made[0]!);
    const { result } = seeds.state();
    seeds.cancel();
    expect(seeds.state()).toMatchObject({ isRunning: false, result });
    expect(made[0]!.ended).toBe(true);
    answer(made[0]!);
    expect(seeds.state().result).toBe(result);
    seeds.forget();
    expect(seeds.state().result).toBeNull();
  });

  it('says a sentence when a thread fails, or when there is none', () => {
    const { seeds, made } = threads();
    seeds.begin(DEFAULT_RUN, slices);
    made[0]!.onerror?.(new Event('error'));
    expect(seeds.state()).toMatchObject({
      isRunning: false,
      problem: expect.stringMatching(/\.$/),
    });
    const thread = (): never => {
      throw new Error('no');
    };
    const without = new ManySeeds({ thread, threads: 1, now: () => 0 });
    without.begin(DEFAULT_RUN, slices);
    expect(without.state().problem).toMatch(/^The other seeds could not be run/);
  });
});
