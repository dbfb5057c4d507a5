import { describe, expect, it } from 'vitest';
import type { DisplayItem, Scene } from '../scene/display.ts';
import { Inks } from './inks.ts';

describe('a picture for both themes', () => {
  const scene = (actors: readonly DisplayItem[]): Scene => ({
    ...{ width: 10, height: 10, background: '#fff', ground: [], actors, front: [] },
  });
  const dot = (id: string, fill: string): DisplayItem => ({
    ...{ kind: 'circle', id, role: 'mark', x: 1, y: 1, r: 1, fill },
  });

  it('has each pair of colours once, and what one theme lacks is not seen in it', () => {
    const inks = new Inks();
    const { background, actors } = inks.themed(
      scene([dot('a', '#111'), dot('b', '#111'), dot('light', '#222')]),
      scene([dot('a', '#eee'), dot('dark', '#333'), dot('b', '#eee')]),
    );
    expect(background).toBe('var(--0)');
    expect(actors.map(({ id }) => id)).toEqual(['a', 'dark', 'b', 'light']);
    expect(inks.css).toBe(
      '--0:#fff;--1:light-dark(#111,#eee);--2:light-dark(transparent,#333);--3:light-dark(#222,transparent)',
    );
  });

  it('has an item twice where the themes differ in more than its colours', () => {
    const glow = (fill: string, alpha: number): DisplayItem => ({
      ...{ kind: 'glow', id: 'a', role: 'light', x: 1, y: 1, r: 1, fill, alpha },
    });
    const inks = new Inks();
    const { actors } = inks.themed(scene([glow('#111', 0.4)]), scene([glow('#eee', 0.75)]));
    expect(actors).toMatchObject([
      { id: 'a', alpha: 0.4, fill: 'var(--1)' },
      { id: 'a dark', alpha: 0.75, fill: 'var(--2)' },
    ]);
    expect(inks.css).toContain('--1:light-dark(#111,transparent);--2:light-dark(transparent,#eee)');
  });

  it('hides a weave that one theme lacks', () => {
    const weave: DisplayItem = {
      ...{ kind: 'weave', id: 'a', role: 'mark', x: 0, y: 0, w: 9, h: 9, at: { x: 0, y: 0 } },
      ...{ tileW: 3, tileH: 3, parts: [{ d: 'M0 0h1v1z', fill: '#111' }] },
    };
    const inks = new Inks();
    inks.themed(scene([weave]), scene([]));
    expect(inks.css).toContain('light-dark(#111,transparent)');
  });

  it('cannot be made where the themes have the same things in another order', () => {
    const [a, b] = [dot('a', '#111'), dot('b', '#111')];
    expect(() => new Inks().themed(scene([a, b]), scene([b, a]))).toThrow('order');
  });
});
