import type { Ink } from '../display.ts';
import { faces } from '../fonts.ts';
import { rect } from '../geometry.ts';
import { lengthText, roundStep, timeTexts } from '../metrics/words.ts';
import type { Pen } from '../pen.ts';
import type { Micros } from '../view-types.ts';
import { type Plan, type Side, TITLE_PX } from './plan.ts';
import type { Bar, Waterfall } from './waterfall.ts';

/** Both waterfalls on one axis of time. */
export function drawFalls(ground: Pen, pen: Pen, plan: Plan): void {
  const { shown } = plan.moment;
  drawAxis(ground, plan);
  drawSide(ground, pen, plan, 'aurora', shown?.aurora ?? null);
  drawSide(ground, pen, plan, 'mysql', shown?.mysql ?? null);
}

const TICKS = 6;
/** What the axis counts, the longest that fits. */
const AXIS_WORDS = ['of waiting for the commit, simulated', 'of waiting, simulated', 'simulated'];

function drawAxis(pen: Pen, { lengthUs, xOf, axisY, falls, narrow, widthPx }: Plan): void {
  const { ink } = pen;
  const step = roundStep(lengthUs, narrow ? TICKS / 2 : TICKS);
  const times = Array.from({ length: Math.floor(lengthUs / step) + 1 }, (_, i) => i * step);
  const texts = timeTexts(times);
  times.forEach((us, i) => {
    const x = Math.round(xOf(us)) + 0.5;
    for (const side of ['aurora', 'mysql'] as const) {
      const { y, h } = falls[side];
      pen.lines(
        `tick ${side} ${us}`,
        'ruler',
        [x, y + TITLE_PX, x, y + h],
        {
          ...{ stroke: ink.line, width: 1 },
        },
        us === 0 ? 1 : 0.5,
      );
    }
    pen.text(`time ${us}`, texts[i] ?? '', x, axisY + 15, {
      ...{ face: 'caption', fill: ink.faint, align: 'center' },
    });
  });
  const last = xOf(times.at(-1) ?? 0) + pen.measure(texts.at(-1) ?? '', faces.caption.font) / 2;
  const room = widthPx - falls.mysql.x - last - 8;
  const words = AXIS_WORDS.find((text) => pen.measure(text, faces.caption.font) <= room) ?? '';
  pen.text('axis', words, widthPx - falls.mysql.x, axisY + 15, {
    ...{ face: 'caption', fill: ink.faint, align: 'right' },
  });
}

const NAMES: Readonly<Record<Side, string>> = { aurora: 'Aurora', mysql: 'MySQL' };

function drawSide(ground: Pen, pen: Pen, plan: Plan, side: Side, fall: Waterfall | null): void {
  const { ink } = pen;
  const area = plan.falls[side];
  const { x, y, w } = area;
  const took = pen.text(`${side} fall`, NAMES[side], x, y + 16, { face: 'name', fill: ink.text });
  pen.text(`${side} finding`, findingOf(plan, side, fall), x + took + 8, y + 16, {
    ...{ face: 'dense', fill: ink.muted, room: w - took - 8 },
  });
  if (!fall) return;
  drawLanes(ground, plan, side, fall);
  pen.for(`${side} bars`, 1, () => {
    fall.bars.forEach((bar, i) => {
      drawBar(pen, plan, side, bar, fall);
      const next = fall.bars[i + 1];
      if (side === 'mysql' && next) drawStep(pen, plan, side, bar, next);
    });
  });
  drawEnd(pen, plan, side, fall);
  drawCursor(pen, plan, side, fall);
}

function findingOf({ moment, narrow }: Plan, side: Side, fall: Waterfall | null): string {
  const { shown } = moment;
  if (!shown) return side === 'aurora' ? 'No transaction has been answered by both yet.' : '';
  const { txn, mysqlTxn } = shown;
  if (!fall) return `transaction ${txn} has not been answered yet`;
  const own = side === 'mysql' && mysqlTxn !== txn ? ` (its own number is ${mysqlTxn})` : '';
  const how = side === 'mysql' ? 'one after another' : 'copies side by side';
  const hops = `${fall.hops} hops${narrow ? '' : `, ${how}`}`;
  return `transaction ${txn}${narrow ? '' : own}: ${hops}`;
}

function drawLanes(pen: Pen, plan: Plan, side: Side, { lanes }: Waterfall): void {
  const { rowPx, falls, narrow, leftPx, widthPx } = plan;
  const { x, y } = falls[side];
  lanes.slice(0, 6).forEach((name, i) => {
    const top = y + TITLE_PX + i * rowPx;
    if (i % 2 === 0)
      pen.rect(`${side} lane ${i}`, 'band', rect(x, top, widthPx - 2 * x, rowPx), 0, {
        fill: pen.ink.band,
      });
    pen.text(`${side} lane name ${i}`, name, x + 4, top + rowPx / 2 + 4, {
      ...{ face: narrow || rowPx < 15 ? 'micro' : 'caption', fill: pen.ink.muted },
      room: leftPx - x - 8,
    });
  });
}

