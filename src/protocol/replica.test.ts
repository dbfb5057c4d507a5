import { describe, expect, it } from 'vitest';
import { step as _ } from '../engine/step.ts';
import { millis } from '../engine/time.ts';
import { begin, commit, put, rollback, select, update } from './faults.testkit.ts';
import { oldestReadPoint } from './replica-stream.ts';
import { at, config, quiet, sql, Trial } from './trial.testkit.ts';
import { Watch } from './watch.testkit.ts';
import { lowestReadPoint } from './writer-issue.ts';

void [_, millis, quiet, sql, begin, commit, put, rollback, select, update, oldestReadPoint];

describe('a replica that was cut off', () => {
  it.each([50, 900, 6_000])('for %i ms attaches again and follows on', (ms) => {
    const trial = new Trial(config({ replicas: 1, workload: { perSecond: 60 } }), [
      at(100, { op: 'isolate', target: 'R1', on: true }),
      at(100 + ms, { op: 'isolate', target: 'R1', on: false }),
    ]);
    new Watch(trial, Number.POSITIVE_INFINITY);
    trial.to(100 + ms);
    expect(trial.writer.volume.vdl).toBeGreaterThan(trial.replica('R1').vdl);
    trial.to(1_600 + ms);
    expect(trial.stateOf('R1')).toBe('following');
    expect(trial.writer.volume.vdl - trial.replica('R1').vdl).toBeLessThan(20);
  });

  it('finds out what it missed although the writer has nothing more to say', () => {
    const trial = new Trial(config({ replicas: 1, workload: { perSecond: 60 } }), [
      at(100, { op: 'isolate', target: 'R1', on: true }),
      at(200, { op: 'workload', workload: { ...config().workload, on: false } }),
      at(5_000, { op: 'isolate', target: 'R1', on: false }),
    ]);
    trial.to(8_000);
    expect(trial.replica('R1').vdl).toBe(trial.writer.volume.vdl);
  });

  it('holds back collection for two seconds and no longer', () => {
    const trial = new Trial(config({ replicas: 2, workload: { perSecond: 60 } }), [
      at(100, { op: 'isolate', target: 'R1', on: true }),
    ]);
    new Watch(trial, Number.POSITIVE_INFINITY);
    trial.to(1_500);
    const held = lowestReadPoint(trial.writer);
    expect(held).toBeLessThanOrEqual(trial.replica('R1').vdl);
    trial.to(4_000);
    expect(lowestReadPoint(trial.writer)).toBeGreaterThan(held);
  });
});
