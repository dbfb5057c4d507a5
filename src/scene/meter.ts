import type { GroupView, MeterView } from '../protocol/view.ts';
import { type HexagonShape, outlinePath, sectorCentre, sectorPath, sideOf } from './hexagon.ts';
import type { Pen } from './pen.ts';

type Slot = MeterView['slots'][number];

const SHAPE = { hole: 0.47, gap: 2, pairGap: 6 } as const;
/** Sectors stay off the outline that closes around them. */
const SEAL = 5;

/** Each state of a copy differs by fill, outline and mark, so that it can be told without colour. */
function drawSector(
  pen: Pen,
  at: readonly [number, number],
  copy: Slot,
  shape: HexagonShape,
): void {
  const { ink } = pen;
  const d = sectorPath(copy.slot, shape);
  const place = [...at, 1] as const;
  const name = `sector-${copy.slot}`;
  const middle = sectorCentre(copy.slot, shape);
  const [x, y] = [at[0] + middle.x, at[1] + middle.y];
  switch (copy.state) {
    case 'acked':
      pen.path(name, 'sector', d, place, { fill: ink.ack, stroke: ink.ack, width: 1 });
      break;
    case 'stored':
      pen.path(name, 'sector', d, place, { stroke: ink.ackStroke, width: 1.5 });
      pen.circle(`${name}-disk`, 'mark', x, y, Math.max(2, shape.r * 0.075), { fill: ink.ack });
      break;
    case 'sent':
      pen.path(name, 'sector', d, place, { stroke: ink.redoStroke, width: 1.25 });
      break;
    case 'missing':
      pen.path(name, 'sector', d, place, { stroke: ink.ghost, width: 1, dash: [2, 3] });
      break;
    case 'down': {
      const s = Math.max(2.5, shape.r * 0.09);
      pen.path(name, 'sector', d, place, { stroke: ink.failStroke, width: 1.25, dash: [4, 3] });
      pen.lines(`${name}-cross`, 'mark', [x - s, y - s, x + s, y + s, x + s, y - s, x - s, y + s], {
        stroke: ink.failText,
        width: 1.5,
      });
      break;
    }
  }
}

/** The outline: a side for each acknowledgement, and the whole of it, closed, once it is a quorum. */
function drawSeal(pen: Pen, x: number, y: number, r: number, meter: Reading): void {
  if (meter.sealed) {
    pen.path('seal', 'seal', outlinePath(r), [x, y, 1], { stroke: pen.ink.ack, width: 2 });
    return;
  }
  pen.path('seal-open', 'seal', outlinePath(r), [x, y, 1], { stroke: pen.ink.line, width: 1 });
  const sides = meter.copies
    .filter(({ state }) => state === 'acked')
    .flatMap(({ slot }) => {
      const [a, b] = sideOf(slot, r);
      return [x + a.x, y + a.y, x + b.x, y + b.y];
    });
  pen.lines('seal-sides', 'seal', sides, { stroke: pen.ink.ack, width: 2 });
}

interface Reading {
  readonly copies: readonly Slot[];
  readonly acked: number;
  readonly needed: number;
  readonly sealed: boolean;
}

/** A quorum expression as the hexagons that must all be sealed: one, or two during a membership change. */
function readings(group: GroupView, meter: MeterView): readonly Reading[] {
  const parts: readonly GroupView['write'][] =
    'and' in group.write ? group.write.and : [group.write];
  return parts.map((part) => {
    const members = 'k' in part ? part.of : meter.slots.map(({ member }) => member);
    const copies = meter.slots.filter(({ member }) => members.includes(member));
    const acked = copies.filter(({ state }) => state === 'acked').length;
    const needed = 'k' in part ? part.k : meter.needed;
    return { copies, acked, needed, sealed: acked >= needed };
  });
}

/** The count's type by the size of the dial; `drop` brings its figures to the middle. */
const COUNTS = [
  { from: 60, face: 'countHuge', drop: 15.5 },
  { from: 44, face: 'countLarge', drop: 11.5 },
  { from: 36, face: 'count', drop: 8.5 },
  { from: 0, face: 'countSmall', drop: 6 },
] as const;

function drawReading(pen: Pen, x: number, y: number, r: number, reading: Reading): void {
  const { ink } = pen;
  const shape = { ...SHAPE, r: r - SEAL, gap: r < 30 ? 1.5 : 2, pairGap: r < 30 ? 3.5 : 6 };
  for (const copy of reading.copies) drawSector(pen, [x, y], copy, shape);
  drawSeal(pen, x, y, r, reading);
  const fill = reading.sealed ? ink.ackText : ink.text;
  const count = COUNTS.find(({ from }) => r >= from) ?? COUNTS[COUNTS.length - 1];
  if (!count) return;
  pen.text('count', String(reading.acked), x, y + count.drop, {
    face: count.face,
    fill,
    align: 'center',
    role: 'detail',
  });
}

/** The quorum meter: the hexagon of the group's newest record, filling as acknowledgements land. */
export function drawMeter(
  pen: Pen,
  group: GroupView,
  at: { readonly x: number; readonly y: number; readonly r: number },
): void {
  const { meter } = group;
  if (!meter) return;
  const all = readings(group, meter);
  const r = all.length > 1 ? at.r * 0.52 : at.r;
  all.forEach((reading, k) => {
    const x = all.length > 1 ? at.x + (k === 0 ? -1 : 1) * at.r * 0.56 : at.x;
    drawReading(pen, x, at.y, r, reading);
  });
  if (all.length > 1) {
    const { ink } = pen;
    pen.text('and', 'and', at.x, at.y - at.r * 0.6, {
      face: 'caption',
      fill: ink.muted,
      align: 'center',
    });
  }
}
