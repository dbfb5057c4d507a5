import { faces } from '../fonts.ts';
import type { Pen } from '../pen.ts';
import type { Shades } from '../shades.ts';
import { HEAD_PX, type Plan } from './plan.ts';
import type { LadderRow } from './rows.ts';

type Point = Extract<LadderRow, { readonly kind: 'point' }>;

/** How far each point reaches, as a bar with its LSN; VCL and VDL as lines through all rows. */
export function drawPoints(pen: Pen, plan: Plan): void {
  plan.rows.forEach((row, at) => {
    if (row.kind === 'point') drawPoint(pen, plan, row, at);
  });
}

const LABEL_PX = 52;

function drawPoint(pen: Pen, plan: Plan, row: Point, at: number): void {
  const { rowPx, yOf, left, widthPx } = plan;
  const { stroke, text } = tone(pen.ink, row);
  const x = edgeOf(plan, row.lsn);
  const y = yOf(at) + rowPx / 2;
  if (x > left) pen.lines(`${row.id} bar`, 'ruler', [left, y, x, y], { stroke, width: 2 });
  if (isThrough(row)) drawThrough(pen, plan, row, x);
  pen.circle(`${row.id} end`, 'mark', x, y, 3, { fill: stroke });
  const start = behindLine(plan, x + 8, pen.measure(String(row.lsn), faces.figure.font));
  const fits = start + LABEL_PX - 8 < widthPx;
  pen.text(`${row.id} lsn`, String(row.lsn), fits ? start : x - 8, y + (fits ? 4 : -4), {
    face: 'figure',
    fill: text,
    align: fits ? 'left' : 'right',
  });
}

/** Where a label that wants to begin at `x` begins: behind the lines through all rows that would cross it. */
function behindLine(plan: Plan, x: number, labelPx: number): number {
  const lines = plan.rows.flatMap((row) =>
    row.kind === 'point' && isThrough(row) ? edgeOf(plan, row.lsn) : [],
  );
  return lines
    .toSorted((a, b) => a - b)
    .reduce((start, line) => (line > start - 3 && line < start + labelPx ? line + 8 : start), x);
}

const isThrough = ({ id }: Point): boolean => id === 'vdl' || id === 'vcl';

function drawThrough(pen: Pen, { bottom }: Plan, row: Point, x: number): void {
  const { stroke } = tone(pen.ink, row);
  const points = [x, HEAD_PX - 4, x, bottom];
  const line = row.id === 'vdl' ? { stroke, width: 2 } : { stroke, width: 1, dash: [4, 3] };
  pen.lines(`${row.id} line`, 'ruler', points, line);
}

function tone(ink: Shades, row: Point): { readonly stroke: string; readonly text: string } {
  switch (row.tone) {
    case 'durable':
      return { stroke: ink.ackStroke, text: ink.ackText };
    case 'read':
      return { stroke: ink.pageStroke, text: ink.pageText };
    case 'past':
      return { stroke: ink.lineStrong, text: ink.muted };
  }
}

/** The right edge of the last column at or below an LSN; the left edge of the picture when it lies before. */
function edgeOf({ columns, from, to, left, xOf }: Plan, lsn: number): number {
  for (let i = to - 1; i >= from; i--) {
    const column = columns[i];
    const last = column?.kind === 'record' ? column.entry.lsn : (column?.last ?? 0);
    if (last <= lsn) return xOf(i + 1);
  }
  return left;
}
