import { expect, it, vi } from 'vitest';
import { millis, seconds } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Act } from '../protocol/intervention.ts';
import { type Comparison, compare } from './compare.ts';
import { counterpartOf } from './counterpart.ts';
import { DEFAULT_RUN, presetOf } from './presets.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Both sides of a preset with changes, for so long. */
function compared(
  preset: string,
  changes: Partial<ClusterConfig>,
  untilUs: number,
  acts: readonly (readonly [number, Act])[] = [],
): Comparison {
  const scenario = presetOf(preset) ?? DEFAULT_RUN.scenario;
  const run = {
    scenario: { ...scenario, config: { ...scenario.config, ...changes } },
    seed: 41,
    interventions: acts.map(([timeUs, act]) => ({ at: { timeUs, n: 0 }, act })),
  };
  return compare(run, untilUs);
}

const WRITES = {
  on: true,
  perSecond: 400,
  readPermille: 0,
  skewPermille: 0,
  statementsPerTransaction: 1,
};

it('a few slow disks: four of six hardly notice, the chain of mirrors waits for each of them', () => {
  const changes = { tailPpm: 10_000, tailUs: millis(20), workload: { ...WRITES, perSecond: 100 } };
  const { aurora, mysql } = compared('first-write', changes, seconds(12));
  expect(aurora.commitUs.p99 / aurora.commitUs.p50).toBeLessThan(1.7);
  expect(mysql.commitUs.p99 / mysql.commitUs.p50).toBeGreaterThan(3);
  expect(mysql.commitUs.p50 / aurora.commitUs.p50).toBeGreaterThan(5);
});

it('one slow disk: Aurora goes on as before, mirrored MySQL is as slow as it', () => {
  const slow: Act = { op: 'slow', target: 'B1', on: true };
  const before = compared('first-write', { workload: WRITES }, seconds(1));
  const after = compared('first-write', { workload: WRITES }, seconds(1), [[0, slow]]);
  expect(after.aurora.commitUs.p50 / before.aurora.commitUs.p50).toBeLessThan(1.15);
  expect(after.mysql.commitUs.p50 / before.mysql.commitUs.p50).toBeGreaterThan(1.5);
});

it('losing a zone: Aurora commits on, a step slower; MySQL stops until it gives its standby up', () => {
  const acts: readonly (readonly [number, Act])[] = [[seconds(1), { op: 'crash-zone', az: 'B' }]];
  const { aurora, mysql } = compared('no-replicas', { workload: WRITES }, seconds(4), acts);
  expect(aurora.transactions).toBeGreaterThan(1_300);
  expect(aurora.commitUs.p99).toBeLessThan(millis(5));
  expect(mysql.transactions).toBeLessThan(450);
});

it('I/Os for a transaction fall below one on Aurora as the load rises, at no cost when it is low', () => {
  const perTransaction = (perSecond: number): Comparison['aurora'] =>
    compared(
      'latency-check',
      { workload: { ...WRITES, perSecond } },
      perSecond > 1_000 ? millis(40) : seconds(20),
    ).aurora;
  const quiet = perTransaction(20);
  const busy = perTransaction(20_000);
  const flooded = perTransaction(250_000);
  expect(quiet.iosPerTransaction).toBeCloseTo(6, 1);
  expect(busy.iosPerTransaction).toBeLessThan(quiet.iosPerTransaction);
  expect(flooded.iosPerTransaction).toBeLessThan(1);
  expect(quiet.commitUs.p50).toBeLessThan(1_100);
});

it('for the same transactions mirrored MySQL writes many times the bytes, and answers fewer', () => {
  const { aurora, mysql } = compared('busy', {}, seconds(1));
  expect(aurora.transactions).toBeGreaterThan(1.5 * mysql.transactions);
  expect(mysql.bytesPerTransaction).toBeGreaterThan(10 * aurora.bytesPerTransaction);
  expect(mysql.iosPerTransaction).toBeGreaterThan(aurora.iosPerTransactionAtOneCopy);
  const { byKind } = mysql;
  const pages = (byKind['page']?.bytes ?? 0) + (byKind['double-write']?.bytes ?? 0);
  expect(pages).toBeGreaterThan(
    10 * ((byKind['redo']?.bytes ?? 0) + (byKind['binlog']?.bytes ?? 0)),
  );
});

it('recovery takes Aurora the same however long it had been running: there is no checkpoint', () => {
  const recovery = (crashUs: number): Comparison =>
    compared('no-replicas', { workload: WRITES }, crashUs + seconds(3), [
      [crashUs, { op: 'crash', target: 'W' }],
      [crashUs + millis(500), { op: 'restore', target: 'W' }],
    ]);
  const [early, late] = [recovery(seconds(1)), recovery(seconds(8))];
  expect(early.mysql.recoveryUs).toHaveLength(1);
  expect(late.mysql.recoveryUs).toHaveLength(1);
  const [first = 0] = early.aurora.recoveryUs;
  const [second = 0] = late.aurora.recoveryUs;
  expect(first).toBeGreaterThan(0);
  expect(Math.abs(second / first - 1)).toBeLessThan(0.3);
});

it('every act that means something to a pair of mirrored instances has its counterpart there', () => {
  const rows: readonly (readonly [Act, unknown])[] = [
    [
      { op: 'crash', target: 'W' },
      { op: 'crash', target: 'mysqlA' },
    ],
    [
      { op: 'restore', target: 'A1' },
      { op: 'restore', target: 'ebsA' },
    ],
    [
      { op: 'slow', target: 'B3', on: true },
      { op: 'slow', target: 'mirrorB', on: true },
    ],
    [{ op: 'crash', target: 'R1' }, null],
    [{ op: 'slow', target: 'C1', on: true }, null],
    [{ op: 'crash-zone', az: 'C' }, null],
    [
      { op: 'restore-zone', az: 'B' },
      { op: 'restore-zone', az: 'B' },
    ],
    [
      { op: 'write', count: 3 },
      { op: 'write', count: 3 },
    ],
    [{ op: 'isolate', target: 'W', on: true }, null],
  ];
  for (const [act, counterpart] of rows) expect(counterpartOf(act)).toEqual(counterpart);
});
