import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { act, busy, played, world } from './kernel.testkit.ts';

describe('a fork', () => {
  it('has the same future where nothing else is done, event by event', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300 }), (before) => {
        const kernel = world(busy.slice(0, 2));
        played(kernel, before);
        const later = busy.slice(kernel.applied, 2);
        const fork = kernel.fork(later);
        expect(played(fork, 200)).toEqual(played(kernel, 200));
        expect(fork.hash()).toBe(kernel.hash());
      }),
      { numRuns: 30 },
    );
  });

  it('leaves the run alone, wherever each of them goes', () => {
    const kernel = world(busy);
    const alone = world(busy);
    played(kernel, 120);
    played(alone, 120);
    const at = kernel.position;
    const fork = kernel.fork([act(at.timeUs, at.n, 'KILL', 'W')]);
    for (let turn = 0; turn < 20; turn++) {
      played(fork, 13);
      played(kernel, 7);
      played(alone, 7);
      expect(kernel.hash()).toBe(alone.hash());
    }
    expect(fork.hash()).not.toBe(kernel.hash());
  });

  it('forgets what was planned for later', () => {
    const kernel = world([act(90, 0, 'KILL', 'S1'), act(5_000_000, 0, 'KILL', 'S2')]);
    played(kernel, 100);
    const fork = kernel.fork([]);
    expect(kernel.applied).toBe(1);
    expect(played(fork, 2_000).some(({ timeUs }) => timeUs === 5_000_000)).toBe(false);
    expect(fork.applied).toBe(1);
  });
});
