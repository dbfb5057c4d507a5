import type { Ink } from '../display.ts';
import { rect } from '../geometry.ts';
import type { Pen } from '../pen.ts';
import { type Plan, type Side, TITLE_PX } from './plan.ts';
import type { Bar, Waterfall } from './waterfall.ts';

/** A bar's place; a hair wide at least, so that it can be seen. */
export function boxOf({ falls, rowPx, xOf }: Plan, side: Side, { lane, fromUs, toUs }: Bar) {
  const pad = rowPx > 14 ? 3 : 2;
  const x = xOf(fromUs);
  const top = falls[side].y + TITLE_PX + lane * rowPx + pad;
  return rect(x, top, Math.max(1.5, xOf(toUs) - x), rowPx - 2 * pad);
}

/** What came after the quorum is pale: nobody waited for it. */
const LATE = 0.4;

/** One step of a wait, at its lane and its time. */
export function drawBar(pen: Pen, plan: Plan, side: Side, bar: Bar, { quorum }: Waterfall): void {
  const { ink } = pen;
  const box = boxOf(plan, side, bar);
  const late = quorum !== null && bar.toUs > quorum.atUs && !bar.critical;
  const owner = `${plan.enlarged ? 'enlarged ' : ''}${side} ${bar.id}`;
  pen.for(owner, late ? LATE : 1, () => {
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
export function drawStep(pen: Pen, plan: Plan, side: Side, bar: Bar, next: Bar): void {
  const [a, b] = [boxOf(plan, side, bar), boxOf(plan, side, next)];
  if (next.fromUs - bar.toUs > 1 || bar.lane === next.lane) return;
  const x = Math.round(a.x + a.w) - 0.5;
  const [upper, lower] = a.y < b.y ? [a, b] : [b, a];
  pen.lines(`step ${bar.id}`, 'edge', [x, upper.y + upper.h, x, lower.y], {
    ...{ stroke: pen.ink.text, width: 1.5 },
  });
}

/** A frame around the bar that is read. */
export function drawCursor(pen: Pen, plan: Plan, side: Side, { bars }: Waterfall): void {
  const { cursor } = plan.look;
  const bar = cursor?.side === side ? bars[cursor.bar] : undefined;
  if (!bar) return;
  const { x, y, w, h } = boxOf(plan, side, bar);
  pen.rect(`${side} cursor`, 'frame', rect(x - 3, y - 3, w + 6, h + 6), 4, {
    ...{ stroke: pen.ink.focus, width: 2 },
  });
}
