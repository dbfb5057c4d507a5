import { describe, expect, it } from 'vitest';
import { millis } from '../engine/time.ts';
import { put, select } from '../protocol/faults.testkit.ts';
import type { Reply } from '../protocol/messages.ts';
import { at, config, quiet, sql, Trial } from '../protocol/trial.testkit.ts';
import { Checker } from './checker.ts';
import { waitsForReplicas } from './twin.ts';

describe('what replicas may do to the writer (I24)', () => {
  it.each([1, 2, 3])(
    'is nothing: with their links cut each commit of run %s takes as long',
    (seed) => {
      const load = { readPermille: 0, skewPermille: 0, perSecond: 500 };
      const cluster = config({ replicas: 3, workload: load });
      expect(waitsForReplicas(cluster, seed, millis(60))).toBeNull();
    },
  );
});

describe('what a replica may fail to show (I25)', () => {
  it('is a write that was just acknowledged: nobody complains', () => {
    const lagging = { op: 'partition', from: ['W'], to: ['R1'], on: true } as const;
    const trial = new Trial(quiet({ replicas: 1 }), [
      at(1, lagging),
      at(2, sql(101, [put(7, 'anvil')])),
      at(20, sql(105, [select(7)], 'R1')),
      at(21, sql(106, [select(7)])),
    ]);
    const checker = new Checker(trial.kernel);
    const answers: (readonly [from: string, rows: number])[] = [];
    trial.watch((happening) => {
      checker.see(happening, trial.kernel);
      for (const { type, from, message } of happening.sent) {
        const { result } = message as Reply;
        if (type === 'REPLY' && result?.kind === 'rows') answers.push([from, result.rows.length]);
      }
    });
    trial.to(40);
    expect(trial.told('commit-returned')).toHaveLength(1);
    expect(answers).toEqual([
      ['R1', 0],
      ['W', 1],
    ]);
    checker.finish();
    expect(checker.violations).toEqual([]);
  });
});
