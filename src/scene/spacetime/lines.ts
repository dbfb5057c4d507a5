import type { SentMessage } from '../../history/message.ts';
import { drawGlyph, drawLoss, glyphs, tint } from '../glyphs.ts';
import type { Pen } from '../pen.ts';
import { strengthOf } from './emphasis.ts';
import type { Plan, SeenMessage } from './plan.ts';

/** A message in the picture: from where it was sent to where it has come. */
export interface Line {
  readonly x0: number;
  readonly y0: number;
  readonly x1: number;
  readonly y1: number;
  readonly state: 'under way' | 'arrived' | 'lost';
}

/** Lines stop short of the lane's middle by this much, so that the glyph stands on the lane. */
export function lineOf({ yOf, look }: Plan, { message, from, to }: SeenMessage): Line {
  const { sentUs, dueUs, lost, reach } = message;
  const y0 = yOf(sentUs);
  const endX = from.x + (to.x - from.x) * reach;
  const endY = yOf(dueUs);
  if (dueUs <= look.nowUs)
    return { x0: from.x, y0, x1: endX, y1: endY, state: lost === null ? 'arrived' : 'lost' };
  const nowY = yOf(look.nowUs);
  const share = endY > y0 ? Math.min(1, (nowY - y0) / (endY - y0)) : 1;
  return { x0: from.x, y0, x1: from.x + (endX - from.x) * share, y1: nowY, state: 'under way' };
}

/** Every message of the picture: its line, and the shape of its kind at the head. */
export function drawMessages(pen: Pen, plan: Plan): void {
  for (const seen of plan.messages)
    pen.for(`m${seen.message.order}`, strengthOf(plan, seen), () => drawMessage(pen, plan, seen));
}

/** Finished ones step back behind what is still under way. */
const AT_REST = 0.72;
const SMALL = 0.8;
/** Half the distance between the two lines of a batch. */
const TWIN_PX = 1.75;

function drawMessage(pen: Pen, plan: Plan, seen: SeenMessage): void {
  const { message } = seen;
  const line = lineOf(plan, seen);
  const { x0, y0, x1, y1, state } = line;
  const stroke = tint(pen.ink, glyphs[message.kind].colour).stroke;
  const ink = {
    stroke,
    width: glyphs[message.kind].line === 'solid' ? 1.5 : 1,
    ...dashOf(message, plan.telling.isSlow(message)),
  };
  const quiet = state === 'arrived' ? AT_REST : 1;
  pen.lines('line', 'flight', pointsOf(message, line), ink, quiet);
  if (state === 'under way') pen.glow('light', x1, y1, 14, stroke, 0.5);
  if (state === 'lost') drawLoss(pen, x1, y1, 1);
  else {
    const back = message.undoes > 0 && message.undoes === message.count;
    drawGlyph(pen, message.kind, x1, y1, { scale: state === 'arrived' ? SMALL : 1, back });
  }
  if (message.unheard)
    pen.circle('unheard', 'mark', x1, y1, 7, { stroke: pen.ink.failText, width: 1.25 });
  pen.circle('start', 'port', x0, y0, 1.75, { fill: stroke });
}

/** An acknowledgement names records but carries none. */
const isBatch = ({ count, kind }: SentMessage): boolean => count > 1 && kind !== 'ack';

/** One line, or two beside each other for several records. */
function pointsOf(message: SentMessage, { x0, y0, x1, y1 }: Line): readonly number[] {
  const length = Math.max(1, Math.hypot(x1 - x0, y1 - y0));
  if (!isBatch(message)) return [x0, y0, x1, y1];
  const dx = (-(y1 - y0) / length) * TWIN_PX;
  const dy = ((x1 - x0) / length) * TWIN_PX;
  return [x0 + dx, y0 + dy, x1 + dx, y1 + dy, x0 - dx, y0 - dy, x1 - dx, y1 - dy];
}

function dashOf({ kind }: SentMessage, slow: boolean): { readonly dash?: readonly number[] } {
  if (slow) return { dash: [8, 5] };
  return glyphs[kind].line === 'dotted' ? { dash: [1.5, 3] } : {};
}
