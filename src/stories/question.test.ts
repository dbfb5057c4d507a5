import { describe, expect, it } from 'vitest';
import { viewOf } from '../protocol/cluster-view.ts';
import type { ClusterView } from '../protocol/view.ts';
import { openWorld } from '../scenario/open.ts';
import { insertOrder } from './deeds.ts';
import { quiet } from './openings.ts';
import { answer } from './question.ts';

const atRest = quiet();
const world = openWorld({
  ...atRest.run,
  interventions: [{ at: atRest.at, act: insertOrder(7, 'tea') }],
});
const before = viewOf(world);

/** What is to be seen right after the first event that tells this. */
function whenTold(type: string): ClusterView {
  for (;;) {
    const happening = world.step();
    if (happening === null) throw new Error(`Nothing told ${type}.`);
    if (happening.notes.some((note) => note.type === type)) return viewOf(world);
  }
}

describe('what can be asked of a moment', () => {
  it('knows how copies are spread over zones', () => {
    expect(answer({ ask: 'spread', copies: 2 }, before)).toBe(true);
    expect(answer({ ask: 'spread', copies: 3 }, before)).toBe(false);
  });

  it('knows which commits wait, and whether a replica has heard of all that is durable', () => {
    const waits = { ask: 'waiting', atLeast: 1 } as const;
    const knows = { ask: 'caught-up', instance: 'R1' } as const;
    expect([answer(waits, before), answer(knows, before)]).toEqual([false, true]);
    const queued = whenTold('commit-queued');
    expect([answer(waits, queued), answer(knows, queued)]).toEqual([true, true]);
    const returned = whenTold('commit-returned');
    expect([answer(waits, returned), answer(knows, returned)]).toEqual([false, false]);
    const heard = whenTold('commit-noticed');
    expect(answer(knows, heard)).toBe(true);
  });
});
