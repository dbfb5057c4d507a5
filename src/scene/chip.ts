import type { GroupView, SegmentView } from '../protocol/view.ts';
import type { RangeView } from '../protocol/view-change.ts';
import { drawAnswer, drawChipFrame, drawDamage, drawKind, drawNote, noteOf } from './chip-state.ts';
import type { Rect } from './display.ts';
import { faces } from './fonts.ts';
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
    drawRuler(pen, segment, group, box, how);
  });
}

interface Figure {
  readonly end: number;
  readonly y: number;
  readonly room: number;
}

/** How far the copy is complete, or what state it is in when that says more. */
function drawFigure(pen: Pen, segment: SegmentView, how: How, { end, y, room }: Figure): void {
  const note = noteOf(segment);
  if (note) drawNote(pen, note, end, y, room);
  else if (
    segment.scl > 0 &&
    how.focus &&
    pen.measure(String(segment.scl), faces.figure.font) <= room
  )
    pen.text('lsn', String(segment.scl), end, y, {
      face: 'figure',
      fill: pen.ink.muted,
      align: 'right',
      room,
      role: 'detail',
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
    ? pen.text('slot', segment.member, box.x + took + 5, line, {
        face: 'caption',
        fill: ink.faint,
        role: 'detail',
      })
    : 0;
  const kind = how.kinds ? 5 + drawKind(pen, segment, box.x + took + slot + 10, line) : 0;
  const end = right(box) - (how.answered === null ? 0 : 12);
  drawFigure(pen, segment, how, { end, y: line, room: end - box.x - took - slot - kind - 12 });
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

/** Beside a ruler there is room for an icon only; how much of a new copy is there is worth the ruler's. */
function drawAside(pen: Pen, segment: SegmentView, how: How, { end, y, room }: Figure): number {
  const marked = how.answered === null ? 0 : 11;
  const note = noteOf(segment);
  if (!note) return marked;
  const whole = segment.state === 'hydrating' && room >= 48;
  drawNote(pen, note, end - marked, y, whole ? room - marked : 0);
  return whole ? room : marked + 15;
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
  const noted = drawAside(pen, segment, how, {
    end: right(box),
    y: chip.rect.y + chip.rect.h / 2 + 4,
    room: box.w - took - 6,
  });
  const w = box.w - took - 6 - noted;
  drawLog(pen, segment, group, rect(box.x + took + 6, Math.round(top), w, h), how);
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
  const noted = drawAside(pen, segment, how, {
    end: right(box),
    y: mid + 4,
    room: box.w - took - 4,
  });
  const w = box.w - took - 4 - noted;
  drawLog(pen, segment, group, rect(box.x + took + 4, Math.round(mid - h / 2), w, h), how);
}

export interface How {
  readonly focus: boolean;
  /** Its host is down: what is drawn is what lies on the disk. */
  readonly gone: boolean;
  readonly vdl: Lsn;
  readonly ranges: readonly RangeView[];
  /** Full and tail copies are told apart. */
  readonly kinds: boolean;
  /** While the volume is opened: whether it has answered the present question. */
  readonly answered: boolean | null;
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
    const { x, y, w, h } = chip.rect;
    if (how.focus) pen.rect('chip', 'chip', chip.rect, 4, { fill: ink.chipFocus });
    drawChipFrame(pen, segment, chip.rect);
    if (chip.detail === 3) drawDamage(pen, segment, chip.rect);
    if (segment.state === 'catching up') {
      const bar = rect(x + 1, y + h - 2, Math.max(2, (w - 2) * caughtUp(segment, group)), 2);
      pen.rect('progress', 'state', bar, 1, { fill: ink.warnText });
    }
    LAYOUTS[chip.detail](pen, chip, segment, group, how);
    drawMarks(pen, chip, segment, how);
  });
}

/** What lies over a chip: a replaced copy's name struck out, and whether it has answered a recovery. */
function drawMarks(
  pen: Pen,
  { rect: box, detail }: ChipPlace,
  segment: SegmentView,
  how: How,
): void {
  if (segment.state === 'retired') strike(pen, box);
  if (how.answered === null) return;
  const top = detail === 3 ? Math.min(11, box.h / 2) : box.h / 2;
  drawAnswer(pen, how.answered, right(box) - 7, box.y + top);
}

const LAYOUTS = { 1: drawShort, 2: drawLine, 3: drawFull } as const;

/** A line through the name of a copy that was replaced. */
function strike(pen: Pen, { x, y, h }: Rect): void {
  const at = y + Math.min(h / 2, 10);
  pen.lines('struck', 'state', [x + 3, at, x + 34, at], { stroke: pen.ink.muted, width: 1.25 });
}
