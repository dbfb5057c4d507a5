import { expect, it } from 'vitest';
import { Kernel } from '../engine/kernel.ts';
import { millis } from '../engine/time.ts';
import { auroraModel } from './aurora.ts';
import { quiet } from './trial.testkit.ts';

it('chance takes no more memory the more pages are read', () => {
  const workload = { on: true, perSecond: 400, readPermille: 800, skewPermille: 0 };
  const config = quiet({ cachePages: 16, replicas: 1 });
  const run = new Kernel(
    auroraModel({ ...config, workload: { ...config.workload, ...workload } }),
    1,
    [],
  );
  const kept = (untilMs: number): { readonly reads: number; readonly sequences: number } => {
    let reads = 0;
    while ((run.nextUs() ?? Number.POSITIVE_INFINITY) <= millis(untilMs))
      for (const { type } of run.step()?.notes ?? []) if (type === 'page-answered') reads++;
    return { reads, sequences: run.save().ordinals.flat().length };
  };
  const first = kept(3_000);
  const second = kept(6_000);
  expect(second.reads).toBeGreaterThan(500);
  // Pairs of segments that had not met before are all that is new.
  expect(second.sequences - first.sequences).toBeLessThan(100);
});
