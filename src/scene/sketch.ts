import type { Rect, Scene } from './display.ts';

/** Something in a picture that can be pointed at. */
export interface Spot extends Rect {
  readonly id: string;
  /** What it is, in words. */
  readonly name: string;
  /** What is selected by it; null when it only tells something. */
  readonly stands: { readonly kind: string; readonly id: string } | null;
}

/** A picture of a view, and what in it can be pointed at: later ones lie above earlier ones. */
export interface Sketch {
  readonly scene: Scene;
  readonly spots: readonly Spot[];
  /** What lies at a place where rectangles do not tell: asked before the spots. */
  at?(px: number, py: number): Spot | null;
}

/** The topmost thing at a place. */
export const spotAt = (sketch: Sketch, px: number, py: number): Spot | null =>
  sketch.at?.(px, py) ??
  sketch.spots.findLast(({ x, y, w, h }) => px >= x && px < x + w && py >= y && py < y + h) ??
  null;
