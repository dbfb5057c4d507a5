import type { Pen } from '../pen.ts';
import { type Cell, cellOf } from './comb.ts';
import type { FleetCursor, FleetPlan } from './plan.ts';
import { CLOSED, COUNTED, NAMED, sectorsPath, UNIT } from './shapes.ts';

/** What is pointed at, selected and read, above all hexagons. */
export function drawMarks(pen: Pen, plan: FleetPlan): void {
  drawBlast(pen, plan);
  const { selected, cursor } = plan.look;
  if (selected?.kind === 'group')
    frame(pen, plan, 'selected', { group: Number(selected.id), place: null });
  const segment = selected?.kind === 'segment' ? placeOf(plan, selected.id) : null;
  if (segment) frame(pen, plan, 'selected', segment);
  if (cursor) frame(pen, plan, 'cursor', cursor);
}

/** The place of the run's own segment of this name. */
function placeOf({ fleet }: FleetPlan, id: string): FleetCursor | null {
  const group = Number(id.slice(0, id.indexOf('/')));
  const place = fleet
    .detail(group)
    ?.places.findIndex(({ segment, replacement }) => segment === id || replacement?.segment === id);
  return place === undefined || place < 0 ? null : { group, place };
}

/** Every sector that the nodes pointed at carry; where sectors are too small, their groups. */
function drawBlast(pen: Pen, plan: FleetPlan): void {
  const { look, detail } = plan;
  if (look.hosts.size === 0) return;
  for (const [group, mask] of carried(plan)) {
    const cell = cellOf(plan.comb, group);
    if (!isSeen(plan, cell)) continue;
    const at = [cell.x, cell.y, plan.comb.r / UNIT] as const;
    const d = detail === 'texture' ? CLOSED : sectorsPath(mask, SHAPES[detail]);
    pen.path(`carried ${group}`, 'frame', d, at, { stroke: pen.ink.text, width: WIDTHS[detail] });
  }
}

const SHAPES = { names: NAMED, count: COUNTED, texture: COUNTED } as const;
const WIDTHS = { names: 3, count: 2, texture: 1.25 } as const;

/** Places that the nodes pointed at hold, as bits, by group. */
function carried({ fleet, look }: FleetPlan): ReadonlyMap<number, number> {
  const wanted = Uint8Array.from(fleet.hosts, ({ id }) => (look.hosts.has(id) ? 1 : 0));
  const found = new Map<number, number>();
  for (let at = 0; at < fleet.seats.length; at++) {
    if (fleet.states[at] === 0 || wanted[fleet.seats[at] ?? 0] === 0) continue;
    const group = Math.floor(at / 6);
    found.set(group, (found.get(group) ?? 0) | (1 << (at % 6)));
  }
  return found;
}

const isSeen = ({ room, comb: { r } }: FleetPlan, { x, y }: Cell): boolean =>
  x > -r && x < room.widthPx + r && y > -r && y < room.heightPx + r;

function frame(
  pen: Pen,
  plan: FleetPlan,
  name: 'selected' | 'cursor',
  { group, place }: FleetCursor,
): void {
  const { comb, detail, fleet } = plan;
  if (group >= fleet.size) return;
  const cell = cellOf(comb, group);
  const stroke = name === 'cursor' ? pen.ink.focus : pen.ink.selected;
  const at = [cell.x, cell.y, Math.max(comb.r, 6) / UNIT] as const;
  const whole = place === null || detail === 'texture';
  const d = whole ? CLOSED : sectorsPath(1 << place, SHAPES[detail]);
  pen.path(name, 'frame', d, at, { stroke, width: 2.5 });
}
