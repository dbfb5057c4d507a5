/** The page that `plates.ts` photographs: one fixture through the real canvas painter. */
import { createSurface } from '../../src/render/surface.ts';
import { clusterScene, createSceneBuilder } from '../../src/scene/cluster-scene.ts';
import type { Scene } from '../../src/scene/display.ts';
import { flight, restingView } from '../../src/scene/fixtures.testkit.ts';
import { layoutCluster, topologyOf } from '../../src/scene/layout.ts';
import type { Theme } from '../../src/scene/palettes.ts';
import { plates } from '../../src/scene/plates.testkit.ts';

const ALL = { ground: true, actors: true, front: true };

interface Order {
  readonly plate: string;
  readonly theme: Theme;
  readonly widthPx: number;
  readonly heightPx: number;
}

declare global {
  interface Window {
    draw(order: Order): Promise<Scene>;
    time(flights: number, events: boolean): Promise<readonly [build: number, paint: number]>;
  }
}

function stage(widthPx: number, heightPx: number) {
  document.body.replaceChildren();
  const box = document.createElement('div');
  Object.assign(box.style, {
    position: 'relative',
    width: `${widthPx}px`,
    height: `${heightPx}px`,
  });
  document.body.append(box);
  const surface = createSurface(box);
  surface.resize(widthPx, heightPx);
  return surface;
}

window.draw = async ({ plate, theme, widthPx, heightPx }) => {
  const found = plates().find(({ name }) => name === plate);
  if (!found) throw new Error(`There is no plate ${plate}.`);
  const weights = ['400', '500', '650', '700'].map((w) => `${w} 14px "Inter Variable"`);
  await Promise.all(
    [...weights, '500 12px "JetBrains Mono Variable"'].map((f) => document.fonts.load(f, 'A→×…–')),
  );
  const surface = stage(widthPx, heightPx);
  const layout = layoutCluster(
    topologyOf(found.view),
    { widthPx, heightPx },
    { coarse: widthPx < 560, focusGroup: 0 },
  );
  const scene = clusterScene(
    found.view,
    found.shownUs,
    layout,
    { ...found.look, theme },
    surface.measure,
  );
  surface.paint(scene, ALL);
  return scene;
};

/** Milliseconds of script a frame, median of many: between two events, or with an event in each. */
window.time = async (flights, events) => {
  const surface = stage(792, 640);
  const base = restingView();
  const view = {
    ...base,
    flights: Array.from({ length: flights }, (_, k) => {
      const segments = base.groups.flatMap((group) => group.segments);
      const to = segments[k % segments.length]!;
      return flight({
        id: k,
        kind: k % 3 === 0 ? 'ack' : 'redo',
        ...(k % 3 === 0
          ? { from: to.id, to: 'W', fromHost: to.host }
          : { from: 'W', to: to.id, toHost: to.host }),
        sentUs: 12_000 + ((k * 37) % 800),
        dueUs: 12_900 + ((k * 53) % 800),
      });
    }),
  };
  const layout = layoutCluster(
    topologyOf(view),
    { widthPx: 792, heightPx: 640 },
    { coarse: false, focusGroup: 0 },
  );
  const look = { ...plates()[0]!.look, lod: flights > 60 ? (1 as const) : (0 as const) };
  const builder = createSceneBuilder(surface.measure);
  const built: number[] = [];
  const painted: number[] = [];
  for (let k = 0; k < 240; k++) {
    await new Promise(requestAnimationFrame);
    const start = performance.now();
    const shown = events ? { ...view } : view;
    const { scene, dirty } = builder.frame(shown, 12_850 + k, layout, look);
    const middle = performance.now();
    surface.paint(scene, dirty);
    painted.push(performance.now() - middle);
    built.push(middle - start);
  }
  const median = (list: number[]): number => list.slice(20).sort((a, b) => a - b)[110] ?? 0;
  return [median(built), median(painted)];
};
