import type { Rect } from '../display.ts';

export const ROOT_3 = Math.sqrt(3);

/** A honeycomb: hexagons standing on a point, in rows, every other one half a cell further. */
export interface Comb {
  readonly count: number;
  readonly columns: number;
  readonly rows: number;
  /** From the middle of a cell to its corner. */
  readonly r: number;
  /** Middle of the first cell. */
  readonly x: number;
  readonly y: number;
}

const widthOf = (columns: number, rows: number): number =>
  ROOT_3 * (columns + (rows > 1 ? 0.5 : 0));
const heightOf = (rows: number): number => 1.5 * rows + 0.5;

/** The honeycomb of so many cells, as large as the room allows and in its middle. */
export function combIn(count: number, room: Rect, mostR: number): Comb {
  let best = { columns: 1, rows: count, r: 0 };
  for (let columns = 1; columns <= count; columns++) {
    const rows = Math.ceil(count / columns);
    const r = Math.min(room.w / widthOf(columns, rows), room.h / heightOf(rows), mostR);
    if (r > best.r + 0.001) best = { columns, rows, r };
    if (rows === 1) break;
  }
  const { columns, rows, r } = best;
  const [w, h] = [widthOf(columns, rows) * r, heightOf(rows) * r];
  return {
    count,
    ...best,
    x: room.x + (room.w - w) / 2 + (ROOT_3 * r) / 2,
    y: room.y + (room.h - h) / 2 + r,
  };
}

/** The same honeycomb seen through a camera. */
export const seenThrough = (
  comb: Comb,
  { k, x, y }: { readonly k: number; readonly x: number; readonly y: number },
): Comb => ({ ...comb, r: comb.r * k, x: comb.x * k + x, y: comb.y * k + y });

export const cellX = (comb: Comb, row: number, column: number): number =>
  comb.x + ROOT_3 * comb.r * (column + (row % 2) / 2);
export const cellY = (comb: Comb, row: number): number => comb.y + 1.5 * comb.r * row;

export interface Cell {
  readonly at: number;
  readonly x: number;
  readonly y: number;
}

export function cellOf(comb: Comb, at: number): Cell {
  const row = Math.floor(at / comb.columns);
  return { at, x: cellX(comb, row, at % comb.columns), y: cellY(comb, row) };
}

/** Rows and columns of which something lies in a window; the ends are excluded. */
export interface Span {
  readonly fromRow: number;
  readonly toRow: number;
  readonly fromColumn: number;
  readonly toColumn: number;
}

export function spanIn(comb: Comb, w: number, h: number): Span {
  const [across, down] = [ROOT_3 * comb.r, 1.5 * comb.r];
  const within = (value: number, most: number): number => Math.max(0, Math.min(most, value));
  return {
    fromRow: within(Math.ceil((-comb.r - comb.y) / down), comb.rows),
    toRow: within(Math.floor((h + comb.r - comb.y) / down) + 1, comb.rows),
    fromColumn: within(Math.floor((-comb.x - across) / across), comb.columns),
    toColumn: within(Math.floor((w + across / 2 - comb.x) / across) + 1, comb.columns),
  };
}

/** Cells that are at least partly in a window. */
export function cellsIn(comb: Comb, w: number, h: number): readonly Cell[] {
  const { fromRow, toRow, fromColumn, toColumn } = spanIn(comb, w, h);
  const cells: Cell[] = [];
  for (let row = fromRow; row < toRow; row++)
    for (let column = fromColumn; column < toColumn; column++) {
      const at = row * comb.columns + column;
      if (at < comb.count) cells.push({ at, x: cellX(comb, row, column), y: cellY(comb, row) });
    }
  return cells;
}

/** The cell at a place; null between or beside them. */
export function cellUnder(comb: Comb, px: number, py: number): Cell | null {
  const near = Math.round((py - comb.y) / (1.5 * comb.r));
  let best: Cell | null = null;
  let bestDistance = comb.r * comb.r;
  for (const row of [near - 1, near, near + 1]) {
    if (row < 0 || row >= comb.rows) continue;
    const shift = comb.x + (ROOT_3 * comb.r * (row % 2)) / 2;
    const column = Math.round((px - shift) / (ROOT_3 * comb.r));
    const at = row * comb.columns + column;
    if (column < 0 || column >= comb.columns || at >= comb.count) continue;
    const cell = { at, x: cellX(comb, row, column), y: cellY(comb, row) };
    const distance = (cell.x - px) ** 2 + (cell.y - py) ** 2;
    if (distance < bestDistance) [best, bestDistance] = [cell, distance];
  }
  return best;
}
