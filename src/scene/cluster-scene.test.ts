import { describe, expect, it } from 'vitest';
import { clusterScene, createSceneBuilder } from './cluster-scene.ts';
import type { DisplayItem, Rect, Scene, TextItem } from './display.ts';
import { holds, inset, overlaps, rect } from './geometry.ts';
import { layoutCluster, topologyOf } from './layout.ts';
import { measure } from './measure.testkit.ts';
import { type Plate, plates } from './plates.testkit.ts';
import { written } from './written.testkit.ts';

const SIZES = [
  [320, 360],
  [358, 412],
  [724, 507],
  [792, 640],
  [1200, 860],
] as const;

const layoutOf = ({ view }: Plate, [widthPx, heightPx]: readonly [number, number]) =>
  layoutCluster(topologyOf(view), { widthPx, heightPx }, { coarse: widthPx < 560, focusGroup: 0 });

const sceneOf = (plate: Plate, size: readonly [number, number]): Scene =>
  clusterScene(plate.view, plate.shownUs, layoutOf(plate, size), plate.look, measure);

const all = ({ ground, actors, front }: Scene): readonly DisplayItem[] => [
  ...ground,
  ...actors,
  ...front,
];
const texts = (items: readonly DisplayItem[]): readonly TextItem[] =>
  items.filter((item) => item.kind === 'text');

/** The letters' own box: capitals and figures, without line spacing. */
function boxOf({ x, y, w, size, align }: TextItem): Rect {
  const left = align === 'left' ? x : align === 'right' ? x - w : x - w / 2;
  return rect(left, y - size * 0.72, w, size * 0.72);
}

const every = plates().flatMap((plate) =>
  SIZES.map((size) => ({ plate, size, name: `${plate.name} at ${size.join('×')}` })),
);

describe.each(every)('$name', ({ plate, size }) => {
  const scene = sceneOf(plate, size);

  it('clips no text', () => {
    const stage = rect(0, 0, size[0], size[1]);
    const clipped = texts(all(scene)).filter((text) => !holds(stage, boxOf(text)));
    expect(clipped.map(({ text }) => text)).toEqual([]);
  });

  it('sets no text upon another', () => {
    // A drama covers what lies behind it.
    const covers = scene.front.filter(
      (item) => item.kind === 'rect' && item.role === 'drama' && item.id.endsWith('.ground'),
    );
    const hidden = (text: TextItem): boolean =>
      covers.some((cover) => cover.kind === 'rect' && overlaps(cover, boxOf(text)));
    const beneath = texts([...scene.ground, ...scene.actors]).filter((text) => !hidden(text));
    const shown = [...beneath, ...texts(scene.front)];
    const boxes = shown.map((text) => [text, boxOf(text)] as const);
    const collisions = boxes.flatMap(([a, box], k) =>
      boxes
        .slice(k + 1)
        .filter(([, near]) => overlaps(box, near))
        .map(([b]) => `"${a.text}" and "${b.text}"`),
    );
    expect(collisions).toEqual([]);
  });

  it('keeps the words of a node inside it', () => {
    const layout = layoutOf(plate, size);
    for (const text of texts(scene.actors)) {
      const place = layout.hosts.get(text.of ?? '') ?? layout.instances.get(text.of ?? '');
      if (!place || text.id.endsWith('.badge')) continue;
      expect(holds(inset(place.rect, -1), boxOf(text)), `${text.of}: ${text.text}`).toBe(true);
    }
  });

  it('has no text under 12 px but figures that are also elsewhere', () => {
    for (const { size: px } of texts(all(scene))) expect(px).toBeGreaterThanOrEqual(11);
  });

  it('names every item once in its layer', () => {
    for (const layer of [scene.ground, scene.actors]) {
      const ids = layer.map(({ id }) => id);
      expect(ids.filter((id, k) => ids.indexOf(id) !== k)).toEqual([]);
    }
  });

  it('is made of finite numbers', () => {
    const numbers = JSON.stringify(all(scene));
    expect(numbers).not.toMatch(/null|NaN/);
  });
});

describe('the display list of', () => {
  const kept = plates()
    .slice(0, 3)
    .flatMap((plate) => SIZES.slice(1, 4).map((size) => ({ plate, size })));
  it.each(kept)('$plate.name at $size', ({ plate, size }) => {
    const scene = sceneOf(plate, size);
    expect(written(scene)).toMatchSnapshot();
  });
});

