import { expect, it } from 'vitest';
import type { Happening } from '../engine/happening.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import { openWorld } from '../scenario/open.ts';
import { quiet } from './openings.ts';
import { holds, seen, valueAt, type Watch, watchFor } from './watch.ts';

const view = viewOf(openWorld(quiet().run));
const nobody = { looked: [], violated: [] };
const returned = { type: 'commit-returned' } as const;

/** Only what is reported matters to a watch. */
const reports = (waitedUs: number): Happening =>
  ({ notes: [{ ...returned, txn: 1, lsn: 1, session: null, waitedUs }] }) as unknown as Happening;

const after = (waits: readonly number[]): Watch =>
  waits.reduce((watch, waitedUs) => seen(watch, reports(waitedUs)), watchFor([returned]));

it('finds the median and the 99th percentile of what notes tell', () => {
  const [met] = after(Array.from({ length: 100 }, (_, i) => 100 - i));
  expect(met && valueAt(met, 'waitedUs', 0.5)).toBe(50);
  expect(met && valueAt(met, 'waitedUs', 0.99)).toBe(99);
});

it('takes ranks of the latest thousand only', () => {
  const [met] = after([...Array<number>(1_000).fill(9), ...Array<number>(1_000).fill(1)]);
  expect(met && valueAt(met, 'waitedUs', 1)).toBe(1);
  expect(met?.count).toBe(2_000);
});

it('knows no median of nothing', () => {
  const [met] = watchFor([returned]);
  expect(met && valueAt(met, 'waitedUs', 0.5)).toBeUndefined();
});

it('holds a rank against a limit, and never when nothing was told', () => {
  const within = (atMostUs: number, waits: readonly number[]): boolean =>
    holds({ rank: 0.5, of: returned, field: 'waitedUs', atMostUs }, after(waits), view, nobody);
  expect(within(20, [10, 20, 30])).toBe(true);
  expect(within(19, [10, 20, 30])).toBe(false);
  expect(within(19, [])).toBe(false);
});
