import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Scene } from '../scene/display.ts';
import { isZoomGesture, toScene, toScreen } from './camera.ts';
import { Definitions, paintSvg } from './svg-painter.ts';
import { taper } from './taper.ts';

describe('the camera', () => {
  it('brings a point to the screen and back', () => {
    const number = fc.double({ min: -2_000, max: 2_000, noNaN: true });
    const transform = fc.record({
      k: fc.double({ min: 1, max: 4, noNaN: true }),
      x: number,
      y: number,
    });
    fc.assert(
      fc.property(transform, number, number, (through, x, y) => {
        const [sx, sy] = toScreen(through, x, y);
        const [bx, by] = toScene(through, sx, sy);
        expect(bx).toBeCloseTo(x, 6);
        expect(by).toBeCloseTo(y, 6);
      }),
    );
  });
  it.each([
    [
      'a bare wheel scrolls the page',
      { type: 'wheel', ctrlKey: false, metaKey: false },
      false,
      false,
    ],
    ['a wheel with Ctrl zooms', { type: 'wheel', ctrlKey: true, metaKey: false }, false, true],
    ['one finger scrolls the page at fit', { type: 'touchstart', touches: [1] }, false, false],
    ['two fingers zoom', { type: 'touchstart', touches: [1, 2] }, false, true],
    ['one finger moves what is zoomed', { type: 'touchstart', touches: [1] }, true, true],
    ['a drag does nothing at fit', { type: 'mousedown', button: 0 }, false, false],
    ['a drag moves what is zoomed', { type: 'mousedown', button: 0 }, true, true],
    ['a double click is not a zoom', { type: 'dblclick', button: 0 }, true, false],
  ])('%s', (_, event, zoomed, expected) => {
    expect(isZoomGesture(event as unknown as Event, zoomed)).toBe(expected);
  });
});

describe('a tail', () => {
  it('is as wide as its head at one end and a point at the other', () => {
    const outline = taper([0, 0, 10, 0, 20, 0], 4, 1);
    expect(outline).toEqual([0, 2, 10, 1, 20, 0, 20, 0, 10, -1, 0, -2]);
  });
  it('is nothing while it has no length', () => {
    expect(taper([5, 5], 4, 1)).toEqual([]);
  });
});

describe('the SVG painter', () => {
  const scene: Scene = {
    width: 100,
    height: 50,
    background: '#000',
    ground: [
      { kind: 'rect', id: 'a', role: 'band', x: 1, y: 2, w: 3, h: 4, r: 1, fill: '#111' },
      {
        kind: 'hatch',
        id: 'b',
        role: 'state',
        x: 0,
        y: 0,
        w: 9,
        h: 9,
        r: 2,
        stroke: '#f00',
        pitch: 6,
        width: 1,
      },
    ],
    actors: [
      { kind: 'circle', id: 'c', role: 'mark', x: 5, y: 5, r: 2, stroke: '#0f0', width: 2 },
      {
        kind: 'path',
        id: 'd',
        role: 'icon',
        d: 'M0 0L1 1',
        x: 2,
        y: 3,
        scale: 0.5,
        stroke: '#00f',
        width: 1,
      },
      { kind: 'lines', id: 'e', role: 'ruler', points: [0, 0, 1, 1, 2, 2, 3, 3], stroke: '#fff' },
      {
        ...{ kind: 'text', id: 'f', role: 'label', x: 9, y: 9, text: 'a < b & "c"' },
        ...{ font: '500 12px X', size: 12, fill: '#eee', align: 'right', w: 20 },
      },
    ],
    front: [
      {
        kind: 'poly',
        id: 'g',
        role: 'edge',
        points: [0, 0, 5, 5],
        stroke: '#333',
        dash: [1, 2],
        alpha: 0.5,
      },
      { kind: 'tail', id: 'h', role: 'tail', points: [0, 0, 10, 0], stroke: '#fa0', width: 4 },
      { kind: 'glow', id: 'i', role: 'light', x: 1, y: 1, r: 8, fill: '#fa0' },
      { kind: 'glow', id: 'j', role: 'light', x: 2, y: 1, r: 8, fill: '#fa0' },
    ],
  };
  it('draws every kind of item, in order', () => {
    expect(paintSvg(scene, { title: 'A <title>' })).toMatchSnapshot();
  });
  it('defines a glow once for each colour', () => {
    expect(paintSvg(scene).match(/<radialGradient/g)).toHaveLength(1);
  });
  it('shares no name with another picture in its document', () => {
    const names = (prefix: string): readonly string[] =>
      [...paintSvg(scene, { prefix }).matchAll(/(?: id="|url\(#)([^")]+)/g)].map(
        ([, name]) => name!,
      );
    const [one, other] = [names('one-'), names('other-')];
    expect(one.length).toBeGreaterThan(3);
    expect(one.filter((name) => other.includes(name))).toEqual([]);
  });
  it('leaves nothing out where a document shares what its pictures show alike', () => {
    const parts: string[] = [];
    const part = (markup: string): string => {
      parts.push(markup);
      return markup;
    };
    const owned = scene.ground.map((item, k) => ({ ...item, ...(k === 1 ? { of: 'A1' } : {}) }));
    const definitions = new Definitions('');
    const together = paintSvg({ ...scene, ground: owned }, { shared: { definitions, part } });
    const alone = paintSvg(scene);
    expect(parts.length).toBeGreaterThan(2);
    expect(together).toBe(alone.replace(String(definitions), ''));
  });
  it('lets no text become markup', () => {
    expect(paintSvg(scene)).toContain('a &lt; b &amp; &quot;c&quot;');
  });
});
