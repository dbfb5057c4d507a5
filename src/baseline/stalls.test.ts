import { expect, it } from 'vitest';
import { at, CONFIG, notesOf, only, seconds, timelineOf } from './baseline.testkit.ts';

const BUSY = { ...CONFIG.workload, perSecond: 3_000 };

it('a full redo log stops changes until a checkpoint has made room', () => {
  const timeline = timelineOf({ logRecords: 200, connections: 32, workload: BUSY });
  const kinds = new Map<string, number>();
  for (const [{ type }] of notesOf(timeline, seconds(1)))
    kinds.set(type, (kinds.get(type) ?? 0) + 1);
  expect(kinds.get('log-full')).toBeGreaterThan(100);
  expect(kinds.get('log-free')).toBeGreaterThan(10);
  expect(kinds.get('commit-returned')).toBeGreaterThan(800);
});

it('a cache full of dirty pages makes readers wait for writes', () => {
  const workload = { ...CONFIG.workload, readPermille: 500, statementsPerTransaction: 4 };
  const small = timelineOf({ cachePages: 16, workload });
  const large = timelineOf({ cachePages: 64, workload });
  expect(only(small, seconds(1), 'cache-full').length).toBeGreaterThan(50);
  expect(only(large, seconds(1), 'cache-full')).toEqual([]);
});

it('the more commits there are at once, the more of them share a write', () => {
  const iosPerCommit = (perSecond: number): number => {
    const workload = { ...CONFIG.workload, perSecond };
    const timeline = timelineOf({ connections: 64, workload });
    let ios = 0;
    let commits = 0;
    for (const [note] of notesOf(timeline, seconds(1))) {
      if (note.type === 'write-begun' && (note.block === 'redo' || note.block === 'binlog'))
        ios += note.ios;
      if (note.type === 'commit-returned') commits++;
    }
    return ios / commits;
  };
  expect(iosPerCommit(20)).toBeGreaterThan(1.9);
  expect(iosPerCommit(3_000)).toBeLessThan(0.5);
});

it('a commit waits for its redo and then for its binary log: two chains of five steps', () => {
  const workload = { ...CONFIG.workload, perSecond: 20 };
  const waits = only(timelineOf({ workload }), seconds(20), 'commit-returned')
    .map(({ waitedUs }) => waitedUs)
    .toSorted((a, b) => a - b);
  expect(Math.abs(at(waits, 500) / (2 * 3_790) - 1)).toBeLessThan(0.1);
});

it('a volume’s bandwidth is a limit: few I/Os a second make a queue', () => {
  const p99 = (iops: number): number => {
    const timeline = timelineOf({ iops, workload: { ...CONFIG.workload, perSecond: 800 } });
    const waits = only(timeline, seconds(2), 'commit-returned').map(({ waitedUs }) => waitedUs);
    return at(
      waits.toSorted((a, b) => a - b),
      990,
    );
  };
  expect(p99(600)).toBeGreaterThan(2 * p99(30_000));
}, 60_000);
