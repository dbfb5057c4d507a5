import type { GroupView } from '../protocol/view.ts';
import type { RecoveryView } from '../protocol/view-change.ts';
import { type HexagonShape, outlinePath, sectorCentre, sectorPath, sideOf } from './hexagon.ts';
import type { Pen } from './pen.ts';
import { answersOf, type Copy, type Reading, readingsOf } from './quorum-readings.ts';

const SHAPE = { hole: 0.47, gap: 2, pairGap: 6 } as const;
/** Sectors stay off the outline that closes around them. */
const SEAL = 5;

/** Each state of a copy differs by fill, outline and mark, so that it can be told without colour. */
function drawSector(
  pen: Pen,
  own: string,
  at: readonly [number, number],
  copy: Copy,
  shape: HexagonShape,
): void {
  const { ink } = pen;
  const d = sectorPath(copy.slot, shape);
  const place = [...at, 1] as const;
  const name = `${own}sector-${copy.slot}`;
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
    case 'struck':
      pen.path(name, 'sector', d, place, { stroke: ink.ghost, width: 1, dash: [1, 3] });
      pen.lines(`${name}-struck`, 'mark', [x - 4, y + 4, x + 4, y - 4], {
        stroke: ink.muted,
        width: 1.5,
      });
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
function drawSeal(pen: Pen, own: string, x: number, y: number, r: number, meter: Reading): void {
  if (meter.sealed) {
    pen.path(`${own}seal`, 'seal', outlinePath(r), [x, y, 1], { stroke: pen.ink.ack, width: 2 });
    return;
  }
  pen.path(`${own}seal-open`, 'seal', outlinePath(r), [x, y, 1], {
    stroke: pen.ink.line,
    width: 1,
  });
  const sides = meter.copies
    .filter(({ state }) => state === 'acked')
    .flatMap(({ slot }) => {
      const [a, b] = sideOf(slot, r);
      return [x + a.x, y + a.y, x + b.x, y + b.y];
    });
  pen.lines(`${own}seal-sides`, 'seal', sides, { stroke: pen.ink.ack, width: 2 });
}

/** Where a place changes hands the old member is dashed, the new one dotted. */
function drawChanges(
  pen: Pen,
  own: string,
  { x, y }: Dial,
  { copies }: Reading,
  shape: HexagonShape,
): void {
  for (const { slot, member, part } of copies) {
    if (part === 'settled') continue;
    pen.path(`${own}${part}-${member}`, 'mark', sectorPath(slot, shape), [x, y, 1], {
      stroke: part === 'new' ? pen.ink.text : pen.ink.warnText,
      width: 1.5,
      dash: part === 'new' ? [1, 2.5] : [5, 3],
    });
  }
}

/** Both members of a place that changes hands, named beside it. */
function drawLetters(pen: Pen, own: string, { x, y, r }: Dial, { copies }: Reading): void {
  for (const { slot, member, part } of copies) {
    if (part === 'settled') continue;
    const [a, b] = sideOf(slot, r + 9);
    pen.text(`${own}letter-${member}`, member, x + (a.x + b.x) / 2, y + (a.y + b.y) / 2 + 4, {
      face: 'micro',
      fill: part === 'new' ? pen.ink.text : pen.ink.warnText,
      align: 'center',
      role: 'detail',
    });
  }
}

/** The count's type by the size of the dial; `drop` brings its figures to the middle. */
const COUNTS = [
  { from: 60, face: 'countHuge', drop: 15.5 },
  { from: 44, face: 'countLarge', drop: 11.5 },
  { from: 36, face: 'count', drop: 8.5 },
  { from: 0, face: 'countSmall', drop: 6 },
] as const;

function drawReading(pen: Pen, own: string, at: Dial, reading: Reading, lettered: boolean): void {
  const { ink } = pen;
  const { x, y, r } = at;
  const shape = { ...SHAPE, r: r - SEAL, gap: r < 30 ? 1.5 : 2, pairGap: r < 30 ? 3.5 : 6 };
  for (const copy of reading.copies) drawSector(pen, own, [x, y], copy, shape);
  drawSeal(pen, own, x, y, r, reading);
  drawChanges(pen, own, at, reading, shape);
  if (lettered) drawLetters(pen, own, at, reading);
  if (r < LEAST_COUNTED) return;
  const fill = reading.sealed ? ink.ackText : ink.text;
  const count = COUNTS.find(({ from }) => r >= from) ?? COUNTS[COUNTS.length - 1];
  if (!count) return;
  pen.text(`${own}count`, String(reading.acked), x, y + count.drop, {
    face: count.face,
    fill,
    align: 'center',
    role: 'detail',
  });
}

/** Middles and size of so many hexagons that share the place of one. */
function placesFor(count: number, { x, y, r }: Dial): readonly Dial[] {
  if (count < 2) return [{ x, y, r }];
  // Two cells of a honeycomb.
  if (count === 2)
    return [-1, 1].map((side) => ({ x: x + side * r * 0.49, y: y + side * r * 0.28, r: r * 0.58 }));
  const [dx, dy] = [r * 0.52, r * 0.5];
  const corners = [-1, 1].flatMap((down) => [-1, 1].map((side) => [side, down] as const));
  return corners.map(([side, down]) => ({ x: x + side * dx, y: y + down * dy, r: r * 0.46 }));
}

/** A smaller hexagon has no room for a figure. */
const LEAST_COUNTED = 14;

interface Dial {
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

/** An expression as its hexagons: one, or several with the word that joins them. */
function drawReadings(pen: Pen, all: readonly Reading[], at: Dial): void {
  const places = placesFor(all.length, at);
  all.slice(0, places.length).forEach((reading, k) => {
    const place = places[k];
    const own = all.length > 1 ? `${reading.members.join('')}:` : '';
    if (place) drawReading(pen, own, place, reading, all.length < 3);
  });
  const joiner = all[1]?.joiner;
  // Four of them leave no room between: the line below the stage has the words.
  if (!joiner || all.length > 2) return;
  const two = all.length === 2;
  const x = two ? at.x + at.r * 0.55 : at.x;
  pen.text('joiner', joiner, x, two ? at.y - at.r * 0.6 : at.y + 4, {
    face: 'caption',
    fill: pen.ink.muted,
    align: 'center',
  });
}

/** The quorum meter: the hexagon of the group's newest record, filling as acknowledgements land. */
export function drawMeter(pen: Pen, group: GroupView, at: Dial): void {
  if (group.meter) drawReadings(pen, readingsOf(group, group.meter), at);
}

/** The same hexagon while the volume is opened: filling as members answer what recovery asks. */
export const drawAnswers = (pen: Pen, group: GroupView, recovery: RecoveryView, at: Dial): void =>
  drawReadings(pen, answersOf(group, recovery), at);
