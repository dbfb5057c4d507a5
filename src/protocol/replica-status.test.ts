import { expect, it } from 'vitest';
import { begin, commit, select } from './faults.testkit.ts';
import { type ReplicaStatus, statusOf } from './replica-status.ts';
import { at, config, sql, Trial } from './trial.testkit.ts';

const statusIn = (trial: Trial, id = 'R1'): ReplicaStatus =>
  statusOf(trial.replica(id), trial.kernel.position.timeUs);

it('a replica tells how far it is, how late, and how fast its stream comes', () => {
  const trial = new Trial(config({ workload: { perSecond: 500, readPermille: 0 } }));
  trial.to(3_000);
  const status = statusIn(trial);
  expect(status.currentReadLsn).toBe(trial.replica('R1').vdl);
  expect(status.durableLsn).toBeGreaterThanOrEqual(status.currentReadLsn);
  expect(status.highestReceivedLsn).toBeGreaterThanOrEqual(status.durableLsn);
  expect(status.oldestReadViewLsn).toBeLessThanOrEqual(status.currentReadLsn);
  // The record waits for acknowledgements in other zones, and the notice of VDL for one hop more.
  expect(status.replayUs).toBeGreaterThan(300);
  expect(status.replayUs).toBeLessThan(5_000);
  expect(status.lagUs).toBeGreaterThan(100);
  // Some 500 transactions a second of three records, a few hundred bytes.
  expect(status.streamKibPerSecond).toBeGreaterThan(50);
  expect(status.streamKibPerSecond).toBeLessThan(400);
});

it('a stream that has fallen silent has no speed', () => {
  const trial = new Trial(config({ workload: { perSecond: 500 } }), [
    at(2_000, { op: 'workload', workload: { ...config().workload, on: false } }),
  ]);
  trial.to(1_900);
  expect(statusIn(trial).streamKibPerSecond).toBeGreaterThan(0);
  trial.to(9_000);
  expect(statusIn(trial).streamKibPerSecond).toBe(0);
});

it('a transaction counts as active until it ends, and its view as the oldest', () => {
  const trial = new Trial(config(), [
    at(100, sql(101, [begin, select(1_000)], 'R1')),
    at(500, sql(101, [commit], 'R1')),
  ]);
  trial.to(400);
  const { activeTransactions, oldestReadViewLsn, currentReadLsn } = statusIn(trial);
  expect(activeTransactions).toBe(1);
  expect(oldestReadViewLsn).toBeLessThan(currentReadLsn - 50);
  trial.to(600);
  expect(statusIn(trial).activeTransactions).toBe(0);
});

it('each commit is noticed once, and before a read view includes it', () => {
  const trial = new Trial(config({ replicas: 1, workload: { readPermille: 0 } }));
  const noticed = new Set<number>();
  let behind = 0;
  trial.watch(({ notes }) => {
    for (const note of notes) {
      const { type, lsn, to } = note as { type: string; lsn: number; to: number };
      if (type === 'commit-noticed') {
        expect(noticed.has(lsn)).toBe(false);
        expect(lsn).toBeGreaterThan(behind);
        noticed.add(lsn);
      }
      if (type === 'read-view') behind = to;
    }
  });
  trial.to(500);
  const returned = trial.told('commit-returned').filter(({ lsn }) => lsn <= behind);
  expect(returned.length).toBeGreaterThan(100);
  for (const { lsn } of returned) expect(noticed.has(lsn)).toBe(true);
});
