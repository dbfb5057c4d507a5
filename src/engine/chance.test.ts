import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { below, draw, hashText, mix, redraw, scatter } from './chance.ts';
import { Directory } from './directory.ts';
import { QUANTILE_COUNT, quantileAt, rankOf } from './quantiles.ts';

const word = fc.integer({ min: 0, max: 0xffff_ffff });

/** How far counts in equal boxes lie from even: about the number of boxes when draws are uniform. */
function chiSquare(draws: readonly number[], boxes: number, boxOf: (luck: number) => number) {
  const counts = new Array<number>(boxes).fill(0);
  for (const luck of draws) counts[boxOf(luck)]!++;
  const expected = draws.length / boxes;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Beyond it, uniform draws would come once in about ten thousand times. */
const suspicious = (boxes: number): number => boxes - 1 + 4 * Math.sqrt(2 * (boxes - 1));

describe('chance', () => {
  const streams = ['W>0/c:WRITE', 'W>0/d:WRITE', 'W:tick', 'R1>W:READ'];
  const drawsOf = (name: string) =>
    Array.from({ length: 64_000 }, (_, ordinal) => draw(hashText(name), ordinal));

  it.each(streams)('draws evenly along the stream of %s', (name) => {
    const draws = drawsOf(name);
    expect(chiSquare(draws, 64, (luck) => luck >>> 26)).toBeLessThan(suspicious(64));
    expect(chiSquare(draws, 64, (luck) => luck & 63)).toBeLessThan(suspicious(64));
    expect(chiSquare(draws, 100, (luck) => below(luck, 100))).toBeLessThan(suspicious(100));
  });

  it('draws evenly across streams whose names differ in one letter', () => {
    const draws = Array.from({ length: 64_000 }, (_, i) => draw(hashText(`${i}/c`), 0));
    expect(chiSquare(draws, 64, (luck) => luck >>> 26)).toBeLessThan(suspicious(64));
  });

  it('shows no trace of one draw in the next, nor of one purpose in another', () => {
    const draws = drawsOf('W>0/c:WRITE');
    const pair = (a: number, b: number) => (a >>> 29) * 8 + (b >>> 29);
    const consecutive = draws.map((luck, i) => pair(luck, draws[i + 1] ?? 0));
    const purposes = (luck: number) => pair(redraw(luck, 1), redraw(luck, 2));
    const own = (luck: number) => pair(luck, redraw(luck, 1));
    expect(chiSquare(consecutive, 64, (box) => box)).toBeLessThan(suspicious(64));
    expect(chiSquare(draws, 64, purposes)).toBeLessThan(suspicious(64));
    expect(chiSquare(draws, 64, own)).toBeLessThan(suspicious(64));
  });

  it('is a pure function of the key and the ordinal', () => {
    fc.assert(
      fc.property(word, word, word, (key, ordinal, other) => {
        const first = draw(key, ordinal);
        draw(other, ordinal);
        expect(draw(key, ordinal)).toBe(first);
        expect(Number.isInteger(first) && first >= 0 && first <= 0xffff_ffff).toBe(true);
      }),
    );
  });

  it('stays below its limit and reaches both ends', () => {
    fc.assert(
      fc.property(word, fc.integer({ min: 1, max: 10_000_000 }), (luck, limit) => {
        const value = below(luck, limit);
        expect(Number.isInteger(value) && value >= 0 && value < limit).toBe(true);
      }),
    );
    expect(below(0, 6)).toBe(0);
    expect(below(0xffff_ffff, 6)).toBe(5);
  });

  it('gives these very bits, on every machine', () => {
    expect([hashText(''), hashText('W'), hashText('0/c')]).toMatchInlineSnapshot(`
      [
        2872998923,
        2537686225,
        499170685,
      ]
    `);
    expect([mix(1, 2), mix(-1, 0xffff_ffff), scatter(0), scatter(1)]).toMatchInlineSnapshot(`
      [
        2001329867,
        -1203112466,
        0,
        1364076727,
      ]
    `);
    expect([draw(7, 0), draw(7, 1), redraw(7, 1), redraw(7, 2)]).toMatchInlineSnapshot(`
      [
        612140530,
        2104274185,
        2104274185,
        1087460337,
      ]
    `);
  });
});

describe('a directory', () => {
  it('keys a link by its names, whatever was mentioned before', () => {
    const one = new Directory(5);
    const other = new Directory(5);
    for (let i = 0; i < 1_000; i++) other.link(other.entry(`x${i}`), 'y', `kind ${i}`);
    const keyIn = (directory: Directory) =>
      directory.link(directory.entry('W'), '0/c', 'WRITE').key;
    expect(keyIn(other)).toBe(keyIn(one));
    expect(keyIn(new Directory(6))).not.toBe(keyIn(one));
  });

  it('never mistakes one link for another, however many kinds there are', () => {
    const directory = new Directory(1);
    const link = (from: string, to: string, kind: number) =>
      directory.link(directory.entry(from), to, `kind ${kind}`);
    const seen = new Set<unknown>();
    for (let kind = 0; kind < 1_200; kind++)
      for (const to of ['a', 'b', 'c']) seen.add(link('a', to, kind)).add(link(to, 'd', kind));
    expect(seen.size).toBe(7_200);
    expect(new Set([...seen].map((each) => (each as { index: number }).index)).size).toBe(7_200);
    expect(link('a', 'b', 7)).toBe(link('a', 'b', 7));
    expect(link('b', 'a', 7).key).not.toBe(link('a', 'b', 7).key);
  });

  it('knows no number of an actor that nobody mentioned', () => {
    const directory = new Directory(1);
    expect(directory.indexOf('W')).toBeUndefined();
    expect(directory.entry('W').index).toBe(directory.indexOf('W'));
    expect(directory.names).toEqual(['W']);
  });
});

describe('a quantile table', () => {
  const table = Array.from({ length: QUANTILE_COUNT }, (_, i) => Math.round(1_000_000 * rankOf(i)));

  it('has ranks that rise from 0 to 1', () => {
    const ranks = table.map((_, index) => rankOf(index));
    expect(ranks[0]).toBe(0);
    expect(ranks[16]).toBe(0.5);
    expect(ranks[32]).toBe(0.75);
    expect(ranks.at(-1)).toBe(1);
    expect(ranks.every((rank, i) => i === 0 || rank > (ranks[i - 1] ?? 1))).toBe(true);
  });

  it('gives the value at the rank that the luck stands for', () => {
    fc.assert(
      fc.property(word, (luck) => {
        expect(Math.abs(quantileAt(table, luck) - (luck / 2 ** 32) * 1_000_000)).toBeLessThan(2);
      }),
    );
    for (const luck of [0, 1, 0x7fff_ffff, 0x8000_0000, 0xfffe_ffff, 0xffff_0000, 0xffff_ffff])
      expect(Math.abs(quantileAt(table, luck) - (luck / 2 ** 32) * 1_000_000)).toBeLessThan(2);
  });

  it('rounds to the nearest microsecond', () => {
    expect(quantileAt([0, 10], 2 ** 27 * 0.14)).toBe(1);
    expect(quantileAt([0, 10], 2 ** 27 * 0.16)).toBe(2);
  });

  it('never gives less for more luck', () => {
    const values = fc.array(fc.nat(1_000), {
      minLength: QUANTILE_COUNT,
      maxLength: QUANTILE_COUNT,
    });
    fc.assert(
      fc.property(values, word, word, (steps, one, other) => {
        let sum = 0;
        const rising = steps.map((step) => (sum += step));
        const [less, more] = one < other ? [one, other] : [other, one];
        expect(quantileAt(rising, less)).toBeLessThanOrEqual(quantileAt(rising, more));
      }),
    );
  });

  it('leaves no gap where one octave of ranks meets the next', () => {
    for (let octave = 1; octave < 16; octave++) {
      const edge = 2 ** 32 - 2 ** (32 - octave);
      expect(quantileAt(table, edge)).toBe(table[octave * 16]);
      expect((table[octave * 16] ?? 0) - quantileAt(table, edge - 1)).toBeLessThanOrEqual(1);
    }
  });
});
