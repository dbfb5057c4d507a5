import type { Point } from './display.ts';

/**
 * Six copies, two in each of three zones: a hexagon of six sectors in three pairs. Zones lie as on
 * the stage: A (slots a b) at the left, B (c d) at the bottom, C (e f) at the right.
 */
const ORDER = 'abcdef';

/** Where each sector looks, in degrees clockwise from the top. */
const FACING = [330, 270, 210, 150, 90, 30] as const;

export interface HexagonShape {
  /** From the middle to a corner. */
  readonly r: number;
  /** Share of `r` left open in the middle, for a count. */
  readonly hole: number;
  /** Distance between the sectors of a pair, and between pairs. */
  readonly gap: number;
  readonly pairGap: number;
}

const LOGO: HexagonShape = { r: 30, hole: 0, gap: 2.4, pairGap: 4.4 };

const radians = (degrees: number): number => (degrees * Math.PI) / 180;
const polar = (degrees: number, r: number): Point => ({
  x: Math.sin(radians(degrees)) * r,
  y: -Math.cos(radians(degrees)) * r,
});

/** The line through two points, moved sideways; `side` 1 is clockwise. */
function shifted(degrees: number, by: number, side: number): Point {
  const across = polar(degrees + 90 * side, 1);
  return { x: across.x * by, y: across.y * by };
}

/** Whether the border between two neighbouring sectors (slots k, k+1) parts two zones. */
const partsZones = (k: number): boolean => k % 2 === 1;

/**
 * The corners of one sector around (0, 0), starting inside: a triangle, or a trapezium when the
 * middle is open.
 */
export function sectorCorners(slot: string, shape: HexagonShape): readonly Point[] {
  const k = Math.max(0, ORDER.indexOf(slot));
  const facing = FACING[k] ?? 0;
  // Slots run counter-clockwise, so the border to the slot before lies clockwise of this sector.
  const before = (partsZones((k + 5) % 6) ? shape.pairGap : shape.gap) / 2;
  const after = (partsZones(k) ? shape.pairGap : shape.gap) / 2;
  const clockwise = edge(facing + 30, shape, before, -1);
  const counter = edge(facing - 30, shape, after, 1);
  const apex = meet(facing, clockwise.offset, counter.offset, facing + 30, facing - 30);
  if (shape.hole === 0) return [apex, counter.outer, clockwise.outer];
  return [clockwise.inner, counter.inner, counter.outer, clockwise.outer];
}

/** Where a sector's border, moved inwards by `by`, meets the outer and the inner hexagon. */
function edge(degrees: number, shape: HexagonShape, by: number, side: number) {
  const offset = shifted(degrees, by, side);
  // Along the border the hexagon's side is met earlier by by·tan 30° once it is moved aside.
  const lost = by * Math.tan(radians(30));
  const at = (r: number): Point => {
    const along = polar(degrees, Math.max(0, r - lost));
    return { x: along.x + offset.x, y: along.y + offset.y };
  };
  return { offset, outer: at(shape.r), inner: at(shape.r * shape.hole) };
}

/** Where the two moved borders of a sector cross, near the middle. */
function meet(facing: number, a: Point, b: Point, alongA: number, alongB: number): Point {
  const u = polar(alongA, 1);
  const v = polar(alongB, 1);
  const cross = u.x * v.y - u.y * v.x;
  if (cross === 0) return polar(facing, 0);
  const t = ((b.x - a.x) * v.y - (b.y - a.y) * v.x) / cross;
  return { x: a.x + u.x * t, y: a.y + u.y * t };
}

const figure = (value: number): string => String(Math.round(value * 100) / 100);
const pathOf = (corners: readonly Point[]): string =>
  `M${corners.map(({ x, y }) => `${figure(x)} ${figure(y)}`).join('L')}Z`;

const known = new Map<string, string>();

/** SVG path data of one sector around (0, 0). */
export function sectorPath(slot: string, shape: HexagonShape): string {
  const key = `${slot}/${shape.r}/${shape.hole}/${shape.gap}/${shape.pairGap}`;
  const found = known.get(key);
  if (found) return found;
  const fresh = pathOf(sectorCorners(slot, shape));
  known.set(key, fresh);
  return fresh;
}

/** The corners of the outline around (0, 0), clockwise from the top. */
const outlineCorners = (r: number): readonly Point[] =>
  [0, 60, 120, 180, 240, 300].map((degrees) => polar(degrees, r));

/** SVG path data of the closed outline. */
export const outlinePath = (r: number): string => pathOf(outlineCorners(r));

/** The two corners of the outline beside a sector. */
export function sideOf(slot: string, r: number): readonly [Point, Point] {
  const facing = FACING[Math.max(0, ORDER.indexOf(slot))] ?? 0;
  return [polar(facing - 30, r), polar(facing + 30, r)];
}

/** The middle of a sector. */
export function sectorCentre(slot: string, { r, hole }: HexagonShape): Point {
  const facing = FACING[Math.max(0, ORDER.indexOf(slot))] ?? 0;
  return polar(
    facing,
    ((r * (1 + hole)) / 2) * Math.cos(radians(30)) + (hole === 0 ? r * 0.08 : 0),
  );
}

export interface MarkPaths {
  /** Place for `<svg viewBox>`. */
  readonly viewBox: string;
  readonly lit: readonly string[];
  readonly unlit: readonly string[];
}

/** The mark: the sectors of slots that hold something, and of those that do not. */
export function hexagonMark(lit: readonly string[]): MarkPaths {
  const path = (slot: string): string => sectorPath(slot, LOGO);
  const slots = [...ORDER];
  return {
    viewBox: '-32 -32 64 64',
    lit: slots.filter((slot) => lit.includes(slot)).map(path),
    unlit: slots.filter((slot) => !lit.includes(slot)).map(path),
  };
}
