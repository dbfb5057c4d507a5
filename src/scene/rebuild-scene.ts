import type { RebuildView } from '../protocol/view.ts';
import type { Rect } from './display.ts';
import { bottom, inset, rect, right } from './geometry.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Pen } from './pen.ts';
import { momentOf, type RebuildMoment } from './rebuild-motion.ts';
import { wireOf } from './routes.ts';
import type { Micros, Row } from './view-types.ts';

const FOLD = 12;

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
      fill: moment.solid ? ink.nodeFocus : ink.band,
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

function drawRows(pen: Pen, rebuild: RebuildView, box: Rect, pitch: number, lit: string): void {
  const { ink } = pen;
  const fits = Math.max(0, Math.floor(box.h / pitch));
  const rows = rebuild.rows.slice(-fits);
  rows.forEach((row, k) => {
    const y = box.y + k * pitch;
    const touched = lit !== '' && lit.includes(String(row.key));
    if (touched) {
      const bar = rect(box.x - 4, y + 1, box.w + 8, pitch - 2);
      pen.rect(`row-lit-${k}`, 'drama', bar, 2, { fill: ink.redo }, 0.2);
      pen.lines(`row-mark-${k}`, 'drama', [bar.x, y + 2, bar.x, y + pitch - 2], {
        stroke: ink.redoStroke,
        width: 2,
      });
    }
    pen.text(`row-${k}`, rowText(row), box.x, y + pitch - 4.5, {
      face: 'microMono',
      fill: touched ? ink.text : row.deleted ? ink.faint : ink.muted,
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

function drawPage(pen: Pen, rebuild: RebuildView, box: Rect, moment: RebuildMoment): void {
  const { ink } = pen;
  drawSheet(pen, box, moment);
  const inner = inset(box, 9, 0);
  const low = box.h < 84;
  const head = box.y + (low ? 15 : 18);
  const took = pen.text('page', `page ${rebuild.page}`, inner.x, head, {
    face: 'caption',
    fill: ink.muted,
    room: inner.w - FOLD,
  });
  const version = moment.out < 1 ? rebuild.baseLsn : rebuild.pageLsn;
  const beside = inner.w - FOLD - took - 8;
  const number = String(version);
  const wide = beside >= pen.measure(number, '600 14px') + 4;
  pen.text('version', number, wide ? right(inner) - FOLD + 2 : inner.x, wide ? head : head + 17, {
    face: 'reading',
    fill: ink.pageText,
    align: wide ? 'right' : 'left',
    room: inner.w,
  });
  const top = (wide ? head : head + 17) + (low ? 4 : 8);
  const foot = bottom(box) - (low ? 5 : 8);
  const last = rebuild.done[rebuild.done.length - 1]?.what ?? '';
  drawRows(pen, rebuild, rect(inner.x, top, inner.w, foot - 9 - top), low ? 13 : 16, last);
  drawProgress(pen, rebuild, inner.x, foot, inner.w);
}

/** One record waiting for its turn, or on its way down. */
function drawRecord(
  pen: Pen,
  record: RebuildView['left'][number],
  x: number,
  y: number,
  room: number,
  strength: number,
): void {
  const { ink } = pen;
  pen.for(`${pen.owner}.${record.lsn}`, strength, () => {
    pen.rect('record', 'drama', rect(x, y - 8, 8, 8), 1.5, {
      fill: ink.redo,
      stroke: ink.redoStroke,
      width: 1,
    });
    const took = pen.text('lsn', String(record.lsn), x + 14, y, {
      face: 'figure',
      fill: ink.redoText,
      room: room - 14,
    });
    pen.text('what', record.what, x + 22 + took, y, {
      face: 'caption',
      fill: ink.faint,
      room: room - 22 - took,
      role: 'detail',
    });
  });
}

const PITCH = 18;

function drawStack(
  pen: Pen,
  rebuild: RebuildView,
  box: Rect,
  page: Rect,
  moment: RebuildMoment,
): void {
  const { ink } = pen;
  const pitch = box.h < 84 ? 15 : PITCH;
  const room = Math.max(1, Math.floor((box.h - 4) / pitch));
  const over = rebuild.left.length - room;
  const shown = rebuild.left.slice(0, over > 0 ? room - 1 : room);
  const { settling } = moment;
  shown.forEach((record, k) => {
    const y = box.y + 12 + (k - (k > 0 ? settling : 0)) * pitch;
    if (k > 0 || settling === 0) {
      drawRecord(pen, record, box.x, y, box.w, k === 0 ? 1 : 0.85);
      return;
    }
    // The next one leaves the stack and settles on the page's edge.
    const x = box.x + (right(page) - 14 - box.x) * settling;
    pen.glow(`glow-${record.lsn}`, x + 4, y - 4, 18, ink.redo, 0.7);
    drawRecord(pen, record, x, y, settling < 0.3 ? box.w : 0, 1);
  });
  if (over > 0) {
    pen.text('more', `+${over + 1} more`, box.x + 14, box.y + 12 + (room - 1) * pitch, {
      face: 'caption',
      fill: ink.faint,
      room: box.w - 14,
    });
  }
  if (rebuild.left.length === 0) {
    const word = rebuild.hit ? 'already built' : 'rebuilt';
    pen.text('done', word, box.x, box.y + 14, { face: 'name', fill: ink.pageText, room: box.w });
    pen.text('at', `as of ${rebuild.readPoint}`, box.x, box.y + 32, {
      face: 'figure',
      fill: ink.muted,
      room: box.w,
    });
  }
}

/** The area a rebuild takes on the stage. */
export function rebuildArea(layout: ClusterLayout, rebuild: RebuildView): Rect | null {
  const host = layout.hosts.get(rebuild.host);
  const area = host ? layout.rebuild.get(host.az) : undefined;
  if (!area) return null;
  const h = Math.min(area.h, 148);
  return rect(area.x, area.y + Math.round((area.h - h) / 2), area.w, h);
}

/**
 * A page coming back from redo, beside the rack it happens on: the old version slides out, records
 * settle onto it in LSN order, its number climbs, its rows change, it turns solid.
 */
export function drawRebuild(
  pen: Pen,
  rebuild: RebuildView,
  layout: ClusterLayout,
  shownUs: Micros,
): Rect | null {
  const area = rebuildArea(layout, rebuild);
  const host = layout.hosts.get(rebuild.host);
  if (!area || !host) return null;
  const moment = momentOf(rebuild, shownUs);
  pen.for(`rebuild ${rebuild.segment} ${rebuild.page}`, 1, () => {
    pen.rect('ground', 'drama', area, 8, { fill: pen.ink.band }, 0.92);
    const rest = inset(area, 8, 6);
    const w = Math.round(Math.min(168, Math.max(96, rest.w * 0.5)));
    // Slides out of its rack: from the host's top edge to its place.
    const from = host.rect.y - rest.y;
    const y = rest.y + Math.round((1 - moment.out) * Math.max(0, from - rest.h * 0.4));
    const page = rect(rest.x, y, w, rest.h);
    pen.for(pen.owner, 0.35 + 0.65 * moment.out, () => drawPage(pen, rebuild, page, moment));
    const stack = rect(right(page) + 16, rest.y + 2, right(rest) - right(page) - 18, rest.h - 4);
    drawStack(pen, rebuild, stack, page, moment);
  });
  return area;
}

/** The way from the reader to the rack, lit while everything else is dimmed. */
export function drawReadWay(pen: Pen, rebuild: RebuildView, layout: ClusterLayout): void {
  const { instance, segment, host } = rebuild;
  const { samples } = wireOf(layout, instance, segment, host);
  pen.for(`way ${segment}`, 1, () => {
    pen.poly('way', 'edge', samples, { stroke: pen.ink.pageStroke, width: 1.5 });
  });
}
