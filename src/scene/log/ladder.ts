import type { LogEntry } from '../../history/log-history.ts';
import type { ClusterView } from '../../protocol/view.ts';
import type { Measure, Scene } from '../display.ts';
import { faces } from '../fonts.ts';
import { Pen } from '../pen.ts';
import { shades } from '../shades.ts';
import type { Sketch, Spot } from '../sketch.ts';
import { drawCells } from './cells.ts';
import type { Column } from './columns.ts';
import { drawHead } from './head.ts';
import { type LadderLook, NARROW_NAMES_PX, type Plan, planOf } from './plan.ts';
import { drawPoints } from './points.ts';
import type { LadderRow } from './rows.ts';
import { recordWords } from './words.ts';

export interface Ladder extends Sketch {
  /** All columns, oldest first, and which of them are in the picture. */
  readonly columns: readonly Column[];
  readonly rows: readonly LadderRow[];
  readonly from: number;
  readonly to: number;
  readonly columnPx: number;
}

/** The log as a ladder: records across, who has them down. */
export function ladderOf(
  view: ClusterView,
  entries: readonly LogEntry[],
  look: LadderLook,
  room: { readonly widthPx: number; readonly heightPx: number },
  measure: Measure,
): Ladder {
  const ink = shades(look.theme);
  const plan = planOf(view, entries, look, room);
  const ground = new Pen(ink, measure);
  const actors = new Pen(ink, measure);
  drawRows(ground, plan);
  drawHead(actors, plan);
  drawCells(actors, plan);
  drawPoints(actors, plan);
  drawCursor(actors, plan);
  drawEmpty(actors, plan, view);
  const scene: Scene = {
    width: room.widthPx,
    height: room.heightPx,
    background: ink.stage,
    ground: ground.items,
    actors: actors.items,
    front: [],
  };
  const { columns, rows, from, to } = plan;
  const { columnPx } = plan.look;
  return { scene, spots: spotsOf(plan), columns, rows, from, to, columnPx };
}

function drawRows(pen: Pen, { rows, left, rowPx, yOf, widthPx }: Plan): void {
  const { ink } = pen;
  rows.forEach((row, i) => {
    const box = { x: 0, y: yOf(i), w: widthPx, h: rowPx };
    if (i % 2 === 0) pen.rect(`row ${row.id}`, 'band', box, 0, { fill: ink.band });
    if (isDown(row)) pen.hatch(`down ${row.id}`, box, 0, ink.fail, 0.25);
    drawName(pen, row, left, box.y + rowPx / 2 + 4);
  });
}

const isDown = (row: LadderRow): boolean => row.kind === 'copy' && row.segment.state === 'down';

function drawName(pen: Pen, row: LadderRow, left: number, y: number): void {
  const { ink } = pen;
  const narrow = left === NARROW_NAMES_PX;
  const room = left - 24;
  const taken = pen.text(`name ${row.id}`, narrow ? row.short : row.name, 12, y, {
    face: row.kind === 'point' ? 'dense' : 'name',
    fill: isDown(row) ? ink.failText : ink.text,
    room,
  });
  if (narrow || pen.measure(row.more, faces.caption.font) > room - taken - 8) return;
  pen.text(`more ${row.id}`, row.more, left - 12, y, {
    face: 'caption',
    fill: ink.faint,
    align: 'right',
  });
}

function drawCursor(pen: Pen, { look, xOf, yOf, rowPx, columns, from, to, bottom }: Plan): void {
  const { ink } = pen;
  const strip = (lsn: number | null, name: string, stroke: string): void => {
    const at = columns.findIndex((each) => each.kind === 'record' && each.entry.lsn === lsn);
    if (lsn === null || at < from || at >= to) return;
    const box = { x: xOf(at), y: 30, w: look.columnPx, h: bottom - 30 };
    pen.rect(name, 'frame', box, 3, { stroke, width: 1.5 });
  };
  strip(look.hovered, 'hovered', ink.lineStrong);
  strip(look.selected, 'selected', ink.selected);
  if (look.cursor === null) return;
  const { row, column } = look.cursor;
  const box = { x: xOf(column), y: yOf(row), w: look.columnPx, h: rowPx };
  pen.rect('cursor', 'frame', box, 3, { stroke: ink.focus, width: 2 });
}

/** Rows without a record in them: what would come here. */
function drawEmpty(pen: Pen, { columns, look, left, widthPx, bottom }: Plan, view: ClusterView) {
  if (columns.some(({ kind }) => kind === 'record')) return;
  const group = view.groups.find(({ id }) => id === look.group);
  const [says, next] = group
    ? [
        `PG ${group.id} has no records yet.`,
        `The next write to pages ${group.firstPage}–${group.lastPage} goes here.`,
      ]
    : ['There are no records yet.', 'The next write goes here.'];
  const { ink } = pen;
  const room = widthPx - left - 24;
  const middle = left + (widthPx - left) / 2;
  const y = bottom / 2;
  const w = Math.min(room, 20 + pen.measure(next, faces.dense.font));
  const box = { x: middle - w / 2, y: y - 28, w, h: 52 };
  pen.rect('empty', 'frame', box, 6, { fill: ink.stage });
  pen.text('empty says', says, middle, y - 8, {
    ...{ face: 'name', fill: ink.text, align: 'center', room },
  });
  pen.text('empty next', next, middle, y + 12, {
    ...{ face: 'dense', fill: ink.muted, align: 'center', room },
  });
}

function spotsOf({ columns, rows, from, to, look, bottom, xOf }: Plan): readonly Spot[] {
  const spots: Spot[] = [];
  for (let i = from; i < to; i++) {
    const column = columns[i];
    if (column?.kind !== 'record') continue;
    const { lsn } = column.entry;
    spots.push({
      id: `record ${lsn}`,
      name: recordWords(column.entry, rows),
      stands: { kind: 'record', id: String(lsn) },
      ...{ x: xOf(i), y: 0, w: look.columnPx, h: bottom },
    });
  }
  return spots;
}
