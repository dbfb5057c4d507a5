import { describe, expect, it } from 'vitest';
import { FAST } from './charts-instances.testkit.ts';
import { at, config, Trial } from './trial.testkit.ts';

describe('a writer that crashes and is restored', () => {
  it('opens the volume in the next epoch, above what it annulled, phase by phase', () => {
    const trial = new Trial(config(), [
      at(200, { op: 'crash', target: 'W' }),
      at(300, { op: 'restore', target: 'W' }),
    ]).to(1_000);
    expect(trial.told('recovery').map(({ phase }) => phase)).toEqual([
      'claiming',
      'polling',
      'truncating',
      'completing',
      'opening',
    ]);
    const [found] = trial.told('recovery-points');
    const [range] = trial.told('range-recorded');
    const [opened] = trial.told('volume-opened');
    expect(range).toMatchObject({ epoch: 2, above: found!.vdl, upTo: found!.vdl + 1_000 });
    expect(opened).toMatchObject({ epoch: 2, vdl: range!.upTo, next: range!.upTo + 1 });
    const acked = trial.told('commit-returned').filter(({ atUs }) => atUs < 300_000);
    expect(Math.max(...acked.map(({ lsn }) => lsn))).toBeLessThanOrEqual(found!.vdl);
    const after = trial.told('commit-returned').filter(({ atUs }) => atUs > opened!.atUs);
    expect(after.length).toBeGreaterThan(100);
    expect([trial.stateOf('W'), trial.stateOf('R1')]).toEqual(['open', 'following']);
  });
});

describe('a writer that the control plane misses', () => {
  it('is replaced by the first replica, and is a reader when it comes back', () => {
    const trial = new Trial(config({ detection: FAST }), [
      at(200, { op: 'crash', target: 'W' }),
      at(2_300, { op: 'restore', target: 'W' }),
    ]).to(3_000);
    expect(trial.told('failover').map(({ step }) => step)).toEqual([
      'detecting',
      'electing',
      'promoting',
      'reconnecting',
      'done',
    ]);
    expect(['W', 'R1', 'R2'].map((id) => trial.stateOf(id))).toEqual([
      'following',
      'open',
      'following',
    ]);
    expect(trial.told('endpoint')).toMatchObject([{ writer: 'R1', epoch: 2 }]);
    const found = trial.told('reconnect').filter(({ state }) => state === 'found');
    expect(found.map(({ endpoint }) => endpoint)).toEqual(['R1', 'R1', 'R1', 'R1']);
    const later = trial.told('commit-returned').filter(({ atUs }) => atUs > 1_500_000);
    expect(later.length).toBeGreaterThan(200);
  });
});
