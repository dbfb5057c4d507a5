import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import type { Statement } from '../database/statement.ts';
import type { Happening } from '../engine/happening.ts';
import { millis, seconds } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { openMirrored } from '../scenario/mirrored.ts';
import { openTimeline } from '../scenario/open.ts';
import { presetOf } from '../scenario/presets.ts';
import type { Run } from '../scenario/run.ts';
import { AuroraCommits } from './aurora-commits.ts';
import { MirroredCommits } from './mirrored-commits.ts';

vi.setConfig({ testTimeout: 60_000 });

const runOf = (
  preset: string,
  acts: readonly (readonly [ms: number, act: Act])[] = [],
  seed = 41,
): Run => ({
  scenario: presetOf(preset)!,
  seed,
  interventions: acts.map(([ms, act]) => ({ at: { timeUs: millis(ms), n: 0 }, act })),
});

type Steps = { nextUs(): number | null; stepForward(): Happening | null };

function* until(timeline: Steps, untilUs: number): Generator<Happening> {
  for (let at = timeline.nextUs(); at !== null && at <= untilUs; at = timeline.nextUs()) {
    const happening = timeline.stepForward();
    if (happening === null) return;
    yield happening;
  }
}

function both(run: Run, untilUs: number) {
  const aurora = new AuroraCommits();
  const mysql = new MirroredCommits();
  for (const happening of until(openTimeline(run), untilUs)) aurora.read(happening);
  for (const happening of until(openMirrored(run), untilUs)) mysql.read(happening);
  return { aurora, mysql };
}

/** What clients were given, and when. */
const givenIn = (timeline: Steps, untilUs: number): readonly string[] =>
  [...until(timeline, untilUs)].flatMap(({ flight, timeUs }) =>
    flight.type === 'SUBMIT'
      ? [
          `${timeUs} ${flight.to} ${JSON.stringify((flight.message as { statements?: unknown }).statements)}`,
        ]
      : [],
  );

describe('the same work on both systems', () => {
  const acts = fc.constantFrom<Act>(
    { op: 'write', count: 3 },
    { op: 'read', target: 'R1' },
    { op: 'read', target: 'W' },
    { op: 'slow', target: 'B1', on: true },
    { op: 'crash-zone', az: 'B' },
    { op: 'crash', target: 'W' },
    { op: 'restore', target: 'W' },
    { op: 'isolate', target: 'B2', on: true },
  );
  const scripts = fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 60 }), acts), {
    maxLength: 5,
    selector: ([ms]) => ms,
  });

  it('clients are given the same statements at the same times, whatever is done, and every time', () => {
    fc.assert(
      fc.property(scripts, fc.integer({ min: 0, max: 1_000 }), (script, seed) => {
        const run = runOf(
          'first-write',
          script.toSorted(([a], [b]) => a - b),
          seed,
        );
        const given = givenIn(openMirrored(run), millis(70));
        expect(given.length).toBeGreaterThan(10);
        expect(givenIn(openTimeline(run), millis(70))).toEqual(given);
        expect(givenIn(openMirrored(run), millis(70))).toEqual(given);
      }),
      { numRuns: 12 },
    );
  });

  it('what the mirrored database has committed is found on the cluster, each commit once', () => {
    const { aurora, mysql } = both(runOf('first-write'), millis(600));
    const keys = new Map(aurora.all.map(({ txn }) => [aurora.keyOf(txn), txn]));
    expect(mysql.all.length).toBeGreaterThan(100);
    expect(new Set(mysql.all.map(({ key }) => key)).size).toBe(mysql.all.length);
    for (const commit of mysql.all) {
      expect(keys.has(commit.key)).toBe(true);
      expect(mysql.ofKey(commit.key!)).toBe(commit);
      expect(commit.text).toMatch(/^(UPDATE|INSERT|DELETE)/);
    }
    // It falls behind, and numbers its transactions as it begins them.
    expect(mysql.all.length).toBeLessThan(aurora.all.length);
    expect(mysql.all.some(({ key, txn }) => keys.get(key) !== txn)).toBe(true);
  });

  it('a commit of several statements is found by the one that ends it', () => {
    const begin = { kind: 'begin' } as const;
    const commit = { kind: 'commit' } as const;
    const update = (id: number): Statement => ({
      kind: 'update',
      table: { database: 'shop', table: 'orders' },
      set: [{ column: 'item', value: 'pen' }],
      where: [{ column: 'id', is: '=', value: id }],
    });
    const sql: Act = {
      ...{ op: 'sql', session: 101, endpoint: 'cluster', text: '' },
      statements: [begin, update(1_010), update(1_020), commit, update(1_030)],
    };
    const { aurora, mysql } = both(runOf('quiet', [[5, sql]]), millis(300));
    const keys = aurora.all.map(({ txn }) => aurora.keyOf(txn));
    expect(keys).toEqual(mysql.all.map(({ key }) => key));
    expect(keys.map((key) => key?.split(' ').at(-1))).toEqual(['3', '4']);
    expect(mysql.all.map(({ text }) => text)[0]).toBe('COMMIT');
  });

  it('after a crash and a restart, answers belong to what was asked', () => {
    const acts: readonly (readonly [number, Act])[] = [
      [200, { op: 'crash', target: 'W' }],
      [260, { op: 'restore', target: 'W' }],
    ];
    const { aurora, mysql } = both(runOf('no-replicas', acts), seconds(3));
    expect(aurora.recoveries).toHaveLength(1);
    expect(mysql.recoveries).toHaveLength(1);
    const late = mysql.all.filter(({ queuedUs }) => queuedUs > millis(400));
    expect(late.length).toBeGreaterThan(20);
    expect(new Set(late.map(({ key }) => key)).size).toBe(late.length);
  });
});

describe('what was not read', () => {
  it.each([
    [
      'Aurora',
      () => openTimeline(runOf('first-write')),
      (): AuroraCommits | MirroredCommits => new AuroraCommits(),
    ],
    ['mirrored MySQL', () => openMirrored(runOf('first-write')), () => new MirroredCommits()],
  ] as const)('from the beginning is not the whole of %s', (_, open, make) => {
    const [whole, part] = [make(), make()];
    for (const happening of until(open(), millis(300))) {
      whole.read(happening);
      if (happening.count > 100) part.read(happening);
    }
    expect(part.all.length).toBeGreaterThan(0);
    expect([whole.isWhole, part.isWhole]).toEqual([true, false]);
  });
});

describe('what a mirrored commit waits for', () => {
  it('its steps follow each other without a pause, from its group to its answer', () => {
    const { mysql } = both(runOf('first-write'), millis(400));
    for (const { begunUs, queuedUs, returnedUs, waitedUs, path } of mysql.all) {
      expect(path.map(({ block }) => block)).toEqual(['redo', 'binlog']);
      const hops = path.flatMap((write) => write.hops);
      expect(hops).toHaveLength(12);
      expect(hops[0]!.fromUs).toBe(begunUs);
      expect(begunUs).toBeGreaterThanOrEqual(queuedUs);
      for (const [i, { toUs }] of hops.slice(0, -1).entries())
        expect(hops[i + 1]!.fromUs).toBe(toUs);
      expect(hops.at(-1)!.toUs).toBe(returnedUs);
      expect(returnedUs - queuedUs).toBe(waitedUs);
    }
  });
});