/** A bar's place; a hair wide at least, so that it can be seen. */
function boxOf({ falls, rowPx, xOf }: Plan, side: Side, { lane, fromUs, toUs }: Bar) {
  const pad = rowPx > 14 ? 3 : 2;
  const x = xOf(fromUs);
  const top = falls[side].y + TITLE_PX + lane * rowPx + pad;
  return rect(x, top, Math.max(1.5, xOf(toUs) - x), rowPx - 2 * pad);
}

/** What came after the quorum is pale: nobody waited for it. */
const LATE = 0.4;

function drawBar(pen: Pen, plan: Plan, side: Side, bar: Bar, { quorum }: Waterfall): void {
  const { ink } = pen;
  const box = boxOf(plan, side, bar);
  const late = quorum !== null && bar.toUs > quorum.atUs && !bar.critical;
  pen.for(`${side} ${bar.id}`, late ? LATE : 1, () => {
    if (bar.kind === 'wait' || bar.kind === 'binlog')
      pen.hatch('hatch', box, 2, bar.kind === 'wait' ? ink.muted : ink.redoStroke, 0.7, 4);
    pen.rect('bar', 'mark', box, 2, inkOf(pen, bar));
    if (bar.critical)
      pen.rect('critical', 'frame', box, 2, {
        stroke: ink.text,
        width: side === 'aurora' ? 2 : 1.5,
      });
  });
}

function inkOf({ ink }: Pen, { kind }: Bar): Ink {
  switch (kind) {
    case 'redo':
      return { fill: ink.redo, stroke: ink.redoStroke, width: 1 };
    case 'back':
      return { fill: ink.ack, stroke: ink.ackStroke, width: 1 };
    case 'binlog':
      return { stroke: ink.redoStroke, width: 1 };
    case 'metadata':
    case 'wait':
      return { stroke: ink.muted, width: 1 };
  }
}

/** From the end of one step down, or up, to the beginning of the next. */
function drawStep(pen: Pen, plan: Plan, side: Side, bar: Bar, next: Bar): void {
  const [a, b] = [boxOf(plan, side, bar), boxOf(plan, side, next)];
  if (next.fromUs - bar.toUs > 1 || bar.lane === next.lane) return;
  const x = Math.round(a.x + a.w) - 0.5;
  const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
  pen.lines(`step ${bar.id}`, 'edge', [x, upper.y + upper.h, x, lower.y], {
    ...{ stroke: pen.ink.text, width: 1.5 },
  });
}

/** When the client was answered, and on Aurora which acknowledgement made it so. */
function drawEnd(pen: Pen, plan: Plan, side: Side, { bars, waitedUs, quorum }: Waterfall): void {
  const { ink } = pen;
  const { y, h } = plan.falls[side];
  const line = (name: string, us: Micros, dash: readonly number[]): void => {
    const x = Math.round(plan.xOf(us)) + 0.5;
    pen.lines(name, 'seal', [x, y + TITLE_PX - 3, x, y + h], {
      ...{ stroke: side === 'aurora' ? ink.ackStroke : ink.text, width: 1.75, dash },
    });
  };
  const at = quorum?.atUs ?? waitedUs;
  line(`${side} end`, waitedUs, []);
  if (quorum && quorum.atUs !== waitedUs) line(`${side} quorum`, quorum.atUs, [3, 3]);
  const words = quorum ? `${ordinal(quorum.copies)} ack, ${lengthText(at)}` : lengthText(waitedUs);
  const last = bars.reduce((end, { toUs }) => Math.max(end, toUs), waitedUs);
  const x = plan.xOf(last) + 8;
  const room = plan.widthPx - x - 4;
  const top = y + TITLE_PX + (side === 'aurora' ? 3 : 4.5) * plan.rowPx + 5;
  pen.text(`${side} end words`, words, x, top, { face: 'name', fill: ink.text, room });
}

const ordinal = (n: number): string => `${n}${['st', 'nd', 'rd'][n - 1] ?? 'th'}`;

function drawCursor(pen: Pen, plan: Plan, side: Side, { bars }: Waterfall): void {
  const { cursor } = plan.look;
  const bar = cursor?.side === side ? bars[cursor.bar] : undefined;
  if (!bar) return;
  const { x, y, w, h } = boxOf(plan, side, bar);
  pen.rect(`${side} cursor`, 'frame', rect(x - 3, y - 3, w + 6, h + 6), 4, {
    ...{ stroke: pen.ink.focus, width: 2 },
  });
}

/** Where each bar can be pointed at. */
export const spotsOf = (plan: Plan, side: Side, fall: Waterfall | null, txn: number | null) =>
  (fall?.bars ?? []).map((bar) => {
    const { x, y, w, h } = boxOf(plan, side, bar);
    return {
      id: `${side} ${bar.id}`,
      name: bar.says,
      stands: txn === null ? null : { kind: 'transaction', id: String(txn) },
      ...rect(x - 2, y - 2, w + 4, h + 4),
    };
  });
