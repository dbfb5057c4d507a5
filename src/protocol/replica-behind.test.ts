import { describe, expect, it, vi } from 'vitest';
import { checked } from '../checker/checked.testkit.ts';
import { pagesOf } from '../database/page-cache.ts';
import { millis, seconds } from '../engine/time.ts';
import { begin, select } from './faults.testkit.ts';
import type { Intervention } from './intervention.ts';
import type { Reply } from './messages.ts';
import { Snapshots } from './snapshots.testkit.ts';
import { at, type Changes, config, sql, Trial } from './trial.testkit.ts';
import { lowestReadPoint } from './writer-issue.ts';

vi.setConfig({ testTimeout: 60_000 });

const LOAD = { perSecond: 100, readPermille: 0 };

/** One replica that hears nothing of the writer, nor the writer of it, for a while; storage stays in reach. */
function cutOff(
  fromMs: number,
  toMs: number,
  more: readonly Intervention[] = [],
  changes: Changes = {},
): Trial {
  const cut = (on: boolean) => [
    at(on ? fromMs : toMs, { op: 'partition', from: ['W'], to: ['R1'], on }),
    at(on ? fromMs : toMs, { op: 'partition', from: ['R1'], to: ['W'], on }),
  ];
  return new Trial(config({ replicas: 1, workload: LOAD, ...changes }), [
    ...cut(true),
    ...cut(false),
    ...more,
  ]);
}

const cachedIn = (trial: Trial): number => pagesOf(trial.replica('R1').cache).length;
const isCurrent = (trial: Trial): boolean => trial.writer.volume.vdl - trial.replica('R1').vdl < 20;

describe('a replica that missed part of the stream', () => {
  it.each([20, 1_000, 10_000])('for %i ms is given it, and keeps its cache', (ms) => {
    const trial = cutOff(200, 200 + ms);
    checked(trial);
    trial.to(199);
    const pages = cachedIn(trial);
    expect(pages).toBeGreaterThan(10);
    trial.to(1_700 + ms);
    expect(trial.stateOf('R1')).toBe('following');
    expect(isCurrent(trial)).toBe(true);
    expect(trial.told('stream-resumed')).toHaveLength(1);
    expect(trial.told('fallen-behind')).toEqual([]);
    expect(cachedIn(trial)).toBeGreaterThanOrEqual(pages);
  });

  it('for longer than the limit restarts with an empty cache, and says so', () => {
    const trial = cutOff(200, 3_000, [], { replicaBehindUs: seconds(2) });
    checked(trial);
    expect(trial.until(() => trial.told('fallen-behind').length > 0)).toBe(true);
    expect(trial.stateOf('R1')).toBe('restarting');
    expect(cachedIn(trial)).toBe(0);
    const { lagUs, limitUs, atUs } = trial.told('fallen-behind')[0]!;
    expect(limitUs).toBe(seconds(2));
    expect(lagUs).toBeGreaterThan(limitUs);
    expect(atUs).toBeGreaterThan(millis(3_000));
    trial.to(6_000);
    expect(trial.stateOf('R1')).toBe('following');
    expect(isCurrent(trial)).toBe(true);
  });

  it('is not waited for longer than that: the writer keeps no stream for it', () => {
    const trial = cutOff(200, 20_000, [], { replicaBehindUs: seconds(2) });
    trial.to(2_000);
    expect(trial.writer.parts.length).toBeGreaterThan(100);
    trial.to(4_000);
    expect(trial.writer.parts.length).toBeLessThan(50);
  });

  it('keeps nothing back when all replicas have everything', () => {
    const trial = new Trial(config({ replicas: 2, workload: LOAD }));
    trial.to(5_000);
    expect(trial.writer.parts.length).toBeLessThan(60);
  });
});

describe('a transaction on a replica that was cut off', () => {
  const reading = [
    at(100, sql(101, [begin, select(1_000, 1_200)], 'R1')),
    at(8_000, sql(101, [select(1_000, 1_200)], 'R1')),
  ];

  function answers(trial: Trial): readonly (string | null)[] {
    const problems: (string | null)[] = [];
    trial.watch(({ flight }) => {
      if (flight.type === 'REPLY' && flight.to === 'you1')
        problems.push((flight.message as Reply).problem);
    });
    return problems;
  }

  it('for a moment goes on with the read view it had', () => {
    const trial = cutOff(200, 700, reading);
    const problems = answers(trial);
    const snapshots = new Snapshots(trial);
    trial.to(9_000);
    expect(problems).toEqual([null, null, null]);
    expect(snapshots.held).toBe(1);
  });

  it('for so long that its read point counts no more is over, and is told so', () => {
    const trial = cutOff(200, 6_000, reading);
    const problems = answers(trial);
    trial.to(5_000);
    expect(lowestReadPoint(trial.writer)).toBeGreaterThan(trial.replica('R1').vdl);
    trial.to(9_000);
    expect(problems.slice(0, 2)).toEqual([null, null]);
    expect(problems[2]).toMatch(/read view is gone: begin again/);
  });
});

it('a replica that storage refuses an old page asks the writer where to go on', () => {
  const reads = Array.from({ length: 200 }, (_, i) =>
    at(3_000 + i * 20, { op: 'read', target: 'R1' }),
  );
  const trial = cutOff(200, 9_000, reads, { cachePages: 16, backupEveryUs: 200_000 });
  checked(trial);
  const refused = (): boolean =>
    trial.told('page-refused').some(({ reason }) => reason === 'below-floor');
  expect(trial.until(refused, 8)).toBe(true);
  trial.to(trial.kernel.position.timeUs / 1_000 + 5);
  expect(trial.stateOf('R1')).toBe('attaching');
  trial.to(12_000);
  expect(trial.stateOf('R1')).toBe('following');
  expect(isCurrent(trial)).toBe(true);
});

it('fifteen replicas attach, and come back after a crash, without a page being copied', () => {
  const names = Array.from({ length: 15 }, (_, i) => `R${i + 1}`);
  const trial = new Trial(config({ replicas: 15, workload: LOAD }), [
    ...names.map((target) => at(300, { op: 'crash', target })),
    ...names.map((target) => at(600, { op: 'restore', target })),
  ]);
  const attached: object[] = [];
  trial.watch(({ flight }) => {
    if (flight.type === 'ATTACHED') attached.push(flight.message);
  });
  trial.to(599);
  const asked = trial.told('page-requested').length;
  trial.to(1_500);
  expect(attached).toHaveLength(15);
  for (const message of attached) expect(message).not.toHaveProperty('pages');
  for (const name of names) {
    expect(trial.stateOf(name)).toBe('following');
    expect(pagesOf(trial.replica(name).cache)).toEqual([]);
    expect(trial.writer.volume.vdl - trial.replica(name).vdl).toBeLessThan(20);
  }
  // Nobody reads, so nobody asks storage for anything.
  expect(trial.told('page-requested').filter(({ instance }) => instance !== 'W')).toEqual([]);
  expect(trial.told('page-requested').length).toBeLessThan(asked + 20);
});
