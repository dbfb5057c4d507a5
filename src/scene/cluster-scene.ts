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
import { rect } from './geometry.ts';
import { drawHost, hostInputs } from './host.ts';
import { drawHydration } from './hydration.ts';
import type { ClusterLayout } from './layout-types.ts';
import { drawLights, drawSealedGlow } from './lights.ts';
import type { Look } from './look.ts';
import {
  areaAround,
  type Parcel,
  type Patch,
  patchesBetween,
  sameItems,
  unchanged,
} from './parcels.ts';
import { Pen } from './pen.ts';
import { drawRebuild } from './rebuild-scene.ts';
import { drawFrames } from './selection.ts';
import { drawServices } from './services.ts';
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

/** The actors node by node: what one event changes is mostly one of them. */
function actorParcels(
  view: ClusterView,
  layout: ClusterLayout,
  look: Look,
  measure: Measure,
  before: readonly Parcel[],
): readonly Parcel[] {
  const ink = shades(look.theme);
  const lit = litOwners(view, look);
  const segments = new Map(view.groups.flatMap((g) => g.segments).map((s) => [s.id, s] as const));
  const parcels: Parcel[] = [];
  type Inputs = Parcel['inputs'];
  const draw = (node: string, box: Rect, inputs: Inputs, drawing: (pen: Pen) => void): void => {
    const same = inputs && unchanged(before[parcels.length], node, inputs);
    if (same) {
      parcels.push(same);
      return;
    }
    const pen = new Pen(ink, measure);
    drawing(pen);
    const items = dimmed(pen.items, lit, look, ink);
    parcels.push({ node, area: areaAround(box), items, inputs });
  };
  draw('clients', layout.clients, null, (pen) => {
    drawClients(pen, view, layout);
    drawServices(pen, view, layout);
  });
  for (const instance of view.instances) {
    const place = layout.instances.get(instance.id);
    if (!place) continue;
    draw(instance.id, place.rect, null, (pen) => {
      drawConsole(pen, place, instance, view, look.focusGroup);
    });
  }
  for (const stack of layout.stacks) {
    draw(`more ${stack.az}`, stack.rect, null, (pen) => drawStack(pen, stack));
  }
  for (const host of view.hosts) {
    const place = layout.hosts.get(host.id);
    if (!place) continue;
    const around = { view, look, segments };
    // What is dimmed follows from messages too, which are no input of a host.
    const inputs = lit ? null : hostInputs(place, host, around);
    draw(host.id, place.rect, inputs, (pen) => drawHost(pen, place, host, around));
  }
  const frames = new Pen(ink, measure);
  drawFrames(frames, layout, look);
  const { widthPx, heightPx } = layout.viewport;
  const stage = rect(0, 0, widthPx, heightPx);
  parcels.push({ node: 'frames', area: stage, items: frames.items, inputs: null });
  return parcels;
}

const itemsOf = (parcels: readonly Parcel[]): Items => parcels.flatMap(({ items }) => items);

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
  drawHydration(pen, view, layout, look);
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
    actors: itemsOf(actorParcels(view, layout, look, measure, [])),
    front: frontItems(view, shownUs, layout, look, measure),
  };
}

/** Which layers differ from the frame before; `patches` when it is only parts of the actors. */
export interface Changes extends Readonly<Record<LayerName, boolean>> {
  readonly patches: readonly Patch[] | null;
}

export interface Frame {
  readonly scene: Scene;
  readonly dirty: Changes;
}

interface Kept {
  readonly view: ClusterView;
  readonly layout: ClusterLayout;
  readonly look: Look;
  readonly ground: Items;
  readonly parcels: readonly Parcel[];
  readonly actors: Items;
}

/** The layers below the front, taken over from the frame before as far as they are the same. */
function below(
  view: ClusterView,
  layout: ClusterLayout,
  look: Look,
  measure: Measure,
  last: Kept | null,
): { readonly kept: Kept; readonly dirty: Omit<Changes, 'front'> } {
  const seenAlike = last !== null && last.layout === layout && sameLook(last.look, look);
  if (seenAlike && last.view === view) {
    return { kept: { ...last, look }, dirty: { ground: false, actors: false, patches: null } };
  }
  const ground = groundItems(view, layout, look, measure);
  const parcels = actorParcels(view, layout, look, measure, seenAlike ? last.parcels : []);
  if (!seenAlike) {
    const kept = { view, layout, look, ground, parcels, actors: itemsOf(parcels) };
    return { kept, dirty: { ground: true, actors: true, patches: null } };
  }
  const patches = patchesBetween(last.parcels, parcels);
  const grounded = sameItems(last.ground, ground);
  const still = patches !== null && patches.length === 0;
  return {
    kept: {
      ...{ view, layout, look, parcels },
      ground: grounded ? last.ground : ground,
      actors: still ? last.actors : itemsOf(parcels),
    },
    dirty: { ground: !grounded, actors: !still, patches },
  };
}

/**
 * The same picture frame by frame: between two events only the front is made anew, and at an event
 * only what it changed is to be painted. `forget` when fonts have arrived.
 */
export function createSceneBuilder(measure: Measure) {
  let last: Kept | null = null;
  return {
    frame(view: ClusterView, shownUs: Micros, layout: ClusterLayout, look: Look): Frame {
      const { kept, dirty } = below(view, layout, look, measure, last);
      last = kept;
      const { ground, actors } = kept;
      const front = frontItems(view, shownUs, layout, look, measure);
      const scene = { ...sceneOf(layout, look), ground, actors, front };
      return { scene, dirty: { ...dirty, front: true } };
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
