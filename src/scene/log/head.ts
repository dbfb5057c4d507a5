import type { LogEntry } from '../../history/log-history.ts';
import type { Pen } from '../pen.ts';
import type { Column } from './columns.ts';
import { FIGURES_PX, HEAD_PX, type LadderSight, type Plan } from './plan.ts';

/** Brackets over mini-transactions, the figures of each record, diamonds at consistency points. */
export function drawHead(pen: Pen, plan: Plan): void {
  const { columns, from, to, xOf } = plan;
  let free = 0;
  for (let at = from; at < to; at++) {
    const column = columns[at];
    if (column?.kind === 'others') drawFolded(pen, column, xOf(at), plan);
    else if (column?.kind === 'cancelled') drawCancelled(pen, column, xOf(at), plan);
    else if (column?.kind === 'record') {
      const begins = at === from || !isOf(columns[at - 1], column.entry.mtr);
      if (begins) free = drawBracket(pen, plan, at, free);
      drawFigure(pen, column.entry, xOf(at), plan.look);
    }
  }
}

function drawFigure(pen: Pen, { lsn, cpl }: LogEntry, x: number, look: LadderSight): void {
  const { ink } = pen;
  const middle = x + look.columnPx / 2;
  if (look.columnPx >= FIGURES_PX) {
    const digits = look.columnPx >= WHOLE_PX ? String(lsn) : String(lsn % 100).padStart(2, '0');
    pen.text(`figure ${lsn}`, digits, middle, 40, {
      face: 'microMono',
      fill: lsn === look.selected ? ink.selected : ink.muted,
      align: 'center',
    });
  }
  if (!cpl) return;
  const r = Math.min(4, look.columnPx / 3);
  const diamond = [middle, 50 - r, middle + r, 50, middle, 50 + r, middle - r, 50];
  pen.poly(`cpl ${lsn}`, 'mark', diamond, { fill: ink.muted }, true);
}

const APART_PX = 6;
const LABEL = (ink: Pen['ink']) => ({ face: 'figure', fill: ink.text }) as const;

/** From here on a column has room for a whole LSN. */
const WHOLE_PX = 32;

const isOf = (column: Column | undefined, mtr: number): boolean =>
  column?.kind === 'record' && column.entry.mtr === mtr;

/** A bracket, and its first LSN where the one before has left room. Returns where room begins again. */
function drawBracket(pen: Pen, { columns, to, look, xOf }: Plan, at: number, free: number): number {
  const first = columns[at];
  if (first?.kind !== 'record') return free;
  let end = at + 1;
  while (end < to && isOf(columns[end], first.entry.mtr)) end++;
  const { ink } = pen;
  const x1 = xOf(at) + 2;
  const x2 = xOf(end) - 2;
  const { lsn, mtr } = first.entry;
  pen.lines(`mtr ${mtr}`, 'edge', [x1, 28, x1, 23, x1, 23, x2, 23, x2, 23, x2, 28], {
    stroke: ink.lineStrong,
    width: 1,
  });
  if (x1 < free || look.columnPx >= WHOLE_PX) return free;
  return x1 + pen.text(`mtr name ${mtr}`, String(lsn), x1, 17, LABEL(ink)) + APART_PX;
}

function drawFolded(
  pen: Pen,
  { first, count }: Extract<Column, { kind: 'others' }>,
  x: number,
  { look, bottom }: Plan,
): void {
  const { ink } = pen;
  pen.lines(
    `others ${first}`,
    'edge',
    [x + look.columnPx / 2, HEAD_PX, x + look.columnPx / 2, bottom],
    {
      stroke: ink.line,
      width: 1,
      dash: [2, 4],
    },
  );
  if (look.columnPx >= FIGURES_PX)
    pen.text(`others name ${first}`, `+${count}`, x + look.columnPx / 2, 40, {
      face: 'microMono',
      fill: ink.faint,
      align: 'center',
    });
}

function drawCancelled(
  pen: Pen,
  { first, last }: Extract<Column, { kind: 'cancelled' }>,
  x: number,
  { look, bottom }: Plan,
): void {
  const { ink } = pen;
  const box = { x: x + 2, y: HEAD_PX, w: look.columnPx - 4, h: bottom - HEAD_PX };
  pen.rect(`cancelled ${first}`, 'state', box, 2, { stroke: ink.fail, width: 1 });
  pen.hatch(`cancelled hatch ${first}`, box, 2, ink.fail, 0.45);
  pen.text(`cancelled name ${first}`, `${first}–${last}`, x + look.columnPx / 2, 17, {
    face: 'figure',
    fill: ink.failText,
    align: 'center',
  });
}
