import type { GroupView, SegmentView } from '../protocol/view.ts';
import type { RangeView } from '../protocol/view-change.ts';
import { annuls, drawAnnulled } from './annulled.ts';
import type { Rect } from './display.ts';
import { clamp, rect } from './geometry.ts';
import type { Pen } from './pen.ts';
import type { Lsn } from './view-types.ts';

/** How many records a ruler of this width can show: ticks closer than this are a grey smear. */
const TICK_PITCH = 6;
const TICKS_AT_MOST = 12;
const ticksIn = (w: number): number => clamp(Math.floor(w / TICK_PITCH), 4, TICKS_AT_MOST);

/**
 * The newest records of a group that any copy is known to hold, oldest first, and the group's tail.
 * All six rulers share it, so that a glance along them shows who is behind.
 */
export const groupWindow = (group: GroupView, count: number): readonly Lsn[] =>
  knownLsns(group).slice(-count);

/** Two views of a group with the same key have the same ticks, as far as the group decides them. */
export function windowKey(group: GroupView, vdl: Lsn): string {
  const lsns = groupWindow(group, TICKS_AT_MOST);
  return `${lsns.join()} ${lsns.filter((lsn) => lsn > vdl).length}`;
}

const windows = new WeakMap<GroupView, readonly Lsn[]>();

/** Worked out once for six rulers of two widths. */
function knownLsns(group: GroupView): readonly Lsn[] {
  const found = windows.get(group);
  if (found) return found;
  const seen = new Set<Lsn>(group.tail > 0 ? [group.tail] : []);
  for (const { recent, ahead } of group.segments) {
    for (const lsn of recent) seen.add(lsn);
    for (const { first, last } of ahead) seen.add(first).add(last);
  }
  const fresh = [...seen].sort((a, b) => a - b);
  windows.set(group, fresh);
  return fresh;
}

type Held = 'solid' | 'ahead' | 'missing';

/** What a segment has of one record: in its unbroken chain, beyond a gap, or not at all. */
export function heldBy(segment: SegmentView, lsn: Lsn): Held {
  if (lsn <= segment.scl) return 'solid';
  return segment.ahead.some(({ first, last }) => first <= lsn && lsn <= last) ? 'ahead' : 'missing';
}

interface Tick {
  readonly lsn: Lsn;
  readonly x: number;
  readonly held: Held;
  /** Missing although something later is held: a hole that a peer will have to fill. */
  readonly gap: boolean;
}

export function ticksOf(
  segment: SegmentView,
  group: GroupView,
  x: number,
  w: number,
): readonly Tick[] {
  const count = ticksIn(w);
  const lsns = groupWindow(group, count);
  // A scale of d3 would bring those of every other view into the first picture.
  const pitch = w / count;
  const skipped = count - lsns.length;
  const highest = lsns.reduce((top, lsn) => (heldBy(segment, lsn) === 'missing' ? top : lsn), 0);
  return lsns.map((lsn, k) => {
    const held = heldBy(segment, lsn);
    return {
      lsn,
      x: Math.round(x + (k + skipped + 0.5) * pitch),
      held,
      gap: held === 'missing' && lsn < highest,
    };
  });
}

interface Rule {
  readonly base: number;
  readonly h: number;
  readonly vdl: Lsn;
}

interface Strokes {
  readonly settled: number[];
  readonly hot: number[];
  readonly ghost: number[];
}

/** Every fifth record stands taller, as on any ruler. */
const tall = (lsn: Lsn): boolean => lsn % 5 === 0;

function heightOf({ lsn, held }: Tick, h: number): number {
  if (held === 'missing') return Math.round(h * 0.36);
  return Math.round(tall(lsn) ? h : h * 0.68);
}

function strokesOf(
  ticks: readonly Tick[],
  { base, h, vdl, undoes }: Rule & { readonly undoes: readonly Lsn[] },
): Strokes {
  const strokes: Strokes = { settled: [], hot: [], ghost: [] };
  for (const tick of ticks) {
    if (tick.gap) continue;
    const held = tick.lsn > vdl ? strokes.hot : strokes.settled;
    const into = tick.held === 'missing' ? strokes.ghost : held;
    const [x, top] = [tick.x + 0.5, base - heightOf(tick, h)];
    into.push(x, base, x, top);
    // A record that takes a change back wears a barb that points back.
    if (undoes.includes(tick.lsn)) into.push(x, top, x - 2.5, top + 2.5);
  }
  return strokes;
}

/** Ticks of what is not durable: amber, with an edge where amber alone would be too pale. */
export function drawHot(pen: Pen, name: string, points: readonly number[]): void {
  const { ink } = pen;
  if (ink.redoStroke === ink.redo) {
    pen.lines(name, 'ruler', points, { stroke: ink.redo, width: 2 });
    return;
  }
  pen.lines(`${name}-edge`, 'ruler', points, { stroke: ink.redoStroke, width: 3.5 });
  pen.lines(name, 'ruler', points, { stroke: ink.redo, width: 1.5 });
}

