import type { Outage } from '../../history/message.ts';
import { faces } from '../fonts.ts';
import type { Pen } from '../pen.ts';
import type { Micros } from '../view-types.ts';
import { durationText } from '../words.ts';
import { beginOf, stretchesIn, ticksOf } from './axis.ts';
import { HEAD_PX, type Plan } from './plan.ts';

/** Zones, lanes, the time that runs down them, and what was down. */
export function drawFrame(pen: Pen, plan: Plan): void {
  drawBands(pen, plan);
  drawTicks(pen, plan);
  drawLanes(pen, plan);
  drawOutages(pen, plan);
  drawFolds(pen, plan);
  drawNow(pen, plan);
  drawNothing(pen, plan);
}

function drawBands(pen: Pen, { lanes, heightPx }: Plan): void {
  for (const { zone, x, w } of lanes.bands)
    pen.rect(`zone ${zone}`, 'band', { x, y: 0, w, h: heightPx }, 0, { fill: pen.ink.band });
}

/** Before the first message: how to get one. */
function drawNothing(pen: Pen, { telling, leftPx, widthPx, heightPx }: Plan): void {
  if (telling.stirs.length > 0) return;
  const text = 'Nothing has happened yet. Press W for one write.';
  pen.text('nothing', text, (leftPx + widthPx) / 2, (HEAD_PX + heightPx) / 2, {
    face: 'dense',
    fill: pen.ink.muted,
    align: 'center',
    room: widthPx - leftPx,
  });
}

const TICKS_APART_PX = 64;

function drawTicks(pen: Pen, plan: Plan): void {
  const { ink } = pen;
  const { axis, scrollPx, heightPx, leftPx, widthPx, narrow, yOf } = plan;
  const ticks = ticksOf(axis, scrollPx, scrollPx + heightPx - HEAD_PX, TICKS_APART_PX);
  const stepUs = Math.min(...ticks.map((at, i) => at - (ticks[i - 1] ?? Number.NEGATIVE_INFINITY)));
  const digits = stepUs >= 1_000 ? 0 : stepUs >= 100 ? 1 : 2;
  for (const at of ticks) {
    const y = Math.round(yOf(at)) + 0.5;
    pen.lines(
      `tick ${at}`,
      'ruler',
      [leftPx - 6, y, widthPx, y],
      { stroke: ink.line, width: 1 },
      0.5,
    );
    pen.text(`time ${at}`, (at / 1_000).toFixed(digits), leftPx - 10, y + 4, {
      face: narrow ? 'microMono' : 'figure',
      fill: ink.faint,
      align: 'right',
      room: leftPx - 12,
    });
  }
}

/** Lanes end at the present: what is below has not happened. */
function drawLanes(pen: Pen, { lanes, look, yOf, heightPx }: Plan): void {
  const { ink } = pen;
  const end = Math.min(heightPx, yOf(look.nowUs));
  for (const { id, x, kind } of lanes.all) {
    const others = kind === 'others' ? { dash: [2, 4] } : {};
    pen.lines(`lane ${id}`, 'ruler', [x, HEAD_PX, x, end], {
      stroke: ink.ghost,
      width: 1,
      ...others,
    });
  }
}

const DOWN_PX = 14;

function drawOutages(pen: Pen, plan: Plan): void {
  for (const outage of [...plan.telling.outages, ...olderOutages(plan)])
    drawOutage(pen, plan, outage);
}

function drawOutage(
  pen: Pen,
  { lanes, look, yOf, heightPx }: Plan,
  { id, fromUs, toUs }: Outage,
): void {
  const { ink } = pen;
  const lane = lanes.of(id);
  const y = Math.max(HEAD_PX, yOf(fromUs));
  const h = Math.min(heightPx, yOf(toUs ?? look.nowUs)) - y;
  if (lane === null || lane.kind === 'others' || h <= 0) return;
  const box = { x: lane.x - DOWN_PX / 2, y, w: DOWN_PX, h };
  const name = `down ${id} ${fromUs}`;
  pen.rect(name, 'state', box, 0, { fill: ink.stage, stroke: ink.fail, width: 1 });
  pen.hatch(`${name} hatch`, box, 0, ink.fail, 0.45);
}

