import type { Level } from '../../history/standing.ts';
import type { Track } from '../../history/track-history.ts';
import type { Palette } from '../../scene/tokens.ts';
import type { Loop } from '../../store/course.ts';
import type { Size } from '../hooks/use-element-size.ts';
import type { TimeScale } from './timeline-scale.ts';

/** A future that was left: from where it parts to where it was left. */
export interface Ghost {
  readonly id: number;
  readonly title: string;
  readonly fromUs: number;
  readonly toUs: number;
}

/** What is drawn on the track. */
export interface TrackPicture {
  readonly scale: TimeScale;
  readonly edgeUs: number;
  readonly nowUs: number;
  readonly track: Track | null;
  readonly ghosts: readonly Ghost[];
  readonly loop: Loop | null;
}

interface Lane {
  readonly top: number;
  readonly height: number;
}

/** From top to bottom: what is down, writes, the track, reads, commits, ghosts. Place tells what colour also tells. */
const LANES = {
  outages: { top: 0, height: 4 },
  writes: { top: 6, height: 6 },
  track: { top: 13, height: 6 },
  reads: { top: 20, height: 6 },
  commits: { top: 28, height: 6 },
  ghosts: { top: 35, height: 5 },
} as const satisfies Record<string, Lane>;

/** The width of a line of hatching and its gap. */
const HATCH_PX = 4;

/** Draws the track and its lanes. Called when the summary changes: ten times a second at most. */
export function paintTrack(
  context: CanvasRenderingContext2D,
  size: Size,
  picture: TrackPicture,
  colours: Palette,
): void {
  context.clearRect(0, 0, size.width, size.height);
  const pen = new Pen(context, size.width, picture.scale);
  paintLine(pen, picture, colours);
  if (picture.track) {
    paintBands(pen, picture.track, picture.edgeUs, colours);
    paintStretches(pen, picture.track, picture.edgeUs, colours);
    paintCommits(pen, picture.track, colours);
    paintUnread(pen, picture.track, colours);
  }
  for (const { fromUs, toUs } of picture.ghosts) {
    pen.hatch(LANES.ghosts, fromUs, toUs, colours.muted);
    pen.fill(
      { top: LANES.track.top, height: LANES.ghosts.top - LANES.track.top },
      fromUs,
      fromUs,
      colours.muted,
    );
  }
}

/** Rectangles between two moments. */
class Pen {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly #scale: TimeScale;

  constructor(context: CanvasRenderingContext2D, width: number, scale: TimeScale) {
    this.context = context;
    this.width = width;
    this.#scale = scale;
  }

  x(us: number): number {
    return Math.min(1, this.#scale.toShare(us)) * this.width;
  }

  /** However short, it can be seen. */
  fill({ top, height }: Lane, fromUs: number, toUs: number, colour: string, leastPx = 1): void {
    const from = this.x(fromUs);
    this.context.fillStyle = colour;
    this.context.fillRect(from, top, Math.max(leastPx, this.x(toUs) - from), height);
  }

  /** Lines at 45°. */
  hatch({ top, height }: Lane, fromUs: number, toUs: number, colour: string): void {
    const { context } = this;
    const from = this.x(fromUs);
    const width = Math.max(3, this.x(toUs) - from);
    context.save();
    context.beginPath();
    context.rect(from, top, width, height);
    context.clip();
    context.beginPath();
    for (let x = from - height; x < from + width; x += HATCH_PX) {
      context.moveTo(x, top + height);
      context.lineTo(x + height, top);
    }
    context.strokeStyle = colour;
    context.lineWidth = 1.5;
    context.stroke();
    context.restore();
  }
}

function paintLine(pen: Pen, { edgeUs, nowUs, loop }: TrackPicture, colours: Palette): void {
  const { context, width } = pen;
  context.fillStyle = colours.raised;
  context.fillRect(0, LANES.track.top, width, LANES.track.height);
  pen.fill(LANES.track, 0, edgeUs, colours.lineStrong, 0);
  pen.fill(LANES.track, 0, nowUs, colours.selected, 0);
  if (!loop) return;
  context.globalAlpha = 0.16;
  const whole = { top: 0, height: LANES.ghosts.top + LANES.ghosts.height };
  pen.fill(whole, loop.fromUs, loop.toUs, colours.selected, 2);
  context.globalAlpha = 1;
}

/** Nothing where all is well; hatched where one waits; filled where it is lost. */
function paintBands(pen: Pen, { availability }: Track, edgeUs: number, colours: Palette): void {
  availability.forEach(({ fromUs, writes, reads }, i) => {
    const toUs = availability[i + 1]?.fromUs ?? edgeUs;
    paintLevel(pen, LANES.writes, [fromUs, toUs], writes, colours);
    paintLevel(pen, LANES.reads, [fromUs, toUs], reads, colours);
  });
}

function paintLevel(
  pen: Pen,
  lane: Lane,
  [fromUs, toUs]: readonly [number, number],
  level: Level,
  colours: Palette,
): void {
  if (level === 'yes') return;
  if (level === 'waits') pen.hatch(lane, fromUs, toUs, colours.redoText);
  else pen.fill(lane, fromUs, toUs, colours.failText, 2);
}

function paintStretches(pen: Pen, track: Track, edgeUs: number, colours: Palette): void {
  const { top, height } = LANES.outages;
  for (const { kind, fromUs, toUs } of track.stretches) {
    const end = toUs ?? edgeUs;
    if (kind === 'machine')
      pen.fill({ top: top + 1, height: height - 2 }, fromUs, end, colours.failText, 2);
    else if (kind === 'zone') pen.hatch(LANES.outages, fromUs, end, colours.failText);
    else pen.fill({ top: LANES.writes.top - 1, height: 1 }, fromUs, end, colours.selected, 2);
  }
  const whole = {
    top: LANES.writes.top,
    height: LANES.reads.top + LANES.reads.height - LANES.writes.top,
  };
  for (const { atUs } of track.epochs) pen.fill(whole, atUs, atUs, colours.text, 2);
}

/** One tick for each commit; where there is no room for that, the higher the more there are. */
function paintCommits(pen: Pen, { commits }: Track, colours: Palette): void {
  const { context } = pen;
  const { top, height } = LANES.commits;
  const columns = new Map<number, number>();
  let most = 0;
  for (const us of commits.times) {
    const px = Math.floor(pen.x(us) / 2) * 2;
    const many = (columns.get(px) ?? 0) + commits.stride;
    columns.set(px, many);
    most = Math.max(most, many);
  }
  context.fillStyle = colours.ackText;
  for (const [px, many] of columns) {
    // By the root: where few return, one still sees that some do.
    const tall = most <= 2 ? height : Math.max(2, height * Math.sqrt(many / most));
    context.fillRect(px, top + height - tall, 1.5, tall);
  }
}

/** Dots along the track: what happened here is not known any more. */
function paintUnread(pen: Pen, { unread }: Track, colours: Palette): void {
  const { context } = pen;
  for (const { fromUs, toUs } of unread) {
    const [from, to] = [pen.x(fromUs), pen.x(toUs)];
    context.fillStyle = colours.muted;
    for (let x = from; x < to; x += 2 * HATCH_PX)
      for (const lane of [LANES.writes, LANES.reads]) context.fillRect(x, lane.top + 2, 2, 1);
  }
}
