import { rect } from '../geometry.ts';
import { lengthText, roundStep, timeTexts } from '../metrics/words.ts';
import type { Pen } from '../pen.ts';
import type { Micros } from '../view-types.ts';
import { boxOf, drawBar, drawCursor, drawStep } from './bars.ts';
import { type Plan, type Side, TITLE_PX } from './plan.ts';
import type { Waterfall } from './waterfall.ts';

/** Both waterfalls on one axis of time. */
export function drawFalls(ground: Pen, pen: Pen, plan: Plan): void {
  const { shown } = plan.moment;
  drawAxis(ground, plan);
  drawSide(ground, pen, plan, 'aurora', shown?.aurora ?? null);
  drawSide(ground, pen, plan, 'mysql', shown?.mysql ?? null);
}

const TICKS = 6;

function drawAxis(pen: Pen, { lengthUs, xOf, axisY, falls, narrow, leftPx }: Plan): void {
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
  pen.text('axis', 'simulated', falls.mysql.x + 4, axisY + 15, {
    ...{ face: 'caption', fill: ink.faint, room: leftPx - falls.mysql.x - 12 },
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
  const lens = side === 'aurora' ? lensOf(plan, fall) : null;
  pen.for(`${side} bars`, 1, () => drawBars(pen, plan, side, fall));
  pen.for(`${side} end`, 1, () => drawEnd(pen, plan, side, fall));
  if (lens) drawLens(pen, plan, lens, fall);
  drawAnswer(pen, lens ?? plan, side, fall);
  drawCursor(pen, lens ?? plan, side, fall);
}

function drawBars(pen: Pen, plan: Plan, side: Side, fall: Waterfall): void {
  fall.bars.forEach((bar, i) => {
    drawBar(pen, plan, side, bar, fall);
    const next = fall.bars[i + 1];
    if (side === 'mysql' && next) drawStep(pen, plan, side, bar, next);
  });
}

/** Beside what is at least so wide on the common axis, nothing is enlarged. */
const READABLE_PX = 120;
const LENS_PX = 260;
const LEAST_LENS_PX = 70;
const LENS_APART_PX = 44;
/** What is written after it. */
const ANSWER_PX = 124;

const lastOf = ({ bars, waitedUs }: Waterfall): Micros =>
  bars.reduce((last, { toUs }) => Math.max(last, toUs), waitedUs);

/** The fan-out once more beside itself, where the common axis leaves it too small to be read. */
function lensOf(plan: Plan, fall: Waterfall): Plan | null {
  const last = lastOf(fall);
  const end = plan.xOf(last);
  const from = end + LENS_APART_PX;
  const size = Math.min(LENS_PX, plan.widthPx - from - ANSWER_PX);
  if (last === 0 || end - plan.leftPx >= READABLE_PX || size < LEAST_LENS_PX) return null;
  return { ...plan, enlarged: true, xOf: (us) => from + (us / last) * size };
}

function drawLens(pen: Pen, plan: Plan, lens: Plan, fall: Waterfall): void {
  const { ink } = pen;
  const area = plan.falls.aurora;
  const last = lastOf(fall);
  const [from, to, end] = [lens.xOf(0), lens.xOf(last), plan.xOf(last)];
  const top = area.y + TITLE_PX - 1;
  const box = rect(from - 5, top, to - from + 10, area.h - TITLE_PX + 2);
  const low = top + box.h;
  pen.for('lens', 1, () => {
    pen.poly('cone', 'edge', [end + 3, top + 2, box.x, top], { stroke: ink.ghost, width: 1 });
    pen.poly('cone low', 'edge', [end + 3, low - 2, box.x, low], { stroke: ink.ghost, width: 1 });
    pen.rect('glass', 'frame', box, 4, { fill: ink.stage, stroke: ink.ghost, width: 1 });
    const times = Math.round((to - from) / Math.max(1, end - plan.leftPx));
    pen.text('times', `×${times}`, (end + box.x) / 2 + 2, top + box.h / 2 + 4, {
      ...{ face: 'caption', fill: ink.muted, align: 'center' },
    });
    drawBars(pen, lens, 'aurora', fall);
    drawEnd(pen, lens, 'aurora', fall);
  });
}

function findingOf({ moment, narrow }: Plan, side: Side, fall: Waterfall | null): string {
  const { shown } = moment;
  if (!shown) return side === 'aurora' ? moment.nothing : '';
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

/** When the client was answered, and, where that was earlier, when the record had its quorum. */
function drawEnd(pen: Pen, plan: Plan, side: Side, { waitedUs, quorum }: Waterfall): void {
  const { ink } = pen;
  const { y, h } = plan.falls[side];
  const line = (name: string, us: Micros, dash: readonly number[]): void => {
    const x = Math.round(plan.xOf(us)) + 0.5;
    pen.lines(name, 'seal', [x, y + TITLE_PX - 1, x, y + h], {
      ...{ stroke: side === 'aurora' ? ink.ackStroke : ink.text, width: 1.75, dash },
    });
  };
  line('answered', waitedUs, []);
  if (quorum && quorum.atUs !== waitedUs) line('quorum', quorum.atUs, [3, 3]);
}

/** On Aurora the acknowledgement that made it so, on MySQL the sum of all steps. */
function drawAnswer(pen: Pen, plan: Plan, side: Side, fall: Waterfall): void {
  const { waitedUs, quorum } = fall;
  const words = quorum
    ? `${ordinal(quorum.copies)} ack, ${lengthText(quorum.atUs)}`
    : lengthText(waitedUs);
  const x = plan.xOf(lastOf(fall)) + 10;
  const top = plan.falls[side].y + TITLE_PX + (side === 'aurora' ? 3 : 4.5) * plan.rowPx + 5;
  pen.text(`${side} answer`, words, x, top, {
    ...{ face: 'name', fill: pen.ink.text, room: plan.widthPx - x - 4 },
  });
}

const ordinal = (n: number): string => `${n}${['st', 'nd', 'rd'][n - 1] ?? 'th'}`;

/** Where each bar can be pointed at. */
export const spotsOf = (plan: Plan, side: Side, fall: Waterfall | null, txn: number | null) =>
  (fall?.bars ?? []).map((bar) => {
    const lens = side === 'aurora' && fall ? lensOf(plan, fall) : null;
    const { x, y, w, h } = boxOf(lens ?? plan, side, bar);
    return {
      id: `${side} ${bar.id}`,
      name: bar.says,
      stands: txn === null ? null : { kind: 'transaction', id: String(txn) },
      ...rect(x - 2, y - 2, w + 4, h + 4),
    };
  });
