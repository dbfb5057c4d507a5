import type { GroupView, SegmentView } from '../protocol/view.ts';
import type { Rect } from './display.ts';
import { bottom, inset, rect, right } from './geometry.ts';
import type { ChipPlace } from './layout-types.ts';
import type { Pen } from './pen.ts';
import { drawRuler, groupWindow } from './ruler.ts';
import type { Lsn } from './view-types.ts';

/** The log of a group that is not in focus recedes; its name does not. */
const QUIET = 0.55;

/** How far a segment has come through the records its group is known to have, 0–1. */
function caughtUp(segment: SegmentView, group: GroupView): number {
  const known = groupWindow(group, 12);
  const held = known.filter((lsn) => lsn <= segment.scl).length;
  return known.length === 0 ? 1 : held / known.length;
}

/** Eight pips, one for each step of a storage node: full once it has run, a speck before. */
function drawPips(pen: Pen, segment: SegmentView, x: number, y: number, w: number): void {
  const pitch = Math.min(9, w / 8);
  const ran: number[] = [];
  const idle: number[] = [];
  for (let k = 0; k < 8; k++) {
    const at = x + 1.5 + k * pitch;
    // A stroke of no length to speak of, with round ends, is a dot.
    ((segment.steps[k] ?? 0) > 0 ? ran : idle).push(at, y, at + 0.01, y);
  }
  pen.lines('pips-ran', 'pip', ran, { stroke: pen.ink.tick, width: 3.25 });
  pen.lines('pips-idle', 'pip', idle, { stroke: pen.ink.ghost, width: 1.5 });
}

const strengthOf = ({ focus, gone }: How): number => (focus ? 1 : gone ? QUIET * 0.7 : QUIET);

function drawLog(pen: Pen, segment: SegmentView, group: GroupView, box: Rect, how: How): void {
  pen.for(segment.id, strengthOf(how), () => {
    drawRuler(pen, segment, group, box, how.vdl);
  });
}

/** Label, figure, ruler and pips, one under another. */
function drawFull(
  pen: Pen,
  chip: ChipPlace,
  segment: SegmentView,
  group: GroupView,
  how: How,
): void {
  const { ink } = pen;
  const box = inset(chip.rect, 5, 0);
  const roomy = chip.rect.h >= 46;
  const pips = chip.rect.h >= 36;
  const line = chip.rect.y + (roomy ? 15 : 13);
  const took = pen.text('name', `PG ${segment.group}`, box.x, line, {
    face: 'caption',
    fill: how.focus ? ink.text : ink.faint,
    room: box.w * 0.55,
  });
  const slot = how.focus
    ? pen.text('slot', segment.slot, box.x + took + 5, line, {
        face: 'caption',
        fill: ink.faint,
        role: 'detail',
      })
    : 0;
  if (segment.scl > 0 && how.focus) {
    pen.text('lsn', String(segment.scl), right(box), line, {
      face: 'figure',
      fill: ink.muted,
      align: 'right',
      room: box.w - took - slot - 12,
      role: 'detail',
    });
  }
  const foot = pips ? (roomy ? 12 : 9) : 4;
  const tall = Math.min(chip.rect.h - (line - chip.rect.y) - foot - 2, chip.rect.h >= 60 ? 30 : 19);
  const ruler = rect(box.x, bottom(chip.rect) - foot - tall, box.w, tall);
  drawLog(pen, segment, group, ruler, how);
  if (pips) {
    pen.for(segment.id, strengthOf(how), () => {
      drawPips(pen, segment, box.x, bottom(chip.rect) - (roomy ? 6 : 4.5), box.w);
    });
  }
}

/** Label and ruler in one line. */
function drawLine(
  pen: Pen,
  chip: ChipPlace,
  segment: SegmentView,
  group: GroupView,
  how: How,
): void {
  const { ink } = pen;
  const box = inset(chip.rect, 3, 0);
  const took = pen.text('name', `PG ${segment.group}`, box.x, chip.rect.y + chip.rect.h / 2 + 4, {
    face: 'caption',
    fill: how.focus ? ink.text : ink.faint,
    room: box.w * 0.5,
  });
  const h = Math.min(chip.rect.h - 4, 15);
  const top = chip.rect.y + (chip.rect.h - h) / 2 - 1;
  drawLog(pen, segment, group, rect(box.x + took + 6, Math.round(top), box.w - took - 6, h), how);
}

/** A ruler, with the group's number before it when there is room for that. */
function drawShort(
  pen: Pen,
  chip: ChipPlace,
  segment: SegmentView,
  group: GroupView,
  how: How,
): void {
  const box = inset(chip.rect, 2, 0);
  const h = Math.min(chip.rect.h - 3, 13);
  const mid = chip.rect.y + chip.rect.h / 2;
  const took = pen.text('name', String(segment.group), box.x, mid + 4, {
    face: 'micro',
    fill: how.focus ? pen.ink.text : pen.ink.faint,
  });
  drawLog(
    pen,
    segment,
    group,
    rect(box.x + took + 4, Math.round(mid - h / 2), box.w - took - 4, h),
    how,
  );
}

export interface How {
  readonly focus: boolean;
  /** Its host is down: what is drawn is what lies on the disk. */
  readonly gone: boolean;
  readonly vdl: Lsn;
}

/** One segment on its host: whose log it is and how far it has come. */
export function drawChip(
  pen: Pen,
  chip: ChipPlace,
  segment: SegmentView,
  group: GroupView,
  how: How,
): void {
  const { ink } = pen;
  pen.for(segment.id, 1, () => {
    if (how.focus) {
      pen.rect('chip', 'chip', chip.rect, 4, { fill: ink.chipFocus });
    }
    if (segment.state === 'catching up') {
      const w = Math.max(2, (chip.rect.w - 2) * caughtUp(segment, group));
      const bar = rect(chip.rect.x + 1, bottom(chip.rect) - 2, w, 2);
      pen.rect('progress', 'state', bar, 1, { fill: ink.warnText });
    }
    const draw = chip.detail === 3 ? drawFull : chip.detail === 2 ? drawLine : drawShort;
    draw(pen, chip, segment, group, how);
  });
}
