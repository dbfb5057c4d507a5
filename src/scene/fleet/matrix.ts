import type { Pen } from '../pen.ts';
import type { FleetCursor, FleetPlan } from './plan.ts';
import { answers } from './states.ts';

/** More groups than this do not fit side by side. */
export const MATRIX_GROUPS = 64;
const NAMES_PX = 64;
const HEAD_PX = 26;

interface Grid {
  readonly columnPx: number;
  readonly rowPx: number;
  readonly left: number;
  readonly top: number;
}

function gridOf({ fleet, room }: FleetPlan): Grid {
  const across = room.widthPx - NAMES_PX - 16;
  const down = room.heightPx - HEAD_PX - 12;
  return {
    columnPx: Math.min(110, across / fleet.size),
    rowPx: Math.min(34, down / fleet.hosts.length),
    left: NAMES_PX,
    top: HEAD_PX,
  };
}

/** Storage nodes down, groups across: which node carries which place of which group. */
export function drawMatrix(pen: Pen, plan: FleetPlan): void {
  const { fleet, ink } = plan;
  const grid = gridOf(plan);
  const { columnPx, rowPx, left, top } = grid;
  const w = columnPx * fleet.size;
  fleet.hosts.forEach((host, row) => {
    const y = top + row * rowPx;
    const marked = plan.look.hosts.has(host.id);
    const box = { x: left, y, w, h: rowPx };
    if (row % 2 === 0) pen.rect(`row ${host.id}`, 'band', box, 0, { fill: ink.band });
    if (host.down) pen.hatch(`down ${host.id}`, box, 0, ink.fail, 0.35);
    pen.text(`name ${host.id}`, host.id, left - 10, y + rowPx / 2 + 4, {
      face: 'name',
      fill: host.down ? ink.failText : marked ? ink.selected : ink.text,
      align: 'right',
    });
    if (marked) pen.rect(`marked ${host.id}`, 'frame', box, 3, { stroke: ink.text, width: 2 });
  });
  drawHeads(pen, plan, grid);
  for (let group = 0; group < fleet.size; group++)
    for (let k = 0; k < 6; k++) drawPlace(pen, plan, grid, group, k);
  drawMatrixCursor(pen, plan, grid);
}

/** Every group's number where there is room, else every fourth's or eighth's. */
function drawHeads(pen: Pen, { fleet, ink }: FleetPlan, { columnPx, left, top }: Grid): void {
  const step = columnPx >= 22 ? 1 : columnPx >= 9 ? 4 : 8;
  pen.text('heads', 'PG', left - 10, top - 9, { face: 'caption', fill: ink.muted, align: 'right' });
  for (let group = 0; group < fleet.size; group += step)
    pen.text(`head ${group}`, String(group), left + (group + 0.5) * columnPx, top - 9, {
      face: 'figure',
      fill: ink.muted,
      align: 'center',
    });
}

function drawPlace(pen: Pen, plan: FleetPlan, grid: Grid, group: number, k: number): void {
  const { fleet, tones, ink } = plan;
  const copy = fleet.copy(group, k);
  if (copy === null) return;
  const { columnPx, rowPx, left, top } = grid;
  const row = fleet.seats[group * 6 + k] ?? 0;
  const gap = Math.min(3, columnPx * 0.15);
  const box = {
    x: left + group * columnPx + gap,
    y: top + row * rowPx + Math.min(4, gap + 1),
    w: columnPx - 2 * gap,
    h: rowPx - 2 * Math.min(4, gap + 1),
  };
  const health = fleet.health[group] ?? 0;
  const well = answers(copy.state);
  const how = well
    ? { fill: tones.fill[health] ?? '', stroke: tones.outline[health] ?? '', width: 1 }
    : { fill: ink.stage, stroke: ink.failStroke, width: 1.25, dash: [3, 2] };
  pen.rect(`copy ${group} ${copy.slot}`, 'chip', box, Math.min(4, columnPx / 6), how);
  if (columnPx < 14 || rowPx < 14) return;
  pen.text(`slot ${group} ${copy.slot}`, copy.slot, box.x + box.w / 2, box.y + box.h / 2 + 4, {
    face: 'caption',
    fill: well ? ink.text : ink.failText,
    align: 'center',
  });
}

function drawMatrixCursor(pen: Pen, { look, fleet, ink }: FleetPlan, grid: Grid): void {
  const { cursor } = look;
  if (cursor === null || cursor.group >= fleet.size) return;
  const x = grid.left + cursor.group * grid.columnPx;
  const whole = { x, y: grid.top - 22, w: grid.columnPx, h: grid.rowPx * fleet.hosts.length + 22 };
  const row = fleet.seats[cursor.group * 6 + (cursor.place ?? 0)] ?? 0;
  const one = { x, y: grid.top + row * grid.rowPx, w: grid.columnPx, h: grid.rowPx };
  const box = cursor.place === null ? whole : one;
  pen.rect('cursor', 'frame', box, 3, { stroke: ink.focus, width: 2 });
}

/** Which place of which group a point of the matrix is; the group alone where its node has none. */
export function matrixSpot(plan: FleetPlan, px: number, py: number): FleetCursor | null {
  const { fleet } = plan;
  const { columnPx, rowPx, left, top } = gridOf(plan);
  const group = Math.floor((px - left) / columnPx);
  const row = Math.floor((py - top) / rowPx);
  if (group < 0 || group >= fleet.size || row >= fleet.hosts.length) return null;
  const place = [0, 1, 2, 3, 4, 5].find((k) => fleet.seats[group * 6 + k] === row && row >= 0);
  return { group, place: place ?? null };
}
