import type { Point, Rect } from '../display.ts';
import { centre, clamp } from '../geometry.ts';
import type { LabelWish } from '../labels.ts';
import type { Pen } from '../pen.ts';
import type { Micros } from '../view-types.ts';
import { portOf } from './machine.ts';

/** Something on its way between two machines. */
export interface Passing {
  readonly id: string;
  readonly from: Rect;
  readonly to: Rect;
  readonly sentUs: Micros;
  readonly dueUs: Micros;
  /** Answers keep to the other side of the way. */
  readonly answers: boolean;
  /** How much of the way it goes: less than all of it for what is lost. */
  readonly reach: number;
  readonly trail: string;
  /** Said beside it; null when its shape says enough. */
  readonly label: { readonly text: string; readonly fill: string } | null;
  draw(x: number, y: number): void;
}

const TRAIL_PX = 26;
const APART_PX = 6;

const partOf = ({ sentUs, dueUs, reach }: Passing, nowUs: Micros): number =>
  reach * clamp((nowUs - sentUs) / Math.max(1, dueUs - sentUs), 0, 1);

interface Way {
  readonly from: Point;
  readonly to: Point;
}

function wayOf({ from, to, answers }: Passing): Way {
  const shift = answers ? APART_PX : -APART_PX;
  return { from: portOf(from, centre(to), shift), to: portOf(to, centre(from), shift) };
}

const pointOn = ({ from, to }: Way, part: number): Point => ({
  x: from.x + (to.x - from.x) * part,
  y: from.y + (to.y - from.y) * part,
});

/** Where its name may stand: beside it, or clear of what it passes between. */
const besides = ({ from }: Passing, at: Point): readonly Point[] => [
  at,
  { x: at.x, y: from.y },
  { x: at.x, y: from.y + from.h },
];

/** Draws what is on its way, with a trail that points to where it came from; returns what wants a label. */
export function drawPassing(
  pen: Pen,
  all: readonly Passing[],
  nowUs: Micros,
): readonly LabelWish[] {
  const wishes: LabelWish[] = [];
  for (const each of all) {
    const way = wayOf(each);
    const part = partOf(each, nowUs);
    const at = pointOn(way, part);
    const length = Math.hypot(way.to.x - way.from.x, way.to.y - way.from.y);
    const back = pointOn(way, Math.max(0, part - TRAIL_PX / Math.max(1, length)));
    pen.for(each.id, 1, () => {
      pen.poly('way', 'edge', [way.from.x, way.from.y, way.to.x, way.to.y], {
        ...{ stroke: pen.ink.wire, width: 1 },
      });
      pen.items.push({
        ...{ kind: 'tail', id: `${each.id}.tail`, role: 'tail', of: each.id },
        ...{ points: [at.x, at.y, back.x, back.y], stroke: each.trail, width: 5, alpha: pen.alpha },
      });
      each.draw(at.x, at.y);
    });
    if (each.label)
      wishes.push({
        id: each.id,
        ...each.label,
        anchors: besides(each, at),
        clear: 9,
        priority: 1 - part,
      });
  }
  return wishes;
}
