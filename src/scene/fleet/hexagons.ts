import type { CopyState, FleetCopy } from '../../history/fleet.ts';
import type { Ink } from '../display.ts';
import { faces } from '../fonts.ts';
import { type HexagonShape, sectorCentre, sectorPath } from '../hexagon.ts';
import type { Pen } from '../pen.ts';
import type { Shades } from '../shades.ts';
import { type Cell, cellsIn } from './comb.ts';
import type { FleetPlan, Tones } from './plan.ts';
import {
  brokenPath,
  CLOSED,
  COUNTED,
  filledPath,
  hatchPath,
  NAMED,
  sectorsPath,
  UNIT,
} from './shapes.ts';
import { badgeOf, maskOf } from './states.ts';
import { drawStripes, stripesIn } from './stripes.ts';

/** From here on a hexagon has room for its number under the count. */
const NUMBER_R = 26;
/** From here on a whole group's count is worth its room. */
const ALL_COUNTS_R = 20;
/** From here on points and epoch have room in the middle. */
const FIGURES_R = 92;

/** Groups one by one: with counts, or with members and figures as well. */
export function drawHexagons(pen: Pen, plan: FleetPlan): void {
  const { comb, room, detail } = plan;
  for (const cell of cellsIn(comb, room.widthPx, room.heightPx))
    pen.for(`PG ${cell.at}`, 1, () =>
      detail === 'names' ? drawNamed(pen, plan, cell) : drawCounted(pen, plan, cell),
    );
}

/** Sectors that answer are one path, those that do not are another, hatched. */
function drawCounted(pen: Pen, plan: FleetPlan, cell: Cell): void {
  const { fleet, comb, tones } = plan;
  const health = fleet.health[cell.at] ?? 0;
  const mask = maskOf(fleet, cell.at);
  const at = [cell.x, cell.y, comb.r / UNIT] as const;
  const fill = tones.fill[health] ?? '';
  if (mask > 0) pen.path('up', 'sector', sectorsPath(mask, COUNTED), at, { fill });
  if (mask < 63) {
    const gone = { stroke: pen.ink.failStroke, width: 1 };
    pen.path('gone', 'sector', sectorsPath(63 - mask, COUNTED), at, gone);
    drawOutline(pen, plan, cell, mask);
  }
  if (comb.r >= ALL_COUNTS_R || health < 4) drawCount(pen, plan, cell);
  if (comb.r >= NUMBER_R)
    pen.text('number', String(cell.at), cell.x, cell.y + 11, {
      face: 'micro',
      fill: pen.ink.muted,
      align: 'center',
      room: comb.r * 0.8,
    });
}

function drawCount(pen: Pen, { fleet, comb, tones }: FleetPlan, { at, x, y }: Cell): void {
  const numbered = comb.r >= NUMBER_R;
  pen.text('count', String(fleet.held[at] ?? 0), x, y + (numbered ? -1 : 4.5), {
    face: comb.r >= 34 ? 'countSmall' : 'caption',
    fill: tones.text[fleet.health[at] ?? 0] ?? '',
    align: 'center',
  });
}

/** Closed while writes go on; broken into the sides of those who answer while they wait. */
function drawOutline(pen: Pen, plan: FleetPlan, { at, x, y }: Cell, mask: number): void {
  const { fleet, comb, tones } = plan;
  const where = [x, y, comb.r / UNIT] as const;
  const stroke = tones.outline[fleet.health[at] ?? 0] ?? '';
  const width = comb.r >= 48 ? 2 : 1.25;
  if (fleet.writesOk[at] === 1) pen.path('seal', 'seal', CLOSED, where, { stroke, width });
  else pen.path('open', 'seal', brokenPath(mask), where, { stroke, width: width + 0.5 });
}

function drawNamed(pen: Pen, plan: FleetPlan, cell: Cell): void {
  for (let k = 0; k < 6; k++) {
    const copy = plan.fleet.copy(cell.at, k);
    if (copy) drawMember(pen, plan, cell, copy);
  }
  drawOutline(pen, plan, cell, maskOf(plan.fleet, cell.at));
  drawMiddle(pen, plan, cell);
}

function drawMember(pen: Pen, plan: FleetPlan, cell: Cell, copy: FleetCopy): void {
  const { slot, state } = copy;
  const scale = plan.comb.r / UNIT;
  const at = [cell.x, cell.y, scale] as const;
  const percent = percentOf(plan, cell.at, slot);
  if (state === 'filling')
    pen.path(`filled ${slot}`, 'state', filledPath(slot, NAMED, percent ?? 0), at, {
      fill: plan.tones.tint[4] ?? '',
    });
  const how = sectorInk(pen.ink, plan.tones, state, plan.fleet.health[cell.at] ?? 0, scale);
  pen.path(`sector ${slot}`, 'sector', sectorPath(slot, NAMED), at, how);
  if (isGone(copy))
    pen.path(`hatch ${slot}`, 'state', hatchPath(slot, NAMED, Math.round(7 / scale)), at, {
      stroke: pen.ink.failStroke,
      width: 1,
    });
  drawName(pen, plan, cell, copy, percent);
}

const isGone = ({ state }: FleetCopy): boolean => state === 'down' || state === 'unreachable';

