import { describe, expect, it } from 'vitest';
import type { BaselineAct } from './act.ts';
import { at, notesOf, only, seconds, timelineOf } from './baseline.testkit.ts';
import type { BlockKind } from './blocks.ts';
import { baselineViewOf } from './view.ts';

const ONE_AT_A_TIME = {
  on: true,
  perSecond: 20,
  readPermille: 0,
  skewPermille: 0,
  statementsPerTransaction: 1,
};

const chainsUs = (
  changes: Parameters<typeof timelineOf>[0],
  acts: readonly (readonly [number, BaselineAct])[] = [],
  untilUs = seconds(500),
): readonly number[] =>
  only(
    timelineOf({ source: 'records', workload: ONE_AT_A_TIME, ...changes }, acts),
    untilUs,
    'write-done',
  )
    .filter(({ block }) => block === 'redo')
    .map(({ tookUs }) => tookUs)
    .toSorted((a, b) => a - b);

describe('a write through both mirrors and the standby', () => {
  // 200,000 independent samples of the same hops, in microseconds: p50, p90, p99, p99.9.
  it.each([
    ['healthy', {}, [3_790, 5_270, 7_080, 9_060]],
    ['1 % of block I/Os 20 ms longer', { tailPpm: 10_000 }, [3_840, 5_650, 24_500, 27_100]],
    ['5 % of block I/Os 20 ms longer', { tailPpm: 50_000 }, [4_080, 23_800, 43_400, 45_900]],
  ] as const)(
    '%s, takes what its hops add up to',
    (_, changes, reference) => {
      const took = chainsUs({ tailUs: 20_000, ...changes });
      expect(took.length).toBeGreaterThan(9_900);
      const here = [500, 900, 990, 999].map((permille) => at(took, permille));
      here.forEach((us, i) => {
        // The last of them stands for ten writes in ten thousand.
        expect(Math.abs(us / reference[i]! - 1)).toBeLessThan(i === 3 ? 0.1 : 0.035);
      });
    },
    60_000,
  );

  it('does its steps one after the other: each begins where the one before ends', () => {
    const writes = only(timelineOf({}), seconds(1), 'write-done');
    expect(writes.length).toBeGreaterThan(100);
    for (const { hops, tookUs, atUs } of writes) {
      expect(hops.map(({ step }) => step)).toEqual([
        'volume',
        'mirror',
        'to standby',
        'standby volume',
        'standby mirror',
        'ack',
      ]);
      hops.slice(1).forEach(({ fromUs }, i) => {
        expect(fromUs).toBe(hops[i]?.toUs);
      });
      expect(atUs - (hops[0]?.fromUs ?? 0)).toBe(tookUs);
    }
  });

  it.each(['ebsA', 'mirrorA', 'ebsB', 'mirrorB'] as const)(
    'is as slow as its slowest party: %s ten times slower slows every write',
    (target) => {
      const slow = chainsUs({}, [[0, { op: 'slow', target, on: true }]], seconds(30));
      expect(at(slow, 500)).toBeGreaterThan(2 * 3_790);
    },
    60_000,
  );

  it('waits while one of the four volumes is down, and goes on when it is back', () => {
    for (const target of ['ebsA', 'mirrorA', 'ebsB', 'mirrorB']) {
      const notes = only(
        timelineOf({}, [
          [seconds(1), { op: 'crash', target }],
          [seconds(2), { op: 'restore', target }],
        ]),
        seconds(3),
        'commit-returned',
      );
      const during = notes.filter(({ atUs }) => atUs > 1_020_000 && atUs < seconds(2));
      expect(during).toEqual([]);
      expect(notes.some(({ atUs }) => atUs > seconds(2))).toBe(true);
    }
  }, 60_000);
});

it('every kind of block is written, and every byte is counted once', () => {
  const timeline = timelineOf({}, [
    [
      0,
      {
        op: 'sql',
        session: 101,
        text: '',
        statements: [
          {
            kind: 'create-table',
            name: { database: 'shop', table: 'notes' },
            columns: [{ name: 'id', type: { kind: 'bigint' }, notNull: true }],
            primaryKey: 'id',
            ifMissing: false,
          },
        ],
      },
    ],
  ]);
  const sums = new Map<string, number>();
  for (const { block, bytes } of only(timeline, seconds(2), 'write-begun'))
    sums.set(block, (sums.get(block) ?? 0) + bytes);
  const { counters } = baselineViewOf(timeline.world);
  expect([...sums.keys()].toSorted()).toEqual([
    'binlog',
    'checkpoint',
    'double-write',
    'metadata',
    'page',
    'redo',
  ]);
  for (const [kind, bytes] of sums) expect(counters.written[kind as BlockKind]?.bytes).toBe(bytes);
});

it('a page is written in its place only when its double-write is on all four volumes', () => {
  const steps: string[] = [];
  for (const [note] of notesOf(timelineOf({}), seconds(2))) {
    if (note.type === 'flush-begun') steps.push('flush');
    else if (note.type === 'write-done' && note.block === 'double-write') steps.push('doubled');
    else if (note.type === 'write-begun' && note.block === 'page') steps.push('page');
  }
  expect(steps.filter((step) => step === 'doubled').length).toBeGreaterThan(5);
  expect(steps.join(' ')).toMatch(/^(flush doubled( page)+ ?)+(flush)?$/);
});
