import { describe, expect, it } from 'vitest';
import type { Scene, TextItem } from './display.ts';
import { measure } from './measure.testkit.ts';
import { type Plate, plateOf, type Telling, wrapped } from './plate.ts';

const PICTURE: Scene = {
  ...{ width: 600, height: 300, background: '#123456', actors: [], front: [] },
  ground: [{ kind: 'circle', id: 'a', role: 'mark', x: -5, y: 5, r: 3, fill: '#fff' }],
};
const TELLING: Telling = {
  title: 'First write: Cluster',
  caption: 'Three zones.',
  facts: ['12.850 ms, simulated', 'seed 41'],
  link: `https://example.test/#v1.d.${'x'.repeat(4_000)}`,
  legend: [
    { mark: { d: 'M0 0h1', fill: '#f00' }, name: 'Redo', says: 'a solid line' },
    { mark: null, name: '', says: 'several words that have to be told on more than one line' },
  ],
};

const plate = (transparent = false): Plate =>
  plateOf(PICTURE, TELLING, { theme: 'dark', transparent }, measure);

const textsOf = ({ parts }: Plate): readonly TextItem[] =>
  parts.flatMap(({ items }) => items.filter((item) => item.kind === 'text'));

describe('a plate', () => {
  it('tells title, caption, facts, legend and link around the picture', () => {
    const words = textsOf(plate()).map(({ text }) => text);
    for (const part of ['First write: Cluster', 'Three zones.', 'Redo', 'a solid line'])
      expect(words).toContain(part);
    expect(words).toContain('12.850 ms, simulated  ·  seed 41');
    expect(words.some((text) => text.startsWith('https://example.test/#v1.d.'))).toBe(true);
  });

  it('keeps its parts one below another, inside of itself', () => {
    const { parts, width, height } = plate();
    for (const [i, part] of parts.entries()) {
      const next = parts[i + 1];
      if (next) expect(part.y + part.h).toBeLessThanOrEqual(next.y);
      expect(part.x + part.w).toBeLessThanOrEqual(width);
      expect(part.y + part.h).toBeLessThanOrEqual(height);
    }
  });

  it('lets no text run out of its part', () => {
    for (const { w, items } of plate().parts) {
      for (const item of items) {
        if (item.kind === 'text') expect(item.x + item.w).toBeLessThanOrEqual(w);
      }
    }
  });

  it('cuts a link that no picture has room for, and says so', () => {
    const last = textsOf(plate()).at(-1);
    expect(last?.text).toMatch(/…$/);
  });

  it('has no ground of its own where it is to be transparent', () => {
    expect(plate().background).not.toBeNull();
    const bare = plate(true);
    expect(bare.background).toBeNull();
    expect(bare.parts[1]?.items).toEqual(PICTURE.ground);
  });
});

describe('a wrapped text', () => {
  it('loses no word and no order', () => {
    const text = 'one two three four five six seven';
    const lines = wrapped(text, '12px X', 80, measure);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.join(' ')).toBe(text);
  });
});
