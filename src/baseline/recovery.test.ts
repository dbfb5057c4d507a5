import { describe, expect, it } from 'vitest';
import type { Statement } from '../database/statement.ts';
import type { BaselineAct } from './act.ts';
import { type BaselineTimeline, CONFIG, only, seconds, timelineOf } from './baseline.testkit.ts';
import type { BaselineConfig } from './config.ts';
import type { Reply } from './messages.ts';

const TABLE = { database: 'shop', table: 'orders' } as const;
const insert = (id: number): Statement => ({
  kind: 'insert',
  table: TABLE,
  columns: null,
  rows: [[id, 'x']],
  onDuplicate: [],
});
const everything: Statement = {
  kind: 'select',
  table: TABLE,
  columns: ['id'],
  where: [{ column: 'id', is: '<', value: 1_000 }],
  limit: null,
};
const QUIET = { ...CONFIG.workload, on: false };
const sql = (session: number, statements: readonly Statement[]): BaselineAct => ({
  op: 'sql',
  session,
  statements,
  text: '',
});

/** Every answer that reached a client until a time, with the client's name. */
function answersOf(
  timeline: BaselineTimeline,
  untilUs: number,
): readonly (readonly [string, Reply])[] {
  const out: (readonly [string, Reply])[] = [];
  for (let at = timeline.nextUs(); at !== null && at <= untilUs; at = timeline.nextUs()) {
    const happening = timeline.stepForward();
    if (happening === null) break;
    const { flight } = happening;
    if (flight.type === 'REPLY') out.push([flight.to, flight.message as Reply]);
  }
  return out;
}

/** One insert every 5 ms on one of four connections; the last connection reads them all at the end. */
function insertsAnd(
  faults: readonly (readonly [number, BaselineAct])[],
  changes: Partial<BaselineConfig>,
  readAtUs: number,
): { readonly acknowledged: readonly number[]; readonly visible: readonly number[] } {
  const count = 150;
  const inserts = Array.from(
    { length: count },
    (_, i) => [i * 5_000, sql(101 + (i % 4), [insert(i)])] as const,
  );
  // A first try may find out that somebody else is active now.
  const reads = [0, 1].map((n) => [readAtUs + seconds(n), sql(110, [everything])] as const);
  const acts = [...inserts, ...faults, ...reads].toSorted(([a], [b]) => a - b);
  const timeline = timelineOf({ workload: QUIET, ...changes }, acts);
  const asked = new Map<string, number[]>();
  for (let i = 0; i < count; i++) {
    const client = `you${(i % 4) + 1}`;
    asked.set(client, [...(asked.get(client) ?? []), i]);
  }
  const acknowledged: number[] = [];
  let visible: readonly number[] = [];
  for (const [client, { result }] of answersOf(timeline, readAtUs + seconds(60))) {
    const id = asked.get(client)?.shift();
    if (client === 'you10' && result?.kind === 'rows')
      visible = result.rows.map(([n]) => Number(n));
    else if (id !== undefined && result?.kind === 'done') acknowledged.push(id);
  }
  return { acknowledged, visible };
}

describe('what a client was told is not lost', () => {
  it.each([
    [
      'a crash and a restart',
      [
        [400_000, { op: 'crash', target: 'mysqlA' }],
        [600_000, { op: 'restore', target: 'mysqlA' }],
      ],
      {},
    ],
    [
      'the loss of zone A and a take-over',
      [[400_000, { op: 'crash-zone', az: 'A' }]],
      { takeOverUs: 300_000 },
    ],
    [
      'the loss of zone B, given up',
      [[400_000, { op: 'crash-zone', az: 'B' }]],
      { giveUpUs: 100_000 },
    ],
    [
      'zone B away and back, then zone A lost',
      [
        [200_000, { op: 'crash-zone', az: 'B' }],
        [350_000, { op: 'restore-zone', az: 'B' }],
        [600_000, { op: 'crash-zone', az: 'A' }],
      ],
      { giveUpUs: 50_000, takeOverUs: 300_000 },
    ],
    [
      'a take-over, the old one back, and a take-over the other way',
      [
        [200_000, { op: 'crash-zone', az: 'A' }],
        [2_500_000, { op: 'restore-zone', az: 'A' }],
        [3_500_000, { op: 'crash-zone', az: 'B' }],
      ],
      { takeOverUs: 1_500_000 },
    ],
    [
      'a crash in the middle of recovery',
      [
        [400_000, { op: 'crash', target: 'mysqlA' }],
        [500_000, { op: 'restore', target: 'mysqlA' }],
        [503_000, { op: 'crash', target: 'mysqlA' }],
        [600_000, { op: 'restore', target: 'mysqlA' }],
      ],
      {},
    ],
  ] as const)(
    'by %s',
    (_, faults, changes) => {
      const { acknowledged, visible } = insertsAnd(
        faults as readonly (readonly [number, BaselineAct])[],
        changes,
        seconds(8),
      );
      expect(acknowledged.length).toBeGreaterThan(20);
      for (const id of acknowledged) expect(visible).toContain(id);
    },
    60_000,
  );
});

it('a transaction that the crash cut off is rolled back', () => {
  const timeline = timelineOf({ workload: QUIET }, [
    [0, sql(101, [{ kind: 'begin' }, insert(1), insert(2)])],
    [100_000, sql(102, [insert(3)])],
    [300_000, { op: 'crash', target: 'mysqlA' }],
    [400_000, { op: 'restore', target: 'mysqlA' }],
    [seconds(3), sql(103, [everything])],
  ]);
  const answers = answersOf(timeline, seconds(5));
  const rows = answers.map(([, { result }]) => result).find((result) => result?.kind === 'rows');
  expect(rows).toMatchObject({ rows: [[3]] });
});

/** Commits without a checkpoint for so long, a crash and a restart: what recovery had to do. */
function recoveryAfter(activeUs: number) {
  const timeline = timelineOf({ flushEveryUs: seconds(60), logRecords: 1_000_000 }, [
    [activeUs, { op: 'crash', target: 'mysqlA' }],
    [activeUs + 500_000, { op: 'restore', target: 'mysqlA' }],
  ]);
  const [recovered] = only(timeline, activeUs + seconds(20), 'recovered');
  return recovered!;
}

it('recovery takes as long as there is log since the last checkpoint', () => {
  const short = recoveryAfter(seconds(2));
  const long = recoveryAfter(seconds(12));
  expect(long.records).toBeGreaterThan(5 * short.records);
  // Pages to read and write back are the same few; the rest grows with the log.
  const more = long.tookUs - short.tookUs;
  expect(more).toBeGreaterThan((long.records - short.records) * 4);
  expect(long.tookUs).toBeGreaterThan(1.8 * short.tookUs);
}, 60_000);

it('a take-over waits for silence, and the new active instance serves the old one’s clients', () => {
  const timeline = timelineOf({ takeOverUs: seconds(2) }, [
    [seconds(1), { op: 'crash-zone', az: 'A' }],
  ]);
  const commits = only(timeline, seconds(6), 'commit-returned').map(({ atUs }) => atUs);
  expect(commits.some((atUs) => atUs > seconds(1) + 50_000 && atUs < seconds(3))).toBe(false);
  expect(commits.filter((atUs) => atUs > seconds(4)).length).toBeGreaterThan(100);
});