/** The host of a sector, and under it what the copy is doing when that is not nothing. */
function drawName(
  pen: Pen,
  { comb }: FleetPlan,
  cell: Cell,
  copy: FleetCopy,
  percent: number | null,
): void {
  const { slot, state, host } = copy;
  const middle = middleOf(slot, NAMED, comb.r / UNIT);
  const badge = comb.r >= FIGURES_R ? badgeOf(state, percent) : '';
  const [x, y] = [cell.x + middle.x, cell.y + middle.y + (badge ? -1 : 4.5)];
  const gone = isGone(copy);
  const fill = gone ? pen.ink.failText : pen.ink.text;
  const how = { fill, align: 'center' } as const;
  const room = NARROWEST * comb.r;
  const face = pen.measure(host.id, faces.name.font) <= room ? 'name' : 'micro';
  if (pen.measure(host.id, faces[face].font) > room) return;
  if (gone) drawPlate(pen, slot, x, y, badge);
  pen.text(`host ${slot}`, host.id, x, y, { face, ...how });
  if (badge)
    pen.text(`badge ${slot}`, badge, x, y + 13, { face: 'micro', ...how, room: 0.6 * comb.r });
}

/** Width of the narrowest sectors, those at the sides, in radii: longer names are left out everywhere. */
const NARROWEST = 0.38;

/** Letters do not stand on strokes. */
function drawPlate(pen: Pen, slot: string, x: number, y: number, badge: string): void {
  const w = badge ? 46 : 26;
  const box = { x: x - w / 2, y: y - 13, w, h: badge ? 31 : 18 };
  pen.rect(`plate ${slot}`, 'state', box, 4, { fill: pen.ink.stage });
}

const middleOf = (slot: string, shape: HexagonShape, scale: number) => {
  const { x, y } = sectorCentre(slot, shape);
  return { x: x * scale, y: y * scale };
};

/** How much of the copy that is to take a place over has arrived. */
function percentOf({ fleet }: FleetPlan, group: number, slot: string): number | null {
  const place = fleet.detail(group)?.places.find((each) => each.slot === slot);
  return place?.replacement?.percent ?? null;
}

/** Each state differs by fill and by the dashes of its outline; `health` is that of its group. */
export function sectorInk(
  ink: Shades,
  tones: Tones,
  state: CopyState,
  health: number,
  scale: number,
): Ink {
  const dashed = (...dash: readonly number[]) => ({ dash: dash.map((each) => each / scale) });
  switch (state) {
    case 'catching up':
      return { fill: tones.tint[3] ?? '', stroke: ink.redoStroke, width: 1.25, ...dashed(8, 3) };
    case 'filling':
      return { stroke: ink.pageText, width: 1.5, ...dashed(1, 3) };
    case 'suspected':
      return { stroke: ink.warnText, width: 1.5, ...dashed(5, 3) };
    case 'down':
      return { stroke: ink.failStroke, width: 1.25, ...dashed(4, 3) };
    case 'unreachable':
      return { stroke: ink.failStroke, width: 1.5 };
    case 'not counted':
      return { stroke: ink.ghost, width: 1, ...dashed(1, 3) };
    default:
      return { fill: tones.tint[health] ?? '', stroke: tones.outline[health] ?? '', width: 1 };
  }
}

/** What stands where in a middle; the lower, the further from the top. */
interface Middle {
  readonly numberY: number;
  readonly numberFace: 'name' | 'micro';
  readonly countY: number;
  readonly countFace: 'countLarge' | 'count' | 'countSmall';
  readonly stripesY: number;
  /** Whether it has room for how far the group has come. */
  readonly figures: boolean;
}

const SMALL: Middle = {
  ...{ numberY: 15, numberFace: 'micro', countY: 3, countFace: 'countSmall' },
  ...{ stripesY: 0, figures: false },
};
const LARGE: Middle = {
  ...{ numberY: -24, numberFace: 'name', countY: 5, countFace: 'countLarge' },
  ...{ stripesY: 0, figures: true },
};
/** Stripes stand between the two. */
const LARGE_STRIPED: Middle = { ...LARGE, numberY: -28, countFace: 'count', stripesY: -23 };
/** Stripes stand above both. */
const SMALL_STRIPED: Middle = { ...SMALL, numberY: 17, countY: 5, stripesY: -18 };

function middleFor(r: number, stripes: ReturnType<typeof stripesIn>): Middle {
  if (stripes !== null) return stripes === 'large' ? LARGE_STRIPED : SMALL_STRIPED;
  return r < FIGURES_R ? SMALL : LARGE;
}

/** Copies that answer, the group's number, and with enough room how far it is durable. */
function drawMiddle(pen: Pen, plan: FleetPlan, cell: Cell): void {
  const { fleet, comb, tones } = plan;
  const { at, x } = cell;
  const group = fleet.detail(at);
  const pages = fleet.pages(at);
  const stripes = pages && stripesIn(comb.r, pages.size);
  const middle = middleFor(comb.r, stripes);
  const { numberY, numberFace, countY, countFace, figures } = middle;
  // Without figures below, number and count stand in the very middle.
  const y = cell.y + (figures && group === null ? 12 : 0);
  const fill = tones.text[fleet.health[at] ?? 0] ?? '';
  const centred = { align: 'center' } as const;
  if (pages && stripes) {
    const row = { x, y: y + middle.stripesY, r: comb.r };
    drawStripes(pen, pages, row, stripes);
  }
  pen.text('number', `PG ${at}`, x, y + numberY, {
    face: numberFace,
    fill: pen.ink.text,
    ...centred,
    room: 0.8 * comb.r,
  });
  pen.text('count', String(fleet.held[at] ?? 0), x, y + countY, {
    face: countFace,
    fill,
    ...centred,
  });
  if (!figures || group === null) return;
  const quiet = { face: 'microMono', fill: pen.ink.muted, ...centred } as const;
  pen.text('pgcl', `PGCL ${group.pgcl}`, x, y + 20, { ...quiet, room: 0.85 * comb.r });
  pen.text('epoch', `epoch ${group.membershipEpoch}`, x, y + 33, {
    ...quiet,
    face: 'micro',
    room: 0.6 * comb.r,
  });
}
