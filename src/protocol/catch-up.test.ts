import { describe, expect, it, vi } from 'vitest';
import { checked } from '../checker/checked.testkit.ts';
import { SLOTS } from './topology.ts';
import { at, config, records, Trial } from './trial.testkit.ts';

vi.setConfig({ testTimeout: 60_000 });

const off = { op: 'workload', workload: { ...config().workload, on: false } } as const;

describe('gossip', () => {
  it('fills what was lost on the way, without the writer sending it again', () => {
    const trial = new Trial(records({ lossPpm: 50_000, workload: { perSecond: 200 } }), [
      at(300, { op: 'loss', ppm: 0 }),
      at(300, off),
    ]);
    checked(trial);
    trial.to(300);
    expect(trial.told('gap-found').length).toBeGreaterThan(3);
    expect(new Set(SLOTS.map((slot) => trial.segment(`0/${slot}`).scl)).size).toBeGreaterThan(1);
    expect(
      trial.until(
        () => SLOTS.every((slot) => trial.segment(`0/${slot}`).scl === trial.writer.prevVolumeLsn),
        5,
      ),
    ).toBe(true);
    const filled = trial.told('gossip-filled');
    expect(filled.length).toBeGreaterThan(3);
    expect(filled.every(({ byBlocks }) => !byBlocks)).toBe(true);
  });

  it('falls silent when all six have everything', () => {
    const lossy = records({ lossPpm: 50_000, workload: { perSecond: 100 } });
    const trial = new Trial(lossy, [at(200, off)]).to(2_000);
    const asked = trial.told('gossip-asked').length;
    expect(asked).toBeGreaterThan(0);
    trial.to(10_000);
    expect(trial.told('gossip-asked').length).toBe(asked);
  });
});

describe('a storage node that comes back', () => {
  it('is restarting, then up; its segments catch up and are complete', () => {
    const trial = new Trial(records({ workload: { perSecond: 200 } }), [
      at(100, { op: 'crash', target: 'C1' }),
      at(300, { op: 'restore', target: 'C1' }),
    ]);
    trial.to(299);
    expect([trial.stateOf('C1'), trial.stateOf('0/e')]).toEqual(['down', 'down']);
    const { scl } = trial.segment('0/e');
    expect(scl).toBeLessThan(trial.writer.volume.vdl);
    trial.to(320);
    expect(trial.stateOf('C1')).toBe('restarting');
    expect(trial.segment('0/e').scl).toBe(scl);
    trial.to(500);
    expect([trial.stateOf('C1'), trial.stateOf('0/e')]).toEqual([
      'up › normal · connected',
      'complete',
    ]);
    const states = trial.told('segment-state').filter(({ segment }) => segment === '0/e');
    expect(states.map(({ state }) => state)).toEqual(['down', 'catching up', 'complete']);
    expect(trial.segment('0/e').scl).toBeGreaterThan(scl + 30);
  });

  it('after more than a minute is given base pages, because the log is gone', () => {
    // Nobody watches, so it is not replaced meanwhile.
    const detection = { ...config().detection, on: false };
    const trial = new Trial(records({ detection, workload: { perSecond: 8 } }), [
      at(1_000, { op: 'crash', target: 'C1' }),
      at(70_000, { op: 'restore', target: 'C1' }),
      at(71_000, off),
    ]);
    checked(trial);
    trial.to(59_000);
    expect(trial.segment('0/a').floor).toBeLessThanOrEqual(trial.segment('0/e').scl);
    trial.to(69_900);
    expect(trial.segment('0/a').floor).toBeGreaterThan(trial.segment('0/e').scl);
    trial.to(73_000);
    const filled = trial.told('gossip-filled').filter(({ segment }) => segment === '0/e');
    expect(filled.some(({ byBlocks }) => byBlocks)).toBe(true);
    expect(trial.segment('0/e').scl).toBe(trial.writer.prevVolumeLsn);
    expect(trial.stateOf('0/e')).toBe('complete');
  });
});
