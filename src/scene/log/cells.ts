import type { Arrival, LogEntry } from '../../history/log-history.ts';
import type { SegmentView } from '../../protocol/view.ts';
import type { Rect } from '../display.ts';
import type { Pen } from '../pen.ts';
import type { Shades } from '../shades.ts';
import type { Plan } from './plan.ts';
import { type CellState, cellOf } from './rows.ts';

/** Who has which record. */
export function drawCells(pen: Pen, plan: Plan): void {
  const { columns, from, to, look } = plan;
  for (let at = from; at < to; at++) {
    const column = columns[at];
    if (column?.kind !== 'record') continue;
    const { entry } = column;
    const quiet = look.selected !== null && look.selected !== entry.lsn ? 0.45 : 1;
    pen.for(`record ${entry.lsn}`, quiet, () => drawColumn(pen, plan, entry, at));
  }
}

function drawColumn(
  pen: Pen,
  { rows, look, rowPx, xOf, yOf }: Plan,
  entry: LogEntry,
  at: number,
): void {
  const size = Math.min(rowPx - 6, look.columnPx - 4, MOST_CELL_PX);
  const x = xOf(at) + (look.columnPx - size) / 2;
  rows.forEach((row, i) => {
    const box = { x, y: yOf(i) + (rowPx - size) / 2, w: size, h: size };
    if (row.kind === 'writer')
      drawSent(pen, entry.annulled ? 'annulled' : entry.sentUs === null ? 'waits' : 'sent', box);
    if (row.kind === 'copy') drawCell(pen, row.segment.id, copyOf(row.segment, entry), box);
  });
}

const MOST_CELL_PX = 18;

/** What the writer has done with a record. */
export function drawSent(pen: Pen, state: 'annulled' | 'waits' | 'sent', box: Rect): void {
  const { ink } = pen;
  if (state === 'annulled') drawAnnulled(pen, 'sent', box);
  else if (state === 'waits')
    pen.rect('sent', 'chip', box, 2, { stroke: ink.redoStroke, width: 1.25, dash: [2, 2] });
  else pen.rect('sent', 'chip', box, 2, { stroke: ink.redoStroke, fill: ink.stage, width: 1.5 });
}

function drawAnnulled(pen: Pen, name: string, box: Rect): void {
  pen.rect(name, 'chip', box, 2, { stroke: pen.ink.fail, width: 1 });
  pen.hatch(`${name} hatch`, box, 2, pen.ink.fail, 0.6, 4);
}

/** A copy of a record, as far as it is drawn. */
interface CopyCell {
  readonly state: CellState;
  readonly how: Arrival;
  /** Folded into a version of its page. */
  readonly folded: boolean;
}

const copyOf = (segment: SegmentView, entry: LogEntry): CopyCell => ({
  state: cellOf(segment, entry),
  how: entry.stored.get(segment.id)?.how ?? 'write',
  folded: entry.folded.has(segment.id),
});

/** A copy of a record: filled when stored, ringed when acknowledged, notched when missing. */
export function drawCell(pen: Pen, id: string, cell: CopyCell, box: Rect): void {
  const { ink } = pen;
  const { state } = cell;
  if (state === 'annulled') drawAnnulled(pen, id, box);
  else if (state === 'gap') drawGap(pen, id, box);
  else if (state === 'stored' || state === 'acknowledged') drawHeld(pen, id, cell, box);
  else if (state === 'sent')
    pen.rect(id, 'chip', box, 2, { stroke: ink.ghost, width: 1.25, dash: [2, 2] });
}

function drawGap(pen: Pen, name: string, box: Rect): void {
  const { ink } = pen;
  const middle = box.x + box.w / 2;
  const notch = [middle - 4, box.y - 1, middle + 4, box.y - 1, middle, box.y + 5];
  pen.rect(name, 'chip', box, 2, { stroke: ink.failStroke, width: 1.5, dash: [3, 2] });
  pen.poly(`${name} notch`, 'mark', notch, { fill: ink.fail }, true);
}

function drawHeld(pen: Pen, segment: string, { state, how, folded }: CopyCell, box: Rect): void {
  const { ink } = pen;
  const acknowledged = state === 'acknowledged';
  const { fill, stroke } = inkOf(ink, how);
  pen.rect(segment, 'chip', acknowledged ? inset(box, 3) : box, 1.5, { fill, stroke, width: 1 });
  if (acknowledged)
    pen.rect(`${segment} ack`, 'seal', box, 3, { stroke: ink.ackStroke, width: 1.5 });
  if (how === 'gossip' && box.w >= LETTER_PX)
    pen.text(`${segment} how`, 'g', box.x + box.w / 2, box.y + box.h / 2 + 3.5, {
      face: 'micro',
      fill: ink.onGossip,
      align: 'center',
    });
  if (!folded) return;
  const y = box.y + box.h + 2;
  const under = [box.x, y, box.x + box.w, y];
  pen.lines(`${segment} folded`, 'mark', under, { stroke: ink.pageStroke, width: 1.5 });
}

/** Narrower cells have no room for a letter. */
const LETTER_PX = 12;

function inkOf(ink: Shades, how: Arrival): { readonly fill: string; readonly stroke: string } {
  switch (how) {
    case 'write':
      return { fill: ink.redo, stroke: ink.redoStroke };
    case 'gossip':
      return { fill: ink.gossip, stroke: ink.gossipStroke };
    case 'base page':
      return { fill: ink.page, stroke: ink.pageStroke };
  }
}

const inset = ({ x, y, w, h }: Rect, by: number): Rect => ({
  x: x + by,
  y: y + by,
  w: w - 2 * by,
  h: h - 2 * by,
});
