import type { RebuildView } from '../protocol/view.ts';
import type { Point, Rect } from './display.ts';
import { faces } from './fonts.ts';
import { bottom, centre, inset, rect, right } from './geometry.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Pen } from './pen.ts';
import { momentOf, type RebuildMoment } from './rebuild-motion.ts';
import { type Staging, stageRebuild } from './rebuild-staging.ts';
import type { Micros, Row } from './view-types.ts';

const FOLD = 13;

type Waiting = RebuildView['left'][number];

/** A sheet with its corner folded. */
function drawSheet(pen: Pen, { x, y, w, h }: Rect, moment: RebuildMoment): void {
  const { ink } = pen;
  const fold = [x + w - FOLD, y];
  const outline = [x, y, ...fold, x + w, y + FOLD, x + w, y + h, x, y + h];
  pen.poly(
    'sheet',
    'drama',
    outline,
    {
      fill: moment.solid ? ink.chipFocus : ink.node,
      stroke: ink.pageStroke,
      width: moment.solid ? 2 : 1.25,
      ...(moment.solid ? {} : { dash: [4, 3] }),
    },
    true,
  );
  pen.poly('fold', 'drama', [...fold, x + w - FOLD, y + FOLD, x + w, y + FOLD], {
    stroke: ink.pageStroke,
    width: 1.25,
  });
}

const rowText = ({ key, values }: Row): string =>
  [key, ...values.filter((value) => value !== key)].map((v) => (v === null ? '·' : v)).join('  ');

/** The row that a record's words are about: `row 104 put`. */
const touches = (what: string, { key }: Row): boolean => what.startsWith(`row ${key} `);

/** As many rows as fit, the one touched last among them. */
function rowsIn(rebuild: RebuildView, fits: number, what: string): readonly Row[] {
  const { rows } = rebuild;
  const touched = rows.findIndex((row) => touches(what, row));
  const start = touched < fits ? 0 : touched - fits + 1;
  return rows.slice(start, start + fits);
}

function drawRows(pen: Pen, rebuild: RebuildView, box: Rect, pitch: number): void {
  const { ink } = pen;
  const what = rebuild.done[rebuild.done.length - 1]?.what ?? '';
  const rows = rowsIn(rebuild, Math.max(0, Math.floor(box.h / pitch)), what);
  rows.forEach((row, k) => {
    const y = box.y + k * pitch;
    const touched = touches(what, row);
    if (touched) {
      const bar = rect(box.x - 5, y + 0.5, box.w + 10, pitch - 1);
      pen.rect(`row-lit-${k}`, 'drama', bar, 2, { fill: ink.redo }, 0.18);
      pen.lines(`row-mark-${k}`, 'drama', [bar.x, y + 2, bar.x, y + pitch - 2], {
        stroke: ink.redoStroke,
        width: 2,
      });
    }
    const tone = row.deleted ? ink.faint : ink.muted;
    pen.text(`row-${k}`, rowText(row), box.x, y + pitch / 2 + 4, {
      face: pitch > 13 ? 'figure' : 'microMono',
      fill: touched ? ink.text : tone,
      room: box.w,
    });
  });
}

/** The page's number of records so far, as a ruler along its foot. */
function drawProgress(pen: Pen, rebuild: RebuildView, x: number, y: number, w: number): void {
  const { ink } = pen;
  const total = rebuild.done.length + rebuild.left.length;
  if (total === 0) return;
  const pitch = Math.min(10, w / total);
  const done: number[] = [];
  const left: number[] = [];
  for (let k = 0; k < total; k++) {
    const at = Math.round(x + k * pitch) + 0.5;
    (k < rebuild.done.length ? done : left).push(at, y, at, y - 7);
  }
  pen.lines('applied', 'drama', done, { stroke: ink.redoStroke, width: 2 });
  pen.lines('to-apply', 'drama', left, { stroke: ink.ghost, width: 1, dash: [1, 2] });
}

/** Lines of a page by its height: never fewer than three of them. */
const PITCHES = [
  { from: 110, pitch: 17 },
  { from: 84, pitch: 14 },
] as const;

function drawPage(pen: Pen, rebuild: RebuildView, box: Rect, moment: RebuildMoment): void {
  const { ink } = pen;
  drawSheet(pen, box, moment);
  const inner = inset(box, 10, 0);
  const low = box.h < 84;
  const head = box.y + (low ? 16 : 20);
  const number = String(moment.out < 1 ? rebuild.baseLsn : rebuild.pageLsn);
  const wide = pen.text('version', number, right(inner) - FOLD + 4, head, {
    face: 'reading',
    fill: ink.pageText,
    align: 'right',
  });
  pen.text('page', `page ${rebuild.page}`, inner.x, head, {
    face: 'name',
    fill: ink.text,
    room: inner.w - FOLD - wide,
  });
  const top = head + (low ? 4 : 9);
  const foot = bottom(box) - (low ? 5 : 9);
  drawRows(
    pen,
    rebuild,
    rect(inner.x, top, inner.w, foot - 8 - top),
    PITCHES.find(({ from }) => box.h >= from)?.pitch ?? 12,
  );
  drawProgress(pen, rebuild, inner.x, foot, inner.w);
}

