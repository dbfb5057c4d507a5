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
});
