import type { DisplayItem, Scene } from './display.ts';
import { contains } from './geometry.ts';
import type { ClusterLayout, Target } from './layout-types.ts';

export type Hit =
  | { readonly kind: 'flight'; readonly id: number }
  | { readonly kind: Target['kind']; readonly id: string; readonly power: boolean };

/** How far from its middle a message can still be pointed at. */
const REACH = 14;

function middle(item: DisplayItem): readonly [number, number] | null {
  switch (item.kind) {
    case 'rect':
      return [item.x + item.w / 2, item.y + item.h / 2];
    case 'circle':
    case 'path':
      return [item.x, item.y];
    case 'poly':
      return item.closed ? [item.points[0] ?? 0, item.points[3] ?? 0] : null;
    default:
      return null;
  }
}

function flightAt(scene: Scene, x: number, y: number): Hit | null {
  let nearest: Hit | null = null;
  let least = REACH;
  for (const item of scene.front) {
    if (item.role !== 'flight' || item.of === undefined) continue;
    const at = middle(item);
    const distance = at ? Math.hypot(at[0] - x, at[1] - y) : Number.POSITIVE_INFINITY;
    if (distance >= least) continue;
    least = distance;
    nearest = { kind: 'flight', id: Number(item.of) };
  }
  return nearest;
}

/** What stands at a point of the stage: a message before what it flies over, a part before its whole. */
export function hitAt(scene: Scene, layout: ClusterLayout, x: number, y: number): Hit | null {
  const flight = flightAt(scene, x, y);
  if (flight) return flight;
  const under = layout.targets.filter(({ rect }) => contains(rect, { x, y }));
  const target = under.find(({ kind }) => kind === 'segment') ?? under[0];
  const powered = under.find(({ power }) => power !== null && contains(power, { x, y }));
  if (powered) return { kind: powered.kind, id: powered.id, power: true };
  return target ? { kind: target.kind, id: target.id, power: false } : null;
}
