import type { VolumeView } from '../protocol/view.ts';
import type { RangeView } from '../protocol/view-change.ts';
import { annuls, drawAnnulled, rangeName } from './annulled.ts';
import type { Rect } from './display.ts';
import { faces } from './fonts.ts';
import { clamp, rect } from './geometry.ts';
import type { Pen } from './pen.ts';
import { drawHot } from './ruler.ts';
import type { Lsn } from './view-types.ts';

const PITCH = 7;
/** A cancelled range takes the room of so many records, however many numbers it has: its bounds fit if there is room for them. */
const rangePlaces = (count: number): number => clamp(Math.floor(count * 0.55), 3, 13);

/** One place of the ruler: a record's, or the first of the places of a cancelled range. */
type Place = Lsn | RangeView | null;

const isRange = (place: Place | undefined): place is RangeView =>
  typeof place === 'object' && place !== null;

/** LSNs shown on a console: the newest ones, all that are not durable among them if they fit. */
function placesOf(volume: VolumeView, w: number): readonly Place[] {
  const count = clamp(Math.floor(w / PITCH), 5, 24);
  const ahead = volume.ranges.find(
    ({ above, upTo }) => above <= volume.allocated && volume.allocated <= upTo,
  );
  const block = rangePlaces(count);
  const spare = ahead ? block : Math.max(1, Math.min(3, Math.floor(count / 6)));
  const newest = ahead ? Math.min(volume.allocated, ahead.above) : volume.allocated;
  const places: Place[] = [];
  for (let lsn = newest; places.length < count - spare && lsn > 0; ) {
    const range = volume.ranges.find((each) => annuls(each, lsn));
    if (!range) places.unshift(lsn--);
    else {
      places.unshift(range, ...Array.from({ length: block - 1 }, () => null));
      lsn = range.above;
    }
  }
  const end: readonly Place[] = ahead
    ? [ahead, null, null]
    : Array.from({ length: spare }, () => null);
  // A young volume stands at the left, as it will when it is older.
  return [...places.slice(Math.max(0, places.length + spare - count)), ...end].concat(
    Array.from({ length: Math.max(0, count - places.length - end.length) }, () => null),
  );
}

interface Until {
  /** Everything up to here is settled for this instance. */
  readonly point: Lsn;
  readonly colour: string;
  readonly writer: boolean;
}

const xAt = (k: number, count: number, box: Rect): number =>
  Math.round(box.x + ((k + 0.5) * box.w) / count) + 0.5;

/** Where the line of what is settled ends: behind the last place at or below the point. */
function endOf(places: readonly Place[], point: Lsn, box: Rect): number {
  const last = places.findLastIndex((place) => typeof place === 'number' && place <= point);
  return clamp(xAt(last, places.length, box) + 3, box.x, box.x + box.w);
}

/**
 * The volume's log as one instance sees it. Ticks up to the point are at rest under the durable line;
 * beyond it the writer's own records are amber and bare, a replica's are ghosts. Numbers cancelled by a
 * recovery are one hatched block with its bounds.
 */
export function drawVolumeRuler(pen: Pen, volume: VolumeView, box: Rect, until: Until): void {
  const { ink } = pen;
  const places = placesOf(volume, box.w);
  const base = box.y + box.h - 0.5;
  const settled: number[] = [];
  const open: number[] = [];
  places.forEach((place, k) => {
    if (typeof place !== 'number') return;
    const x = xAt(k, places.length, box);
    const h = place % 5 === 0 ? box.h - 3 : (box.h - 3) * 0.62;
    (place <= until.point ? settled : open).push(x, base - 3, x, base - 3 - Math.round(h));
  });
  pen.lines('axis', 'ruler', [box.x, base, box.x + box.w, base], { stroke: ink.wire, width: 1 });
  pen.lines('settled', 'ruler', settled, { stroke: ink.tick, width: 1 });
  if (until.writer) drawHot(pen, 'open', open);
  else pen.lines('open', 'ruler', open, { stroke: ink.ghost, width: 1, dash: [1, 2] });
  places.forEach((place, k) => {
    if (isRange(place)) drawRange(pen, place, k, places.length, box);
  });
  if (until.writer) drawOldest(pen, places, volume.pgmrpl, box);
  const end = endOf(places, until.point, box);
  pen.lines('durable', 'ruler', [box.x, base, end, base], { stroke: until.colour, width: 2 });
  pen.lines('durable-end', 'ruler', [end, base, end, base - box.h + 1], {
    stroke: until.colour,
    width: 2,
  });
}

/** The oldest read view: a foot below the axis. Nobody needs what is older. */
function drawOldest(pen: Pen, places: readonly Place[], pgmrpl: Lsn, box: Rect): void {
  const at = places.findLastIndex((place) => typeof place === 'number' && place <= pgmrpl);
  if (at < 0) return;
  const x = xAt(at, places.length, box);
  const y = box.y + box.h + 1.5;
  pen.poly('oldest', 'mark', [x - 3, y + 4, x, y, x + 3, y + 4], {
    stroke: pen.ink.pageStroke,
    width: 1.5,
  });
}

/** The block, and its bounds above it where they fit. */
function drawRange(pen: Pen, range: RangeView, k: number, count: number, box: Rect): void {
  const pitch = box.w / count;
  const x = Math.round(box.x + k * pitch) + 2;
  const w = Math.min(Math.round(rangePlaces(count) * pitch), Math.round(box.x + box.w - x)) - 3;
  const area = rect(x, box.y + 3, w, box.h - 7);
  drawAnnulled(pen, `cancelled-${range.epoch}`, area, true);
  const name = rangeName(range);
  const wide = pen.measure(name, faces.microMono.font);
  if (wide + 4 > w || area.h < 13) return;
  const at = rect(x + (w - wide) / 2 - 2, area.y + area.h / 2 - 6.5, wide + 4, 13);
  pen.rect(`cancelled-${range.epoch}-ground`, 'state', at, 2, { fill: pen.ink.console });
  pen.text(`cancelled-${range.epoch}-bounds`, name, x + w / 2, area.y + area.h / 2 + 4, {
    face: 'microMono',
    fill: pen.ink.failText,
    align: 'center',
    role: 'detail',
  });
}

/** Where the durable line ends, for the light of its step. */
export function durableEnd(volume: VolumeView, box: Rect): readonly [number, number] {
  return [endOf(placesOf(volume, box.w), volume.vdl, box), box.y + box.h / 2];
}