describe('a builder', () => {
  const [plate] = plates();
  const first = plate!;
  const layout = layoutOf(first, [792, 640]);

  it('keeps ground and actors between two events', () => {
    const builder = createSceneBuilder(measure);
    const a = builder.frame(first.view, first.shownUs, layout, first.look);
    const b = builder.frame(first.view, first.shownUs + 16, layout, { ...first.look, dashPx: 3 });
    expect(a.dirty).toEqual({ ground: true, actors: true, front: true, patches: null });
    expect(b.dirty).toEqual({ ground: false, actors: false, front: true, patches: null });
    expect(b.scene.actors).toBe(a.scene.actors);
    expect(b.scene.front).not.toEqual(a.scene.front);
  });

  it('paints again only the node that an event changed, with what reaches into it', () => {
    const builder = createSceneBuilder(measure);
    builder.frame(first.view, first.shownUs, layout, first.look);
    const hosts = first.view.hosts.map((h) => (h.id === 'B4' ? { ...h, slow: true } : h));
    const { scene, dirty } = builder.frame({ ...first.view, hosts }, 12_900, layout, first.look);
    expect(dirty.ground).toBe(false);
    expect(dirty.patches).toHaveLength(1);
    const owners = new Set(dirty.patches?.[0]?.items.map(({ of }) => of));
    expect([owners.has('B4'), owners.has('B3'), owners.has('A1')]).toEqual([true, true, false]);
    const whole = clusterScene({ ...first.view, hosts }, 12_900, layout, first.look, measure);
    expect(scene.actors).toEqual(whole.actors);
  });

  it('paints nothing again when an event changed nothing one sees', () => {
    const builder = createSceneBuilder(measure);
    builder.frame(first.view, first.shownUs, layout, first.look);
    const { dirty } = builder.frame({ ...first.view }, 12_900, layout, first.look);
    expect(dirty).toEqual({ ground: false, actors: false, front: true, patches: [] });
  });

  it('takes nothing over that has changed, whatever follows upon what', () => {
    const builder = createSceneBuilder(measure);
    const views = plates()
      .slice(0, 4)
      .map((each) => each.view);
    for (const view of [...views, ...views.toReversed()]) {
      const { scene } = builder.frame(view, view.timeUs, layout, first.look);
      expect(scene).toEqual(clusterScene(view, view.timeUs, layout, first.look, measure));
    }
  });

  it('keeps what a node draws within the area it is painted in', () => {
    const out = first.view.hosts.flatMap(({ id }) => {
      const place = layout.hosts.get(id)!;
      const items = sceneOf(first, [792, 640]).actors.filter(({ of }) => of === id);
      return items.filter((i) => i.kind === 'rect' && !holds(inset(place.rect, -13), i));
    });
    expect(out).toEqual([]);
  });

  it('gives what the pure function gives', () => {
    const builder = createSceneBuilder(measure);
    builder.frame(first.view, first.shownUs, layout, first.look);
    const { scene } = builder.frame(first.view, first.shownUs + 40, layout, first.look);
    expect(scene).toEqual(
      clusterScene(first.view, first.shownUs + 40, layout, first.look, measure),
    );
  });

  it('starts anew when told that fonts have arrived', () => {
    const builder = createSceneBuilder(measure);
    builder.frame(first.view, first.shownUs, layout, first.look);
    builder.forget();
    expect(builder.frame(first.view, first.shownUs, layout, first.look).dirty.actors).toBe(true);
  });
});

describe('following', () => {
  const first = plates()[0]!;
  const look = { ...first.look, followedTxn: 17 };
  const scene = sceneOf({ ...first, look }, [792, 640]);
  const strength = (id: string) => scene.actors.find((item) => item.id === id)?.alpha ?? 1;

  it('a transaction dims everything that has no part in it to 45 %', () => {
    expect(strength('A3.body')).toBeCloseTo(0.45);
    expect(strength('A1.body')).toBe(1);
  });
  it('leaves the names legible', () => {
    const name = scene.actors.find((item) => item.id === 'A3.name');
    expect(name?.alpha).toBeUndefined();
  });
});
