import type { Palette } from '../../scene/tokens.ts';
import type { Size } from '../hooks/use-element-size.ts';
import type { Marks } from './marks.ts';

export interface TrackTimes {
  readonly endUs: number;
  readonly edgeUs: number;
  readonly nowUs: number;
}

const TRACK = { top: 10, height: 6 } as const;
const COMMIT_TOP = TRACK.top + TRACK.height + 3;
const OUTAGE_TOP = TRACK.top - 6;

/** Draws the track: what was played, what is known beyond, commits below it and outages above. */
export function paintTrack(
  context: CanvasRenderingContext2D,
  { width, height }: Size,
  times: TrackTimes,
  marks: Marks,
  colours: Palette,
): void {
  const at = (us: number): number => (us / times.endUs) * width;
  context.clearRect(0, 0, width, height);
  const bar = (toPx: number, fill: string): void => {
    context.fillStyle = fill;
    context.fillRect(0, TRACK.top, toPx, TRACK.height);
  };
  bar(width, colours.raised);
  bar(at(times.edgeUs), colours.lineStrong);
  bar(at(times.nowUs), colours.selected);
  context.fillStyle = colours.failText;
  for (const { fromUs, toUs } of marks.outages) {
    const from = at(fromUs);
    context.fillRect(from, OUTAGE_TOP, Math.max(2, at(toUs ?? times.edgeUs) - from), 3);
  }
  context.fillStyle = colours.ackText;
  let lastPx = -2;
  for (const us of marks.commits) {
    const px = Math.round(at(us));
    // One tick a pixel is all that can be seen.
    if (px - lastPx < 2) continue;
    context.fillRect(px, COMMIT_TOP, 1, 5);
    lastPx = px;
  }
}
