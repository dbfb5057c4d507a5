import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { BaselineAct } from '../act.ts';
import { CONFIG, notesOf, seconds, timelineOf } from '../baseline.testkit.ts';
import type { BaselineNote } from '../notes.ts';
import { narrateBaseline } from './narrate.ts';

const BUSY = {
  ...CONFIG.workload,
  perSecond: 1_500,
  skewPermille: 900,
  statementsPerTransaction: 3,
};

const RUNS: readonly (readonly [
  Parameters<typeof timelineOf>[0],
  readonly (readonly [number, BaselineAct])[],
])[] = [
  [
    { takeOverUs: 300_000, giveUpUs: 100_000 },
    [
      [
        50_000,
        {
          op: 'sql',
          session: 101,
          text: 'DROP ORDERS',
          statements: [{ kind: 'use', database: 'nowhere' }],
        },
      ],
      [100_000, { op: 'slow', target: 'ebsA', on: true }],
      [200_000, { op: 'crash-zone', az: 'B' }],
      [500_000, { op: 'restore-zone', az: 'B' }],
      [900_000, { op: 'crash-zone', az: 'A' }],
    ],
  ],
  [{ cachePages: 16, logRecords: 100, connections: 16, workload: BUSY }, []],
];

const notes: readonly BaselineNote[] = RUNS.flatMap(([changes, acts]) =>
  [...notesOf(timelineOf(changes, acts), seconds(2))].map(([note]) => note),
);

it('every note is one line, with its why, its rule and a source that is listed', () => {
  const listed = readFileSync('docs/sources.md', 'utf8');
  for (const note of notes) {
    const { sentence, why, rule, source } = narrateBaseline(note);
    expect(sentence.length, sentence).toBeLessThanOrEqual(90);
    expect(sentence).not.toMatch(/undefined|NaN|\[object/);
    expect(why.length).toBeGreaterThan(10);
    expect(rule.length).toBeGreaterThan(10);
    if (source !== 'Our choice') expect(listed).toContain(`### ${source}\n`);
  }
});

it('nearly every kind of note comes up in two runs', () => {
  const kinds = new Set(notes.map(({ type }) => type));
  const rare = ['deadlock', 'statement-failed'];
  const expected = [
    ...['statement', 'lock-wait', 'replied', 'write-begun', 'block-stored', 'block-staged'],
    ...['write-done', 'group-begun', 'commit-returned', 'flush-begun', 'checkpoint', 'log-full'],
    ...['log-free', 'cache-full', 'page-read', 'instance', 'volume', 'zone', 'standby-lost'],
    ...['standby-synced', 'take-over', 'replay-begun', 'recovered', 'workload'],
  ];
  expect(expected.filter((kind) => !kinds.has(kind as never))).toEqual([]);
  expect([...kinds].filter((kind) => !expected.includes(kind) && !rare.includes(kind))).toEqual([]);
});

it('the sentence of a commit names the transaction and what it waited for', () => {
  const told = narrateBaseline({
    type: 'commit-returned',
    txn: 12,
    lsn: 1_040,
    session: 3,
    waitedUs: 7_640,
  });
  expect(told.sentence).toBe('MySQL returns the commit of transaction 12 after 7.64 ms');
  expect(told.beat).toBe(true);
});