/** One record waiting for its turn, or on its way down. Its words are shown whole or not at all. */
function drawRecord(pen: Pen, record: Waiting, at: Point, room: number, strength: number): void {
  const { ink } = pen;
  const { x, y } = at;
  pen.for(`${pen.owner}.${record.lsn}`, strength, () => {
    pen.rect('record', 'drama', rect(x, y - 9, 9, 9), 1.5, {
      fill: ink.redo,
      stroke: ink.redoStroke,
      width: 1,
    });
    if (room <= 0) return;
    const took = pen.text('lsn', String(record.lsn), x + 16, y, {
      face: 'figure',
      fill: ink.redoText,
      room: room - 16,
    });
    if (pen.measure(record.what, faces.caption.font) > room - 26 - took) return;
    pen.text('what', record.what, x + 26 + took, y, { face: 'caption', fill: ink.muted });
  });
}

/** The end: what the page is now, and for whom. */
function drawOutcome(pen: Pen, rebuild: RebuildView, box: Rect): void {
  const { ink } = pen;
  const word = rebuild.hit ? 'already built' : 'rebuilt';
  const y = box.y + Math.min(26, box.h / 2);
  pen.text('done', word, box.x, y, { face: 'title', fill: ink.pageText, room: box.w });
  const view = `as of ${rebuild.readPoint}`;
  pen.text('at', view, box.x, y + 18, { face: 'figure', fill: ink.muted, room: box.w });
}

function drawStack(pen: Pen, rebuild: RebuildView, stage: Staging, moment: RebuildMoment): void {
  const { ink } = pen;
  const { stack: box, edge } = stage;
  const pitch = box.h < 84 ? 16 : 20;
  const room = Math.max(1, Math.floor((box.h - 2) / pitch));
  const over = rebuild.left.length - room;
  const shown = rebuild.left.slice(0, over > 0 ? room - 1 : room);
  const { settling } = moment;
  // The others move up only when the one that leaves is past their words.
  const rise = Math.max(0, (settling - 0.8) / 0.2);
  shown.forEach((record, k) => {
    const y = box.y + 14 + (k - (k > 0 ? rise : 0)) * pitch;
    if (k > 0 || settling === 0) {
      drawRecord(pen, record, { x: box.x, y }, box.w, 1);
      return;
    }
    // The next one leaves the stack and settles on the page.
    const x = box.x + (edge - box.x) * settling;
    pen.glow(`glow-${record.lsn}`, x + 4.5, y - 4.5, 22, ink.redo, 0.8);
    drawRecord(pen, record, { x, y }, settling < 0.25 ? box.w : 0, 1);
  });
  if (over > 0) {
    pen.text('more', `+${over + 1} more`, box.x + 16, box.y + 14 + (room - 1) * pitch, {
      face: 'caption',
      fill: ink.faint,
      room: box.w - 16,
    });
  }
  if (rebuild.left.length === 0 && rebuild.phase === 'applying') drawOutcome(pen, rebuild, box);
}

/**
 * A page coming back from redo, beside the rack it happens on: the old version slides out, records
 * settle onto it in LSN order, its number climbs, its rows change, it turns solid. Returns its area.
 */
export function drawRebuild(
  pen: Pen,
  rebuild: RebuildView,
  layout: ClusterLayout,
  shownUs: Micros,
  followed: boolean,
): Rect | null {
  const staging = stageRebuild(layout, rebuild, followed);
  if (!staging) return null;
  const moment = momentOf(rebuild, shownUs);
  pen.for(`rebuild ${rebuild.segment} ${rebuild.page}`, 1, () => {
    pen.rect('ground', 'drama', staging.area, 8, { fill: pen.ink.band }, 0.94);
    drawHalo(pen, staging.page, followed);
    if (followed) drawWay(pen, staging);
    const { page, slide } = staging;
    const y = page.y + Math.round((1 - moment.out) * slide);
    pen.for(pen.owner, 0.35 + 0.65 * moment.out, () => {
      drawPage(pen, rebuild, { ...page, y }, moment);
    });
    drawStack(pen, rebuild, staging, moment);
  });
  return staging.area;
}

/** The one bright thing while a read is followed. */
function drawHalo(pen: Pen, page: Rect, followed: boolean): void {
  if (!followed) return;
  const { x, y } = centre(page);
  const strength = pen.ink.dark ? 0.42 : 0.22;
  pen.glow('halo', x, y, Math.min(page.w, page.h * 1.2), pen.ink.page, strength);
}

/** The way from the reader through the page to its rack, lit while everything else is dimmed. */
function drawWay(pen: Pen, { above, below }: Staging): void {
  const stroke = { stroke: pen.ink.pageStroke, width: 2 };
  pen.poly('way-above', 'edge', above.samples, stroke);
  pen.poly('way-below', 'edge', below.samples, stroke);
}
