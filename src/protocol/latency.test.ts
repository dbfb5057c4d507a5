import { describe, expect, it } from 'vitest';
import { Kernel } from '../engine/kernel.ts';
import { type Micros, seconds } from '../engine/time.ts';
import { auroraModel } from './aurora.ts';
import type { NoteOf } from './notes.ts';
import { at, type Changes, records } from './trial.testkit.ts';

const RUNS = 4;
const COMMITS = 5_000;
const PER_SECOND = 20;
/** The interval between two transactions is drawn between half and one and a half of its mean. */
const ENOUGH = seconds((COMMITS * 1.05) / PER_SECOND);

/**
 * Waits of commits in one run: from the moment its first record arms the network's turn, so the
 * building of the batch counts, to the acknowledgement that makes it four of six.
 */
function waits(changes: Changes, zoneDown: boolean, seed: number): readonly Micros[] {
  const cluster = records({ ...changes, workload: { perSecond: PER_SECOND } });
  const acts = zoneDown ? [at(0, { op: 'crash-zone', az: 'C' })] : [];
  const kernel = new Kernel(auroraModel(cluster), seed, acts);
  const found: Micros[] = [];
  while (found.length < COMMITS && (kernel.nextUs() ?? ENOUGH) < ENOUGH) {
    for (const note of kernel.step()?.notes ?? [])
      if (note.type === 'commit-returned') found.push((note as NoteOf<'commit-returned'>).waitedUs);
  }
  return found;
}

describe('a commit’s latency over the whole write path, against an independent calculation', () => {
  it.each([
    ['healthy', {}, false, 1_030, 1_510],
    ['1 % of disk writes 20 ms late', { tailPpm: 10_000, tailUs: 20_000 }, false, 1_030, 1_540],
    ['5 % of disk writes 20 ms late', { tailPpm: 50_000, tailUs: 20_000 }, false, 1_060, 1_750],
    ['a whole zone gone', {}, true, 1_290, 2_330],
  ] as const)(
    '%s: median and 99th percentile within 5 %',
    (_, changes, zoneDown, medianUs, p99Us) => {
      const all = Array.from({ length: RUNS }, (_, seed) => waits(changes, zoneDown, seed)).flat();
      const sorted = all.sort((a, b) => a - b);
      expect(sorted.length).toBeGreaterThanOrEqual(20_000);
      const [median = 0, p99 = 0] = [0.5, 0.99].map((rank) => sorted[sorted.length * rank]);
      expect(Math.abs(median / medianUs - 1), `median ${median} µs`).toBeLessThan(0.05);
      expect(Math.abs(p99 / p99Us - 1), `99th percentile ${p99} µs`).toBeLessThan(0.05);
    },
    60_000,
  );
});
