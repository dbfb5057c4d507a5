import type { VolumeView } from '../protocol/view.ts';
import type { Rect } from './display.ts';
import { clamp } from './geometry.ts';
import type { Pen } from './pen.ts';
import { drawHot } from './ruler.ts';
import type { Lsn } from './view-types.ts';

const PITCH = 7;

/** LSNs shown on a console: the newest ones, all that are not durable among them if they fit. */
function windowOf(volume: VolumeView, w: number): { readonly first: Lsn; readonly count: number } {
  const count = clamp(Math.floor(w / PITCH), 5, 24);
  const spare = Math.max(1, Math.min(3, Math.floor(count / 6)));
  return { first: Math.max(1, volume.allocated - count + 1 + spare), count };
}

const xOf = (lsn: Lsn, first: Lsn, box: Rect, count: number): number =>
  Math.round(box.x + ((lsn - first + 0.5) * box.w) / count) + 0.5;

interface Until {
  /** Everything up to here is settled for this instance. */
  readonly point: Lsn;
  readonly colour: string;
  readonly writer: boolean;
}

/**
 * The volume's log as one instance sees it. Ticks up to the point are at rest under the durable line;
 * beyond it the writer's own records are amber and bare, a replica's are ghosts.
 */
export function drawVolumeRuler(pen: Pen, volume: VolumeView, box: Rect, until: Until): void {
  const { ink } = pen;
  const { first, count } = windowOf(volume, box.w);
  const base = box.y + box.h - 0.5;
  const settled: number[] = [];
  const open: number[] = [];
  for (let lsn = first; lsn <= volume.allocated && lsn < first + count; lsn++) {
    const x = xOf(lsn, first, box, count);
    const h = lsn % 5 === 0 ? box.h - 3 : (box.h - 3) * 0.62;
    (lsn <= until.point ? settled : open).push(x, base - 3, x, base - 3 - Math.round(h));
  }
  pen.lines('axis', 'ruler', [box.x, base, box.x + box.w, base], { stroke: ink.wire, width: 1 });
  pen.lines('settled', 'ruler', settled, { stroke: ink.tick, width: 1 });
  if (until.writer) drawHot(pen, 'open', open);
  else pen.lines('open', 'ruler', open, { stroke: ink.ghost, width: 1, dash: [1, 2] });
  const end = clamp(xOf(until.point, first, box, count) + 3, box.x, box.x + box.w);
  pen.lines('durable', 'ruler', [box.x, base, end, base], { stroke: until.colour, width: 2 });
  pen.lines('durable-end', 'ruler', [end, base, end, base - box.h + 1], {
    stroke: until.colour,
    width: 2,
  });
}

/** Where the durable line ends, for the light of its step. */
export function durableEnd(volume: VolumeView, box: Rect): readonly [number, number] {
  const { first, count } = windowOf(volume, box.w);
  const x = clamp(xOf(volume.vdl, first, box, count) + 3, box.x, box.x + box.w);
  return [x, box.y + box.h / 2];
}
