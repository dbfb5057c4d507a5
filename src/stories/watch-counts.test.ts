import { expect, it } from 'vitest';
import { viewOf } from '../protocol/cluster-view.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import { openWorld } from '../scenario/open.ts';
import type { Condition } from './condition.ts';
import { quiet } from './openings.ts';
import { allPatterns, holds, meets, seen, watchFor } from './watch.ts';

const returned = (waitedUs: number): AuroraNote => ({
  ...{ type: 'commit-returned', txn: 1, lsn: 1003, session: 101 },
  waitedUs,
});

it('meets a bound with the number itself or a greater one', () => {
  const slow = { type: 'commit-returned', waitedUs: { atLeast: 5_000 } } as const;
  expect([4_999, 5_000, 5_001].map((waitedUs) => meets(returned(waitedUs), slow))).toEqual([
    false,
    true,
    true,
  ]);
});

it('counts how few of many are of a kind', () => {
  const few: Condition = {
    few: { type: 'commit-returned', waitedUs: { atLeast: 5_000 } },
    among: { type: 'commit-returned' },
    permille: 10,
  };
  const world = openWorld(quiet().run);
  const around = { looked: [], violated: [] };
  const afterSlow = (slow: number): boolean => {
    const notes = Array.from({ length: 200 }, (_, i) => returned(i < slow ? 9_000 : 900));
    const happening = { ...world.step(), notes };
    const watch = seen(watchFor(allPatterns([few])), happening as Parameters<typeof seen>[1]);
    return holds(few, watch, viewOf(world), around);
  };
  expect(afterSlow(2)).toBe(true);
  expect(afterSlow(3)).toBe(false);
});
