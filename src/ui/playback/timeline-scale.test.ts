import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ThinnedTimes } from '../../history/thinned-times.ts';
import { beatScale, linearScale, trackEnd } from './timeline-scale.ts';

function beatsAt(times: readonly number[], most?: number): ThinnedTimes {
  const beats = new ThinnedTimes(most);
  for (const timeUs of times) beats.add(timeUs);
  return beats;
}

describe('a track in time', () => {
  it('ends at a round number that leaves some room', () => {
    expect([0, 19_000, 20_000, 47_000, 48_000, 1_900_000].map(trackEnd)).toEqual([
      20_000, 20_000, 50_000, 50_000, 100_000, 2_000_000,
    ]);
  });

  it('has each microsecond as wide as any other', () => {
    const scale = linearScale(20_000);
    expect([scale.toShare(5_000), scale.toUs(0.5)]).toEqual([0.25, 10_000]);
    expect([0, 0.2, 1].map(scale.label)).toEqual(['0', '4 ms', '20 ms']);
  });
});

describe('a track in beats', () => {
  it('has each beat as wide as any other, however far apart they are', () => {
    const scale = beatScale(beatsAt([100, 200, 1_000_000]), 2_000_000);
    const shares = [0, 100, 200, 1_000_000, 2_000_000].map(scale.toShare);
    expect(shares).toEqual([0, 0.05, 0.1, 0.15, 0.2]);
    expect(scale.toUs(0.125)).toBe(500_100);
    expect(scale.label(0.1)).toBe('beat 2 · 200 µs');
    expect(scale.label(0.6)).toBe('');
  });

  it('has the room that is left for futures that were left', () => {
    const scale = beatScale(beatsAt([100]), 200, 1_200);
    expect([200, 700, 1_200].map(scale.toShare)).toEqual([0.1, 0.55, 1]);
    expect([0.1, 0.55, 1].map(scale.toUs)).toEqual([200, 700, 1_200]);
    expect(beatScale(beatsAt([100]), 200).toUs(0.55)).toBe(200);
  });

  it('gives several beats of one moment their room, too', () => {
    const scale = beatScale(beatsAt([100, 100, 100]), 300);
    expect([scale.toShare(99), scale.toShare(100)]).toEqual([0.0495, 0.15]);
    expect([0.05, 0.1, 0.15].map(scale.toUs)).toEqual([100, 100, 100]);
  });

  it('leads from a moment to its place and back, also when beats were let go of', () => {
    const times = fc.array(fc.integer({ min: 1, max: 1_000_000 }), {
      minLength: 1,
      maxLength: 200,
    });
    fc.assert(
      fc.property(times, fc.double({ min: 0, max: 1, noNaN: true }), (unsorted, part) => {
        const sorted = unsorted.toSorted((a, b) => a - b);
        const edgeUs = sorted.at(-1)! + 10;
        const scale = beatScale(beatsAt(sorted, 32), edgeUs);
        const us = Math.round(part * edgeUs);
        const share = scale.toShare(us);
        expect(share).toBeGreaterThanOrEqual(0);
        expect(share).toBeLessThanOrEqual(1);
        expect(scale.toUs(share)).toBeCloseTo(us, 3);
        expect(scale.toShare(us + 1)).toBeGreaterThanOrEqual(share);
      }),
    );
  });
});
