import { describe, expect, it, vi } from 'vitest';
import type { Act } from './intervention.ts';
import { at, config, quiet, type Told, Trial } from './trial.testkit.ts';

vi.setConfig({ testTimeout: 60_000 });

const all = (op: 'crash' | 'restore', ms: number, hosts: readonly string[]) =>
  hosts.map((target) => at(ms, { op, target } as Act));

const ZONE_C = ['C1', 'C2', 'C3', 'C4'];
const FOUR_HOSTS = ['B1', 'B2', 'B3', 'B4', ...ZONE_C];

/** Nobody notices failures but the writer, so that no member is replaced. */
const cluster = config({
  replicas: 1,
  detection: { ...config().detection, on: false },
  workload: { perSecond: 300 },
});

const groupsOf = (told: readonly Told[]): readonly number[] =>
  told.map((note) => ('group' in note ? (note.group as number) : -1));

describe('a volume that loses a zone and one host more', () => {
  const trial = new Trial(cluster, [
    ...all('crash', 300, [...ZONE_C, 'B1']),
    ...all('restore', 2_000, [...ZONE_C, 'B1']),
  ]);

  it('waits with its writes, and says in which groups', () => {
    trial.to(1_900);
    const lost = groupsOf(trial.told('write-quorum-lost')).toSorted();
    expect(lost).toEqual([0, 2]);
    for (const { heard } of trial.told('write-quorum-lost')) expect(heard).toHaveLength(3);
    expect(trial.told('read-quorum-lost')).toEqual([]);
    const answered = trial.told('commit-returned').at(-1)!;
    expect(answered.atUs).toBeLessThan(500_000);
  });

  it('goes on when the copies are back', () => {
    trial.to(4_000);
    expect(groupsOf(trial.told('write-quorum-regained')).toSorted()).toEqual([0, 2]);
    for (const { waitedUs } of trial.told('write-quorum-regained'))
      expect(waitedUs).toBeGreaterThan(1_000_000);
    const late = trial.told('commit-returned').filter(({ atUs }) => atUs > 3_000_000);
    expect(late.length).toBeGreaterThan(100);
    expect(trial.writer.stuck).toEqual([]);
  });
});

describe('a volume with two copies of each group left', () => {
  it('has no read quorum either until more are back', () => {
    const trial = new Trial(cluster, [
      ...all('crash', 300, FOUR_HOSTS),
      ...all('restore', 1_500, ['B1', 'B2', 'B3', 'B4']),
      ...all('restore', 3_000, ZONE_C),
    ]);
    trial.to(1_450);
    const reads = new Set(groupsOf(trial.told('read-quorum-lost')));
    expect(reads).toEqual(new Set(groupsOf(trial.told('write-quorum-lost'))));
    expect(reads.size).toBeGreaterThan(1);
    trial.to(2_900);
    expect(new Set(groupsOf(trial.told('read-quorum-regained')))).toEqual(reads);
    trial.to(4_500);
    expect(new Set(groupsOf(trial.told('write-quorum-regained')))).toEqual(reads);
    const { volume, prevVolumeLsn } = trial.writer;
    expect(prevVolumeLsn - volume.vdl).toBeLessThan(100);
  });
});

describe('a healthy volume', () => {
  it('says nothing of quorums, not even on a network that loses messages', () => {
    const trial = new Trial(config({ lossPpm: 50_000, workload: { perSecond: 400 } })).to(2_000);
    expect(trial.told('write-quorum-lost')).toEqual([]);
    const idle = new Trial(quiet(), all('crash', 10, FOUR_HOSTS)).to(2_000);
    expect(idle.told('write-quorum-lost')).toEqual([]);
  });
});
