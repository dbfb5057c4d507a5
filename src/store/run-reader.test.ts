import { describe, expect, it } from 'vitest';
import type { Happening } from '../engine/happening.ts';
import type { RunPlayer } from './run-player.ts';
import { RunReader } from './run-reader.ts';

/** A player at an event of a run of which only the newest are kept. */
function playerAt(count: number, kept: number) {
  const run = {};
  const player = {
    run: () => run,
    count: () => count,
    kept: () => ({ from: kept, to: 100_000 }),
    happening: (n: number) => ({ count: n }) as Happening,
  };
  return player as unknown as RunPlayer;
}

/** The first and the last event that somebody read. */
function readBy(reader: RunReader<Seen>, player: RunPlayer): readonly (number | undefined)[] {
  const { counts } = reader.upToNow(player);
  return [counts[0], counts.at(-1)];
}

class Seen {
  readonly counts: number[] = [];
  read({ count }: Happening): void {
    this.counts.push(count);
  }
}

describe('who reads a run', () => {
  it('begins with what is kept, and goes on from where it stopped', () => {
    const reader = new RunReader(() => new Seen());
    expect(readBy(reader, playerAt(50_000, 40_000))).toEqual([40_000, 50_000]);
  });

  it('begins as late as it may, and a little back before what is kept', () => {
    expect(readBy(new RunReader(() => new Seen(), 100), playerAt(50_000, 40_000))).toEqual([
      49_901, 50_000,
    ]);
    expect(readBy(new RunReader(() => new Seen()), playerAt(9_000, 40_000))).toEqual([
      7_501, 9_000,
    ]);
    expect(readBy(new RunReader(() => new Seen()), playerAt(20, 40_000))).toEqual([1, 20]);
  });
});
