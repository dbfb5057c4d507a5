/**
 * The cluster as a picture: a pure function of a view, a time and a way of looking. Ground and actors
 * follow the view; only the front follows the time between two events.
 */
import type { ClusterView, RebuildView } from '../protocol/view.ts';
import { dimmed, litOwners } from './attention.ts';
import { drawClients } from './clients.ts';
import { drawConsole, drawStack } from './console.ts';
import type { DisplayItem, LayerName, Measure, Rect, Scene } from './display.ts';
import { drawLabels } from './flight-labels.ts';
import { drawFlights } from './flights.ts';
import { drawHost } from './host.ts';
import type { ClusterLayout } from './layout-types.ts';
import { drawLights, drawSealedGlow } from './lights.ts';
import type { Look } from './look.ts';
import { Pen } from './pen.ts';
import { drawRebuild } from './rebuild-scene.ts';
import { drawFrames } from './selection.ts';
import { shades } from './shades.ts';
import { drawStreams } from './streams.ts';
import type { Micros } from './view-types.ts';
import { drawGround } from './zones.ts';

type Items = readonly DisplayItem[];

function groundItems(
  view: ClusterView,
  layout: ClusterLayout,
  look: Look,
  measure: Measure,
): Items {
  const pen = new Pen(shades(look.theme), measure);
  drawGround(pen, view, layout, look);
  return dimmed(pen.items, litOwners(view, look), look, pen.ink);
}

function actorItems(view: ClusterView, layout: ClusterLayout, look: Look, measure: Measure): Items {
  const pen = new Pen(shades(look.theme), measure);
  const segments = new Map(view.groups.flatMap((g) => g.segments).map((s) => [s.id, s] as const));
  drawClients(pen, view, layout);
  for (const instance of view.instances) {
    const place = layout.instances.get(instance.id);
    if (place) drawConsole(pen, place, instance, view, look.focusGroup);
  }
  for (const stack of layout.stacks) drawStack(pen, stack);
  for (const host of view.hosts) {
    const place = layout.hosts.get(host.id);
    if (place) drawHost(pen, place, host, { view, look, segments });
  }
  const items = dimmed(pen.items, litOwners(view, look), look, pen.ink);
  const frames = new Pen(pen.ink, measure);
  drawFrames(frames, layout, look);
  return [...items, ...frames.items];
}

/** The rebuild to show: the followed one, else the one that began last. One at a time. */
export function featured(view: ClusterView, look: Look): RebuildView | null {
  const { followedRead } = look;
  const own = view.rebuilds.find(
    ({ instance, page }) => instance === followedRead?.instance && page === followedRead.page,
  );
  return own ?? view.rebuilds[view.rebuilds.length - 1] ?? null;
}

function frontItems(
  view: ClusterView,
  shownUs: Micros,
  layout: ClusterLayout,
  look: Look,
  measure: Measure,
): Items {
  const pen = new Pen(shades(look.theme), measure);
  drawSealedGlow(pen, view, layout, look);
  drawLights(pen, view, shownUs, layout, look);
  const rebuild = featured(view, look);
  const drama = (): readonly Rect[] => {
    if (!rebuild) return [];
    const area = drawRebuild(pen, rebuild, layout, shownUs, look.followedRead !== null);
    return area ? [area] : [];
  };
  if (look.lod >= 2) {
    drawStreams(pen, view, layout, look);
    drama();
    return pen.items;
  }
  const bundles = drawFlights(pen, view, shownUs, layout, look);
  drawLabels(pen, view, bundles, layout, look, drama());
  return pen.items;
}

const sceneOf = (layout: ClusterLayout, look: Look) => ({
  width: layout.viewport.widthPx,
  height: layout.viewport.heightPx,
  background: shades(look.theme).stage,
});

/** The whole picture of a moment. `measure` gives the width of a text in a CSS font. */
export function clusterScene(
  view: ClusterView,
  shownUs: Micros,
  layout: ClusterLayout,
  look: Look,
  measure: Measure,
): Scene {
  return {
    ...sceneOf(layout, look),
    ground: groundItems(view, layout, look, measure),
    actors: actorItems(view, layout, look, measure),
    front: frontItems(view, shownUs, layout, look, measure),
  };
}

export interface Frame {
  readonly scene: Scene;
  readonly dirty: Readonly<Record<LayerName, boolean>>;
}

/**
 * The same picture frame by frame, keeping the layers whose input is the very object it was: between
 * two events only the front is made anew. `forget` when fonts have arrived.
 */
export function createSceneBuilder(measure: Measure) {
  let last: { view: ClusterView; layout: ClusterLayout; look: Look; scene: Scene } | null = null;
  return {
    frame(view: ClusterView, shownUs: Micros, layout: ClusterLayout, look: Look): Frame {
      const same = last?.view === view && last.layout === layout && sameLook(last.look, look);
      const kept = same ? last?.scene : undefined;
      const scene: Scene = {
        ...sceneOf(layout, look),
        ground: kept?.ground ?? groundItems(view, layout, look, measure),
        actors: kept?.actors ?? actorItems(view, layout, look, measure),
        front: frontItems(view, shownUs, layout, look, measure),
      };
      last = { view, layout, look, scene };
      return { scene, dirty: { ground: !kept, actors: !kept, front: true } };
    },
    forget(): void {
      last = null;
    },
  };
}

/** Whether two ways of looking give the same ground and actors: what only the front reads is left out. */
function sameLook(a: Look, b: Look): boolean {
  return (
    a === b ||
    (a.theme === b.theme &&
      a.selection === b.selection &&
      a.hover === b.hover &&
      a.focusGroup === b.focusGroup &&
      a.followedTxn === b.followedTxn &&
      a.followedRead === b.followedRead &&
      a.moreContrast === b.moreContrast)
  );
}