/** What is down now, though nothing that is kept tells since when. */
function olderOutages({ view, telling, axis }: Plan): readonly Outage[] {
  const known = new Set(telling.outages.flatMap(({ id, toUs }) => (toUs === null ? id : [])));
  const down = [...view.hosts, ...view.instances].filter(
    ({ id, state }) => (state === 'down' || state === 'lost') && !known.has(id),
  );
  const fromUs = beginOf(axis);
  return down.map(({ id }) => ({ id, fromUs, toUs: null }));
}

const TOOTH_PX = 5;

/** Where idle time is cut: the lanes break in a zig-zag that says how much is left out. */
function drawFolds(pen: Pen, plan: Plan): void {
  const { axis, scrollPx, heightPx, leftPx, widthPx } = plan;
  const { ink } = pen;
  const inside = heightPx - HEAD_PX;
  for (const { folded, fromPx, toPx, fromUs, toUs } of stretchesIn(
    axis,
    scrollPx,
    scrollPx + inside,
  )) {
    if (!folded) continue;
    const y = HEAD_PX + (fromPx + toPx) / 2 - scrollPx;
    const box = { x: leftPx - 6, y: y - TOOTH_PX, w: widthPx - leftPx + 6, h: 2 * TOOTH_PX };
    pen.rect(`cut ${fromUs}`, 'band', box, 0, { fill: ink.stage });
    for (const dy of [-TOOTH_PX / 2, TOOTH_PX / 2])
      pen.poly(`zig-zag ${fromUs} ${dy}`, 'edge', teeth(leftPx - 6, widthPx, y + dy), {
        stroke: ink.wire,
        width: 1,
      });
    drawSkipped(pen, plan, fromUs, toUs, y + 4);
  }
}

/** How much time was cut, in the gap between the instances and the zones or, where that is narrow, in the margin. */
function drawSkipped(pen: Pen, plan: Plan, fromUs: Micros, toUs: Micros, y: number): void {
  const { ink } = pen;
  const { lanes, leftPx, widthPx, narrow } = plan;
  const text = durationText(toUs - fromUs);
  const name = `skipped ${fromUs}`;
  if (narrow) {
    pen.text(name, text, leftPx - 10, y, {
      face: 'micro',
      fill: ink.muted,
      align: 'right',
      room: leftPx - 12,
    });
    return;
  }
  const words = `nothing for ${text}`;
  const w = pen.measure(words, faces.caption.font) + 16;
  const middle = (leftPx + (lanes.all.at(-1)?.x ?? widthPx)) / 2;
  pen.rect(`${name} paper`, 'label', { x: middle - w / 2, y: y - 12, w, h: 16 }, 0, {
    fill: ink.stage,
  });
  pen.text(name, words, middle, y, { face: 'caption', fill: ink.muted, align: 'center' });
}

function teeth(fromX: number, toX: number, y: number): readonly number[] {
  const points: number[] = [];
  let up = true;
  for (let x = fromX; x < toX + TOOTH_PX; x += TOOTH_PX) {
    points.push(x, up ? y - TOOTH_PX / 2 : y + TOOTH_PX / 2);
    up = !up;
  }
  return points;
}

function drawNow(pen: Pen, { look, yOf, leftPx, widthPx, heightPx }: Plan): void {
  const y = Math.round(yOf(look.nowUs)) + 0.5;
  if (y > heightPx) return;
  const { ink } = pen;
  pen.lines('now', 'ruler', [leftPx - 6, y, widthPx, y], { stroke: ink.text, width: 1 }, 0.6);
  pen.text('now word', 'now', leftPx - 10, y + 19, {
    face: 'caption',
    fill: ink.text,
    align: 'right',
  });
}
