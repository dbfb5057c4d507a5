import type { Point } from '../display.ts';
import { type HexagonShape, outlinePath, sectorCorners, sectorPath, sideOf } from '../hexagon.ts';

/** Shapes are made once, this large, and drawn at any scale. */
export const UNIT = 100;
const SLOTS = 'abcdef';

/** A hexagon with its members named, one with a count, and one of a few pixels. */
export const NAMED: HexagonShape = { r: 89, hole: 0.52, gap: 2.4, pairGap: 7 };
export const COUNTED: HexagonShape = { r: 86, hole: 0.62, gap: 4, pairGap: 10 };
export const TINY: HexagonShape = { r: 92, hole: 0, gap: 0, pairGap: 0 };

const joined = new Map<string, string>();

/** Several sectors as one path, by their bits. */
export function sectorsPath(mask: number, shape: HexagonShape): string {
  const key = `${mask} ${shape.r} ${shape.hole} ${shape.gap}`;
  const known = joined.get(key);
  if (known !== undefined) return known;
  const slots = [...SLOTS].filter((_, k) => ((mask >> k) & 1) === 1);
  const fresh = slots.map((slot) => sectorPath(slot, shape)).join('');
  joined.set(key, fresh);
  return fresh;
}

/** Inside the cell, so that the outlines of neighbours stay apart. */
const SEAL = 95;

/** The closed outline around all sectors. */
export const CLOSED = outlinePath(SEAL);

/** The outline of the sides of some sectors alone, cut short at the corners: broken open. */
export function brokenPath(mask: number): string {
  const sides = [...SLOTS].filter((_, k) => ((mask >> k) & 1) === 1);
  return sides
    .map((slot) => {
      const [a, b] = sideOf(slot, SEAL);
      const [from, to] = [between(a, b, 0.16), between(a, b, 0.84)];
      return `M${line(from)}L${line(to)}`;
    })
    .join('');
}

const between = (a: Point, b: Point, share: number): Point => ({
  x: a.x + (b.x - a.x) * share,
  y: a.y + (b.y - a.y) * share,
});
const line = ({ x, y }: Point): string => `${x.toFixed(2)} ${y.toFixed(2)}`;

const hatches = new Map<string, string>();

/** Diagonal strokes inside a sector, so far apart. */
export function hatchPath(slot: string, shape: HexagonShape, pitch: number): string {
  const key = `${slot} ${shape.r} ${pitch}`;
  const known = hatches.get(key);
  if (known !== undefined) return known;
  const corners = sectorCorners(slot, shape);
  const strokes: string[] = [];
  for (let at = -2 * UNIT; at <= 2 * UNIT; at += pitch) {
    const ends = crossings(corners, at);
    if (ends) strokes.push(`M${line(ends[0])}L${line(ends[1])}`);
  }
  const fresh = strokes.join('');
  hatches.set(key, fresh);
  return fresh;
}

/** Where the diagonal x + y = at enters and leaves a convex shape. */
function crossings(corners: readonly Point[], at: number): readonly [Point, Point] | null {
  const found: Point[] = [];
  corners.forEach((a, i) => {
    const b = corners[(i + 1) % corners.length] ?? a;
    const [from, to] = [a.x + a.y - at, b.x + b.y - at];
    if (from * to < 0) found.push(between(a, b, from / (from - to)));
  });
  const [one, other] = found;
  return one && other ? [one, other] : null;
}

/** As much of a sector as has been filled, from the inside out. */
export function filledPath(slot: string, shape: HexagonShape, percent: number): string {
  const share = Math.max(0.05, Math.round(percent / 5) / 20);
  const r = shape.r * (shape.hole + (1 - shape.hole) * share);
  return sectorPath(slot, { ...shape, r, hole: (shape.hole * shape.r) / r });
}

/** The sector of a hexagon that a direction from its middle lies in. */
export function sectorTowards(dx: number, dy: number): number {
  const clockwise = (Math.atan2(dx, -dy) * 180) / Math.PI;
  // Slots run counter-clockwise from the top.
  return Math.floor(((((360 - clockwise) % 360) + 360) % 360) / 60);
}
