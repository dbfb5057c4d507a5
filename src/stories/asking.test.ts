import { expect, it } from 'vitest';
import { millis } from '../engine/time.ts';
import { begin, insert, sql, you } from '../scenario/demonstration.ts';
import { CRASH_RECOVERY } from './chapters/s11-crash-recovery.ts';
import type { Condition, Pattern } from './condition.ts';
import { insertOrder } from './deeds.ts';
import { figuresOf } from './figures.ts';
import { quiet } from './openings.ts';
import type { Chapter, Step } from './step.ts';
import { type Walked, walk } from './walk.ts';
import { holds } from './watch.ts';

/** A step that does something to a quiet cluster, as it goes. */
function walked(changes: Pick<Step, 'deed' | 'until'> & Partial<Step>): Walked {
  const step: Step = {
    ...{ id: 'one', title: '', say: '', view: 'cluster', focus: [], hint: '', out: '' },
    ...{ claims: [], notes: '' },
    ...changes,
  };
  const chapter: Chapter = {
    ...{ id: 't', title: '', minutes: 1, asks: '', opening: quiet(), corrections: [] },
    steps: [step],
  };
  return walk(chapter)[0]!;
}

const returned: Pattern = { type: 'commit-returned' };
const queued: Pattern = { type: 'commit-queued' };
const write = { says: '', acts: [insertOrder(7, 'tea')], plays: true };

it('a step can wait until some time has passed since something happened, whenever that was', () => {
  const later: Condition = { since: returned, passedUs: millis(5) };
  const { done, end, watch, view } = walked({ deed: write, until: later });
  expect(done).toBe(true);
  const [met] = watch;
  expect(end.at.timeUs - met!.firstUs).toBeGreaterThanOrEqual(millis(5));
  const around = { looked: [], violated: [] };
  expect(holds({ since: returned, passedUs: millis(500) }, [], view, around)).toBe(false);
});

it('a figure can tell how long something took, and nothing until it is over', () => {
  const figures = { took: { from: queued, to: returned } } as const;
  const { watch, step } = walked({ deed: write, until: { noted: returned }, figures });
  const commit = watch.find(({ pattern }) => pattern === returned)!.last;
  const waited = commit?.type === 'commit-returned' ? commit.waitedUs : 0;
  expect(figuresOf(step, watch).get('took')).toBe(`${waited} µs`);
  const early = walked({ deed: write, until: { noted: queued }, figures });
  expect(figuresOf(early.step, early.watch).has('took')).toBe(false);
});

it('a write has two lists of members to satisfy while a copy is being replaced', () => {
  const deed = {
    ...{ says: '', plays: true },
    acts: [{ op: 'replace', target: '0/d', reason: 'hot' } as const],
  };
  const { watch, view } = walked({ deed, until: { ask: 'write sets', group: 0, count: 2 } });
  expect(view.groups[0]?.write).toHaveProperty('and.length', 2);
  const around = { looked: [], violated: [] };
  expect(holds({ ask: 'write sets', group: 1, count: 1 }, watch, view, around)).toBe(true);
});

it('a transaction is open that has written and was not told to commit', () => {
  const open: Condition = { ask: 'open transactions', atLeast: 1 };
  const replied: Condition = { noted: { type: 'replied' } };
  const left = { ...write, acts: [sql(you(1), 'cluster', begin, insert(5, 'tea'))] };
  expect(walked({ deed: left, until: { all: [replied, open] } }).done).toBe(true);
  const committed = walked({ deed: write, until: { noted: returned } });
  const around = { looked: [], violated: [] };
  expect(holds(open, committed.watch, committed.view, around)).toBe(false);
});

it('a failover is under way from the first heartbeat that is missed', () => {
  const deed = { ...write, acts: [{ op: 'crash', target: 'W' } as const] };
  const { done, view } = walked({ deed, until: { ask: 'failover', underWay: true } });
  expect(done).toBe(true);
  expect(view.control.failover?.phase).toBe('detecting');
});

it('what a crash cut off is undone some time after the volume is open', () => {
  const undone: Condition = { ask: 'undone', instance: 'W' };
  const around = { looked: [], violated: [] };
  const isUndoneAfter = (id: string): boolean => {
    const { watch, view } = walk(CRASH_RECOVERY).find(({ step }) => step.id === id)!;
    return holds(undone, watch, view, around);
  };
  expect(isUndoneAfter('cut')).toBe(false);
  expect(isUndoneAfter('undo')).toBe(true);
});
