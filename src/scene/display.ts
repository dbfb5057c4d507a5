/**
 * What a scene is made of. Plain data in CSS pixels: the canvas, the SVG export, hit-testing and the
 * tests read the same list, and none of them knows what a segment is.
 */

export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface Rect extends Point {
  readonly w: number;
  readonly h: number;
}

/** What an item stands for: tests and hit-testing read this, painters do not. */
export type Role =
  | 'band'
  | 'frame'
  | 'state'
  | 'chip'
  | 'ruler'
  | 'pip'
  | 'slot'
  | 'icon'
  | 'edge'
  | 'port'
  | 'sector'
  | 'seal'
  | 'tail'
  | 'flight'
  | 'mark'
  | 'light'
  | 'label'
  | 'detail'
  | 'drama';

interface Item {
  /** Unique within its layer. */
  readonly id: string;
  readonly role: Role;
  /** The thing it belongs to: a host, an instance, a segment, a zone. What is followed keeps its light. */
  readonly of?: string;
  readonly alpha?: number;
}

export interface Stroke {
  readonly stroke?: string;
  readonly width?: number;
  readonly dash?: readonly number[];
}

export interface Ink extends Stroke {
  readonly fill?: string;
}

export interface RectItem extends Item, Ink, Rect {
  readonly kind: 'rect';
  readonly r?: number;
}

export interface CircleItem extends Item, Ink, Point {
  readonly kind: 'circle';
  readonly r: number;
}

/** An SVG path, placed at `x`, `y` and scaled. Worth its parsing when the same `d` is drawn often. */
export interface PathItem extends Item, Ink, Point {
  readonly kind: 'path';
  readonly d: string;
  readonly scale: number;
  /** Nothing of it is drawn outside of this, in the coordinates of the scene. */
  readonly clip?: Rect;
}

/** Separate strokes, four numbers each: the ticks of a ruler in one go. */
export interface LinesItem extends Item, Stroke {
  readonly kind: 'lines';
  readonly points: readonly number[];
}

/** One stroke (or filled shape) through points, two numbers each. */
export interface PolyItem extends Item, Ink {
  readonly kind: 'poly';
  readonly points: readonly number[];
  readonly closed?: boolean;
  readonly dashOffset?: number;
}

/** A trail from its head backwards, thinning and fading to nothing. */
export interface TailItem extends Item {
  readonly kind: 'tail';
  readonly points: readonly number[];
  readonly stroke: string;
  readonly width: number;
}

/** Soft light, drawn as a pre-rendered sprite. */
export interface GlowItem extends Item, Point {
  readonly kind: 'glow';
  readonly r: number;
  readonly fill: string;
}

/** Diagonal strokes inside a rectangle. */
export interface HatchItem extends Item, Rect {
  readonly kind: 'hatch';
  readonly r: number;
  readonly stroke: string;
  readonly pitch: number;
  readonly width: number;
}

/**
 * One tile of a drawing, repeated over a rectangle from `at`: many thousand alike marks in one go. The tile's
 * parts are SVG paths in its own pixels.
 */
export interface WeaveItem extends Item, Rect {
  readonly kind: 'weave';
  readonly at: Point;
  readonly tileW: number;
  readonly tileH: number;
  readonly parts: readonly (Ink & { readonly d: string })[];
}

/** `y` is the baseline; `w` the measured width, so that boxes can be compared without a canvas. */
export interface TextItem extends Item, Point {
  readonly kind: 'text';
  readonly text: string;
  readonly font: string;
  readonly size: number;
  readonly fill: string;
  readonly align: 'left' | 'center' | 'right';
  readonly w: number;
}

export type DisplayItem =
  | RectItem
  | CircleItem
  | PathItem
  | LinesItem
  | PolyItem
  | TailItem
  | GlowItem
  | HatchItem
  | WeaveItem
  | TextItem;

/** Three layers, bottom first. Only `front` depends on the time shown. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly background: string;
  readonly ground: readonly DisplayItem[];
  readonly actors: readonly DisplayItem[];
  readonly front: readonly DisplayItem[];
}

export type LayerName = 'ground' | 'actors' | 'front';

/** Width in CSS pixels of a text in a CSS font. */
export type Measure = (text: string, font: string) => number;
