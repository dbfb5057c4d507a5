import type { Pen } from '../pen.ts';
import { type Cell, cellX, cellY, ROOT_3, type Span, spanIn } from './comb.ts';
import type { FleetPlan } from './plan.ts';
import { sectorsPath, TINY, UNIT } from './shapes.ts';
import { maskOf } from './states.ts';

/**
 * Thousands of groups in few strokes: what most of them look like is one woven area, a bar for each row under
 * a net of seams; only those that differ are drawn one by one.
 */
export function drawTexture(pen: Pen, plan: FleetPlan): void {
  const { comb, room, fleet } = plan;
  const span = spanIn(comb, room.widthPx, room.heightPx);
  const usual = usualLook(plan, span);
  if (usual === null) return;
  drawBars(pen, plan, span, usual);
  drawSeams(pen, plan, usual);
  const rows = new Map<string, Cell[]>();
  for (let row = span.fromRow; row < span.toRow; row++)
    for (let column = span.fromColumn; column < span.toColumn; column++) {
      const at = row * comb.columns + column;
      if (at >= fleet.size) break;
      const look = lookOf(plan, at);
      if (look === usual) continue;
      const key = `${row} ${look}`;
      const cells = rows.get(key) ?? [];
      rows.set(key, cells);
      cells.push({ at, x: cellX(comb, row, column), y: cellY(comb, row) });
    }
  for (const [key, cells] of rows) drawOdd(pen, plan, key, cells);
  drawRings(pen, plan, [...rows.values()].flat());
}

/** A cell of few pixels whose writes wait is easily passed over: each has a ring, as long as they are few. */
function drawRings(pen: Pen, { fleet, comb: { r } }: FleetPlan, cells: readonly Cell[]): void {
  const waiting = cells.filter(({ at }) => fleet.writesOk[at] === 0);
  if (waiting.length > MOST_RINGS) return;
  for (const { at, x, y } of waiting)
    pen.circle(`waits ${at}`, 'mark', x, y, Math.max(5, r * 1.25), {
      stroke: pen.ink.failText,
      width: 1.5,
    });
}

const MOST_RINGS = 200;

/** What a group looks like, as one number: its places that answer, and its health. */
const lookOf = ({ fleet }: FleetPlan, group: number): number =>
  maskOf(fleet, group) * 8 + (fleet.health[group] ?? 0);

function usualLook(plan: FleetPlan, span: Span): number | null {
  const counts = new Map<number, number>();
  const { comb, fleet } = plan;
  const to = Math.min(fleet.size, span.toRow * comb.columns);
  for (let at = span.fromRow * comb.columns; at < to; at++) {
    const look = lookOf(plan, at);
    counts.set(look, (counts.get(look) ?? 0) + 1);
  }
  let best: number | null = null;
  for (const [look, count] of counts)
    if (best === null || count > (counts.get(best) ?? 0)) best = look;
  return best;
}

function drawBars(pen: Pen, { comb, fleet, tones }: FleetPlan, span: Span, look: number): void {
  const half = (ROOT_3 * comb.r) / 2;
  const pitch = 1.5 * comb.r;
  for (let row = span.fromRow; row < span.toRow; row++) {
    const last = Math.min(span.toColumn, fleet.size - row * comb.columns) - 1;
    if (last < span.fromColumn) continue;
    const from = cellX(comb, row, span.fromColumn) - half;
    const to = cellX(comb, row, last) + half;
    const y = cellY(comb, row) - pitch / 2;
    // The overlap hides the hairline that two edges at broken pixels leave.
    const bar = { x: from, y, w: to - from, h: pitch + 0.5 };
    pen.rect(`row ${row}`, 'sector', bar, 0, { fill: tones.fill[look % 8] ?? '' });
  }
}

/** The net that makes hexagons of bars, with the sectors of the usual look that are gone left dark. */
function drawSeams(pen: Pen, { comb, room }: FleetPlan, look: number): void {
  const { r } = comb;
  const w = ROOT_3 * r;
  const p = (x: number, y: number): string => `${(x * w).toFixed(3)} ${(y * r).toFixed(3)}`;
  const seams = [
    `M${p(0, 0.5)}L${p(0.5, 0)}L${p(1, 0.5)}L${p(1, 1.5)}L${p(0.5, 2)}L${p(0, 1.5)}Z`,
    `M${p(0.5, 2)}L${p(0.5, 3)}`,
  ].join('');
  const stroke = { stroke: pen.ink.stage, width: Math.max(0.7, r * 0.16) };
  pen.weave(
    'seams',
    'sector',
    { x: 0, y: 0, w: room.widthPx, h: room.heightPx },
    {
      at: { x: comb.x - w / 2, y: comb.y - r },
      tileW: w,
      tileH: 3 * r,
      parts: [
        { d: goneIn(63 - (look >> 3), r, w), fill: pen.ink.stage },
        { d: seams, ...stroke },
      ],
    },
  );
}

/** Sectors of the cells that a tile shows: one whole, and the quarters of four others. */
function goneIn(mask: number, r: number, w: number): string {
  const middles = [
    [w / 2, r],
    [0, 2.5 * r],
    [w, 2.5 * r],
    [0, -0.5 * r],
    [w, -0.5 * r],
  ] as const;
  const corner = (k: number, x: number, y: number): string => {
    const angle = (k * Math.PI) / 3;
    return `${(x + Math.sin(angle) * r).toFixed(3)} ${(y - Math.cos(angle) * r).toFixed(3)}`;
  };
  return middles
    .flatMap(([x, y]) =>
      [0, 1, 2, 3, 4, 5]
        .filter((slot) => ((mask >> slot) & 1) === 1)
        // Slots run counter-clockwise from the top.
        .map((slot) => `M${x} ${y}L${corner(6 - slot, x, y)}L${corner(5 - slot, x, y)}Z`),
    )
    .join('');
}

/** Groups of one row that are alike and unlike most: the mark itself, with the sectors that are left. */
function drawOdd(pen: Pen, plan: FleetPlan, key: string, cells: readonly Cell[]): void {
  const look = Number(key.slice(key.indexOf(' ')));
  const { r } = plan.comb;
  const fill = plan.tones.fill[look % 8] ?? '';
  const first = cells[0];
  if (first === undefined) return;
  const scale = (r * 1.02) / UNIT;
  const shifted = (path: string): string =>
    cells.map(({ x }) => moved(path, (x - first.x) / scale)).join('');
  const at = [first.x, first.y, scale] as const;
  pen.path(`ground ${key}`, 'sector', shifted(WHOLE), at, { fill: plan.ink.stage });
  pen.path(`odd ${key}`, 'sector', shifted(sectorsPath(look >> 3, TINY) || RING), at, { fill });
}

const WHOLE = sectorsPath(63, { ...TINY, r: 99 });
/** A group of which nobody answers. */
const RING = 'M-30 0L0 -30L30 0L0 30Z';

/** Path data of absolute moves and lines, moved sideways. */
const moved = (path: string, by: number): string =>
  by === 0
    ? path
    : path.replace(
        /([ML])(-?[\d.]+) /g,
        (_, command: string, x: string) => `${command}${(Number(x) + by).toFixed(2)} `,
      );
