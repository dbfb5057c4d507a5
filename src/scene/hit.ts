import { quadtree } from 'd3';
import type { DisplayItem, Scene } from './display.ts';
import { contains } from './geometry.ts';
import type { ClusterLayout, Target } from './layout-types.ts';

export type Hit =
  | { readonly kind: 'flight'; readonly id: number }
  | { readonly kind: Target['kind']; readonly id: string; readonly power: boolean };

/** How far from its middle a message can still be pointed at. */
const REACH = 14;

interface Spot {
  readonly x: number;
  readonly y: number;
  readonly id: number;
}

/** Where the glyph of a message is; null for its tail and label. */
function spotOf(item: DisplayItem): Spot | null {
  if (item.role !== 'flight' || item.of === undefined) return null;
  const id = Number(item.of);
  switch (item.kind) {
    case 'rect':
      return { x: item.x + item.w / 2, y: item.y + item.h / 2, id };
    case 'circle':
    case 'path':
      return { x: item.x, y: item.y, id };
    case 'poly':
      return item.closed ? { x: item.points[0] ?? 0, y: item.points[3] ?? 0, id } : null;
    default:
      return null;
  }
}

/** The message nearest to a point of the stage, if one is near enough to be meant. */
export function flightAt(scene: Scene, x: number, y: number): number | null {
  const spots = scene.front.flatMap((item) => spotOf(item) ?? []);
  const tree = quadtree<Spot>()
    .x((spot) => spot.x)
    .y((spot) => spot.y)
    .addAll(spots);
  return tree.find(x, y, REACH)?.id ?? null;
}

/** What stands at a point of the stage: a message before what it flies over, a part before its whole. */
export function hitAt(scene: Scene, layout: ClusterLayout, x: number, y: number): Hit | null {
  const flight = flightAt(scene, x, y);
  if (flight !== null) return { kind: 'flight', id: flight };
  const under = layout.targets.filter(({ rect }) => contains(rect, { x, y }));
  const target = under.find(({ kind }) => kind === 'segment') ?? under[0];
  const powered = under.find(({ power }) => power !== null && contains(power, { x, y }));
  if (powered) return { kind: powered.kind, id: powered.id, power: true };
  return target ? { kind: target.kind, id: target.id, power: false } : null;
}
