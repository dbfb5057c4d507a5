import { describe, expect, it, vi } from 'vitest';
import { compiled, interpreted } from '../engine/driver.ts';
import { begin, commit, put, select, update } from './faults.testkit.ts';
import type { Intervention } from './intervention.ts';
import { at, type Changes, config, sql, Trial } from './trial.testkit.ts';

vi.setConfig({ testTimeout: 60_000 });

const acts: readonly Intervention[] = [
  at(10, sql(101, [begin, put(3, 'bell'), update(1_000, 'comb'), commit])),
  at(15, sql(102, [select(1, 2_000)], 'R1')),
  at(20, { op: 'crash', target: 'B1' }),
  at(25, { op: 'slow', target: 'A2', on: true }),
  at(30, { op: 'isolate', target: 'R2', on: true }),
  at(45, { op: 'isolate', target: 'R2', on: false }),
  at(50, { op: 'restore', target: 'B1' }),
  at(60, { op: 'crash', target: 'R1' }),
  at(80, { op: 'restore', target: 'R1' }),
  at(140, { op: 'crash', target: 'W' }),
];

const troubled = (lossPpm: number): Changes => ({
  cachePages: 16,
  lossPpm,
  tailPpm: 20_000,
  tailUs: 20_000,
  workload: { perSecond: 500 },
});

/** Freezes a value and all it is made of; what is frozen already has been done before. */
function freeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
}

/** Counts each thing reachable only once, whatever holds it. */
const contextsOf = (trial: Trial): unknown =>
  Object.fromEntries(
    trial.kernel.actorIds().map((id) => {
      const actor = trial.kernel.actor(id);
      return [id, [actor?.snapshot.value, actor?.context]];
    }),
  );

describe('a run of the whole cluster', () => {
  it.each([1, 2])('with seed %i is the same whichever driver interprets its charts', (seed) => {
    const changes = config(troubled(10_000));
    const fast = new Trial(changes, acts, { seed, driver: compiled() }).to(160);
    const exact = new Trial(changes, acts, { seed, driver: interpreted() }).to(160);
    expect(fast.kernel.hash()).toBe(exact.kernel.hash());
    expect(fast.kernel.count).toBe(exact.kernel.count);
    expect(JSON.stringify(contextsOf(fast))).toBe(JSON.stringify(contextsOf(exact)));
  });

  it('never changes a context, a message or a note once it has been handed out', () => {
    const plain = new Trial(config(troubled(10_000)), acts).to(160);
    const frozen = new Trial(config(troubled(10_000)), acts);
    frozen.watch(({ flight, notes, sent }) => {
      freeze(frozen.kernel.actor(flight.to)?.context);
      for (const part of [...notes, ...sent]) freeze(part);
    });
    frozen.to(160);
    expect(frozen.kernel.hash()).toBe(plain.kernel.hash());
  });
});
