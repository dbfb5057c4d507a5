import type { Measure, Point, Rect } from './display.ts';
import { faces } from './fonts.ts';
import { holds, overlaps, rect } from './geometry.ts';

export interface LabelWish {
  readonly id: string;
  readonly text: string;
  readonly fill: string;
  /** Places it may stand beside, best first. */
  readonly anchors: readonly Point[];
  /** Free distance from an anchor to the text. */
  readonly clear: number;
  readonly priority: number;
}

export interface PlacedLabel {
  readonly wish: LabelWish;
  /** Left end of the baseline. */
  readonly x: number;
  readonly y: number;
  readonly box: Rect;
}

const FACE = faces.figure;
const ASCENT = 9.5;
const DESCENT = 3.5;
const PAD = 2;
export const LABELS_AT_MOST = 12;

type Side = (anchor: Point, w: number, clear: number) => Point;

/** Right, left, above, below of an anchor, as left ends of a baseline. */
const SIDES: readonly Side[] = [
  ({ x, y }, _, clear) => ({ x: x + clear, y: y + 4 }),
  ({ x, y }, w, clear) => ({ x: x - clear - w, y: y + 4 }),
  ({ x, y }, w, clear) => ({ x: x - w / 2, y: y - clear - DESCENT }),
  ({ x, y }, w, clear) => ({ x: x - w / 2, y: y + clear + ASCENT }),
];

function* candidates(wish: LabelWish, w: number): Generator<Point> {
  for (const anchor of wish.anchors) for (const side of SIDES) yield side(anchor, w, wish.clear);
}

const boxOf = ({ x, y }: Point, w: number): Rect =>
  rect(x - PAD, y - ASCENT - PAD, w + 2 * PAD, ASCENT + DESCENT + 2 * PAD);

/** How many labels somebody wants: all that have room, or those alone that matter most. */
export const LABEL_DENSITIES = ['usual', 'few'] as const;
export type LabelDensity = (typeof LABEL_DENSITIES)[number];

interface LabelRules {
  readonly most?: number;
  /** What matters less is left out even where there is room. */
  readonly least?: number;
  /** The same text may stand in several places. */
  readonly repeats?: boolean;
}

/**
 * Places labels by priority: each at the first side of the first anchor where it is whole inside
 * `area` and touches neither an obstacle nor a label placed before. What fits nowhere is left out, and so
 * is what another label says already, unless it may be repeated.
 */
export function placeLabels(
  wishes: readonly LabelWish[],
  area: Rect,
  obstacles: readonly Rect[],
  measure: Measure,
  { most = LABELS_AT_MOST, least = 0, repeats = false }: LabelRules = {},
): readonly PlacedLabel[] {
  const taken = [...obstacles];
  const placed: PlacedLabel[] = [];
  const order = wishes
    .filter(({ priority }) => priority >= least)
    .sort((a, b) => b.priority - a.priority);
  const said = new Set<string>();
  for (const wish of order) {
    if (!repeats && said.has(wish.text)) continue;
    if (placed.length === most) break;
    const w = measure(wish.text, FACE.font);
    for (const { x, y } of candidates(wish, w)) {
      const at = { x: Math.round(x), y: Math.round(y) };
      const box = boxOf(at, w);
      if (!holds(area, box) || taken.some((other) => overlaps(other, box))) continue;
      taken.push(box);
      placed.push({ wish, ...at, box });
      said.add(wish.text);
      break;
    }
  }
  return placed;
}
