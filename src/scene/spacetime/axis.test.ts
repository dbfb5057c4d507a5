import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisOf, stretchesIn, ticksOf } from './axis.ts';

/** Stretches in which something happens, in order and apart. */
const stirs = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 20_000 }), fc.integer({ min: 0, max: 4_000 })), {
    maxLength: 20,
  })
  .map((parts) => {
    let at = 0;
    return parts.map(([idleUs, busyUs]) => {
      const fromUs = at + idleUs;
      at = fromUs + busyUs;
      return { fromUs, toUs: at };
    });
  });

const scale = fc.double({ min: 0.0005, max: 1.5, noNaN: true });

describe('the axis of time', () => {
  it('never turns back, and tells the moment of every place', () => {
    fc.assert(
      fc.property(stirs, scale, fc.boolean(), fc.nat(10_000), (busy, pxPerUs, folds, restUs) => {
        const toUs = (busy.at(-1)?.toUs ?? 0) + restUs + 1;
        const axis = axisOf(busy, { fromUs: 0, toUs }, pxPerUs, folds);
        let before = Number.NEGATIVE_INFINITY;
        for (let us = 0; us <= toUs; us += Math.max(1, Math.floor(toUs / 200))) {
          const y = axis.yOf(us);
          expect(y).toBeGreaterThan(before);
          expect(axis.usAt(y)).toBeCloseTo(us, 1);
          before = y;
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the same built at once as built on, while time goes on and the last stir grows', () => {
    fc.assert(
      fc.property(stirs, scale, (busy, pxPerUs) => {
        const growing: { fromUs: number; toUs: number }[] = [];
        for (const stir of busy) {
          growing.push({ fromUs: stir.fromUs, toUs: stir.fromUs });
          axisOf(growing, { fromUs: 0, toUs: stir.fromUs + 1 }, pxPerUs, true);
          growing[growing.length - 1] = stir;
          const span = { fromUs: 0, toUs: stir.toUs + 500 };
          const on = axisOf(growing, span, pxPerUs, true);
          const anew = axisOf([...growing], span, pxPerUs, true);
          expect(on.heightPx).toBeCloseTo(anew.heightPx);
          expect(stretchesIn(on, 0, on.heightPx)).toEqual(stretchesIn(anew, 0, anew.heightPx));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('gives the same room to the same time wherever something happens', () => {
    const axis = axisOf([{ fromUs: 9_000, toUs: 11_000 }], { fromUs: 0, toUs: 60_000 }, 0.1, true);
    expect(axis.yOf(11_000) - axis.yOf(9_000)).toBeCloseTo(200);
    expect(stretchesIn(axis, 0, axis.heightPx).map(({ folded }) => folded)).toEqual([
      true,
      false,
      true,
    ]);
    expect(axis.heightPx).toBeLessThan(300);
  });

  it('does not jump while idle time goes on', () => {
    const heights = Array.from(
      { length: 200 },
      (_, i) =>
        axisOf([{ fromUs: 0, toUs: 10 }], { fromUs: 0, toUs: 100 + i * 10 }, 0.15, true).heightPx,
    );
    for (let i = 1; i < heights.length; i++)
      expect(Math.abs(heights[i]! - heights[i - 1]!)).toBeLessThan(2);
  });

  it('cuts nothing when it is not to fold, and ticks at round moments', () => {
    const axis = axisOf([], { fromUs: 0, toUs: 50_000 }, 0.01, false);
    expect(stretchesIn(axis, 0, axis.heightPx)).toHaveLength(1);
    expect(ticksOf(axis, 0, 500, 100)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000]);
  });
});
