import type { Point, Rect } from './display.ts';

export const rect = (x: number, y: number, w: number, h: number): Rect => ({ x, y, w, h });

/** The same rectangle with every side moved inwards. */
export const inset = ({ x, y, w, h }: Rect, dx: number, dy = dx): Rect => ({
  x: x + dx,
  y: y + dy,
  w: Math.max(0, w - 2 * dx),
  h: Math.max(0, h - 2 * dy),
});

export const right = ({ x, w }: Rect): number => x + w;
export const bottom = ({ y, h }: Rect): number => y + h;
export const centre = ({ x, y, w, h }: Rect): Point => ({ x: x + w / 2, y: y + h / 2 });

/** Whether two rectangles share any area; touching edges do not count. */
export const overlaps = (a: Rect, b: Rect): boolean =>
  a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;

export const holds = (outer: Rect, inner: Rect): boolean =>
  inner.x >= outer.x &&
  inner.y >= outer.y &&
  right(inner) <= right(outer) &&
  bottom(inner) <= bottom(outer);

export const contains = (area: Rect, { x, y }: Point): boolean =>
  x >= area.x && x < area.x + area.w && y >= area.y && y < area.y + area.h;

export const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(most, value));

/** `count` equal whole-pixel spans of `length`, `gap` apart; what rounding leaves goes to the first ones. */
export function spans(
  start: number,
  length: number,
  count: number,
  gap: number,
): readonly { readonly at: number; readonly size: number }[] {
  const free = Math.max(0, length - gap * (count - 1));
  const size = Math.floor(free / count);
  const spare = Math.floor(free - size * count);
  let at = start;
  return Array.from({ length: count }, (_, k) => {
    const span = { at, size: size + (k < spare ? 1 : 0) };
    at += span.size + gap;
    return span;
  });
}
