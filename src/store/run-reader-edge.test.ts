import { describe, expect, it } from 'vitest';
import type { Happening } from '../engine/happening.ts';

import { at, crash, toyPlayer } from './player.testkit.ts';
import { RunReader } from './run-reader.ts';

/** Notes every event that it is given. */
class Counts {
  readonly counts: number[] = [];
  read({ count }: Happening): void {
    this.counts.push(count);
  }
}

function opened() {
  const { player } = toyPlayer();
  const made: Counts[] = [];
  const reader = new RunReader(() => {
    const counts = new Counts();
    made.push(counts);
    return counts;
  });
  return { player, made, read: () => reader.upToEdge(player).counts };
}

describe('reading up to the edge', () => {
  it('takes in each event once, and only what is new', () => {
    const { player, made, read } = opened();
    player.seek(at(1_000));
    const first = [...read()];
    expect(first).toEqual(first.map((_, i) => i + 1));
    player.seek(at(2_000));
    expect(read().length).toBeGreaterThan(first.length);
    expect(read()).toEqual(read().map((_, i) => i + 1));
    expect(made).toHaveLength(1);
  });

  it('keeps what lies ahead when the present goes back', () => {
    const { player, made, read } = opened();
    player.seek(at(2_000));
    const all = [...read()];
    player.seek(at(500));
    expect(read()).toEqual(all);
    expect(made).toHaveLength(1);
  });

  it('begins anew when the past is changed', () => {
    const { player, made, read } = opened();
    player.seek(at(2_000));
    const before = read().length;
    player.seek(at(500));
    player.intervene(crash('B2'));
    expect(read().length).toBeLessThan(before);
    expect(read().length).toBe(player.count());
    expect(made).toHaveLength(2);
  });
});