/** The little rider above the last record of the unbroken chain. */
function drawRider(pen: Pen, x: number, top: number, fill: string): void {
  pen.poly('scl', 'mark', [x - 2.5, top - 5, x + 3.5, top - 5, x + 0.5, top - 0.5], { fill }, true);
}

/** A hole in the chain: the baseline breaks and a notch points at the place. */
function drawGap(pen: Pen, x: number, base: number, h: number): void {
  const { ink } = pen;
  const top = base - h * 0.62;
  pen.poly(`gap-${x}`, 'mark', [x - 3, top, x + 0.5, base, x + 4, top], {
    stroke: ink.failText,
    width: 1.5,
  });
}

/** Place of step ⑦ among a storage node's eight. */
const COLLECT = 6;

/** What was collected: the log is gone up to here, and the pages hold it. A bar on the baseline, with a post. */
function drawFloor(
  pen: Pen,
  { floor, steps }: SegmentView,
  ticks: readonly Tick[],
  x: number,
  base: number,
): void {
  const last = ticks.findLast(({ lsn }) => lsn <= floor);
  if (!last || (steps[COLLECT] ?? 0) === 0) return;
  const end = last.x + 2.5;
  pen.lines('floor', 'ruler', [x, base, end, base, end, base + 1, end, base - 4], {
    stroke: pen.ink.pageRest,
    width: 2.5,
  });
}

/** A cancelled record is a tick only where it still lies: at a segment that has not heard of it. */
const drawnAsAnnulled = (
  { lsn, held }: Tick,
  segment: SegmentView,
  ranges: readonly RangeView[],
): boolean =>
  ranges.some((range) => annuls(range, lsn) && (held === 'missing' || knows(segment, range)));

const knows = ({ ranges }: SegmentView, { epoch }: RangeView): boolean =>
  ranges.some((range) => range.epoch === epoch);

/** The cancelled numbers, between the last record kept and the first one issued after them. */
function drawRange(
  pen: Pen,
  range: RangeView,
  ticks: readonly Tick[],
  segment: SegmentView,
  box: Rect,
): void {
  const kept = ticks.findLast(({ lsn }) => lsn <= range.above);
  const next = ticks.find(({ lsn }) => lsn > range.upTo);
  const within = ticks.filter(({ lsn }) => annuls(range, lsn));
  if (!kept || (!next && within.length === 0 && kept.lsn !== ticks[ticks.length - 1]?.lsn)) return;
  const from = kept.x + 2.5;
  const to = next
    ? next.x - 2
    : Math.min(box.x + box.w, from + TICK_PITCH * Math.max(1, within.length));
  if (to - from < 2) return;
  const area = rect(from, box.y + 4, to - from, box.h - 5);
  drawAnnulled(pen, `cancelled-${range.epoch}`, area, knows(segment, range));
}

/**
 * A segment's log: ticks on a baseline, solid up to "complete up to", a notch at a hole, ghosts for
 * what is issued but not here. What is not durable yet is amber; what is, is at rest.
 */
export function drawRuler(
  pen: Pen,
  segment: SegmentView,
  group: GroupView,
  box: Rect,
  { vdl, ranges }: { readonly vdl: Lsn; readonly ranges: readonly RangeView[] },
): void {
  const { ink } = pen;
  const marks = ticksOf(segment, group, box.x, box.w);
  const ticks = marks.filter((tick) => !drawnAsAnnulled(tick, segment, ranges));
  const base = box.y + box.h - 0.5;
  const h = box.h - 5;
  const complete = ticks.filter(({ held }) => held === 'solid');
  const last = complete[complete.length - 1];
  const until = last ? last.x + 0.5 : box.x;
  pen.lines('baseline', 'ruler', [box.x, base, until, base], { stroke: ink.tick, width: 1 });
  pen.lines('beyond', 'ruler', [until + 3, base, box.x + box.w, base], {
    stroke: ink.ghost,
    width: 1,
    dash: [1, 3],
  });
  drawFloor(pen, segment, marks, box.x, base);
  const { settled, hot, ghost } = strokesOf(ticks, { base, h, vdl, undoes: segment.undoes });
  pen.lines('ghosts', 'ruler', ghost, { stroke: ink.ghost, width: 1, dash: [1, 2] });
  pen.lines('ticks', 'ruler', settled, { stroke: ink.tick, width: 1 });
  drawHot(pen, 'hot', hot);
  for (const { gap, x } of ticks) if (gap) drawGap(pen, x, base, h);
  for (const range of ranges) drawRange(pen, range, marks, segment, box);
  if (last) drawRider(pen, last.x, base - heightOf(last, h), ink.muted);
}
