import { bisector, tickStep } from 'd3';
import type { Micros } from '../view-types.ts';

/** A stretch of time in which something happens. */
interface Stir {
  readonly fromUs: Micros;
  readonly toUs: Micros;
}

/** A part of the axis, with the same scale from one end to the other. */
export interface Stretch extends Stir {
  readonly fromPx: number;
  readonly toPx: number;
  /** Idle time that was cut short. */
  readonly folded: boolean;
}

/** Time running down. Both ways never turn back: later is always lower. */
export interface Axis {
  /** Those that nothing can change any more, as far as `settled` counts, and behind them the newest. */
  readonly old: readonly Stretch[];
  readonly settled: number;
  readonly newest: readonly Stretch[];
  readonly heightPx: number;
  readonly pxPerUs: number;
  yOf(us: Micros): number;
  usAt(y: number): Micros;
}

/** Kept free of cutting before and after whatever happens. */
const PAD_US = 60;
/** Idle time up to this long is shown as it is; longer, it shrinks slowly to the least. */
const PLAIN_PX = 56;
const LEAST_PX = 30;
const SHRINK = 0.25;

/** How much room idle time gets: continuous in `px`, so that nothing jumps while it lasts. */
const foldedPx = (px: number): number =>
  px <= PLAIN_PX ? px : Math.max(LEAST_PX, PLAIN_PX - (px - PLAIN_PX) * SHRINK);

/** Where an axis is being built: what was added, and where the next stretch begins. */
interface Building {
  readonly stretches: Stretch[];
  startUs: Micros;
  startPx: number;
}

/** What of an axis is built for good. */
interface Settled extends Building {
  readonly fromUs: Micros;
  readonly pxPerUs: number;
  /** Stirs that are in it. */
  stirs: number;
}

// A picture is drawn with every frame, of a run of thousands of stretches of which the last one changes.
const kept = new WeakMap<readonly Stir[], Settled>();

function settledFor(stirs: readonly Stir[], { fromUs, toUs }: Stir, pxPerUs: number): Settled {
  const known = kept.get(stirs);
  const fits = known?.fromUs === fromUs && known.pxPerUs === pxPerUs && known.startUs <= toUs;
  const base: Settled =
    known && fits
      ? known
      : { fromUs, pxPerUs, stirs: 0, stretches: [], startUs: fromUs, startPx: 0 };
  kept.set(stirs, base);
  // The last one may still grow, and what ends after the axis is cut off at its end.
  for (; base.stirs < stirs.length - 1; base.stirs++) {
    const stir = stirs[base.stirs];
    if (stir === undefined || stir.toUs + PAD_US > toUs) break;
    addStir(base, stir, toUs, pxPerUs);
  }
  return base;
}

function add(to: Building, untilUs: Micros, idle: boolean, pxPerUs: number): void {
  const { startUs, startPx } = to;
  if (untilUs <= startUs) return;
  const plainPx = (untilUs - startUs) * pxPerUs;
  const px = idle ? foldedPx(plainPx) : plainPx;
  const ends = { toUs: untilUs, toPx: startPx + px };
  to.stretches.push({ fromUs: startUs, fromPx: startPx, ...ends, folded: px < plainPx });
  to.startUs = untilUs;
  to.startPx = startPx + px;
}

function addStir(to: Building, { fromUs, toUs }: Stir, endUs: Micros, pxPerUs: number): void {
  add(to, Math.min(endUs, fromUs - PAD_US), true, pxPerUs);
  add(to, Math.min(endUs, toUs + PAD_US), false, pxPerUs);
}

/** The axis from one moment to another. With `folds`, stretches in which nothing happens are cut short. */
export function axisOf(stirs: readonly Stir[], span: Stir, pxPerUs: number, folds: boolean): Axis {
  const { fromUs, toUs } = span;
  const old = folds ? settledFor(stirs, span, pxPerUs) : null;
  const settled = old?.stretches.length ?? 0;
  const rest: Building = {
    stretches: [],
    startUs: old?.startUs ?? fromUs,
    startPx: old?.startPx ?? 0,
  };
  if (old) for (const stir of stirs.slice(old.stirs)) addStir(rest, stir, toUs, pxPerUs);
  add(rest, toUs, folds, pxPerUs);
  const newest = rest.stretches;
  const heightPx = rest.startPx;
  // The axis goes on for what is under way.
  const beyond: Stretch = {
    fromUs: toUs,
    toUs: toUs + 1,
    fromPx: heightPx,
    toPx: heightPx + pxPerUs,
    folded: false,
  };
  const parts = { old: old?.stretches ?? [], settled, newest };
  return {
    ...parts,
    heightPx,
    pxPerUs,
    yOf: (us) => {
      const part = us > toUs ? beyond : (stretchAt(parts, byTime.right, us) ?? beyond);
      return (
        part.fromPx + ((us - part.fromUs) * (part.toPx - part.fromPx)) / (part.toUs - part.fromUs)
      );
    },
    usAt: (y) => {
      const part = y > heightPx ? beyond : (stretchAt(parts, byPlace.right, y) ?? beyond);
      return (
        part.fromUs + ((y - part.fromPx) * (part.toUs - part.fromUs)) / (part.toPx - part.fromPx)
      );
    },
  };
}

type Parts = Pick<Axis, 'old' | 'settled' | 'newest'>;
type Search = (all: readonly Stretch[], value: number, lo?: number, hi?: number) => number;

/** Every stretch by its place from the top. */
const nth = ({ old, settled, newest }: Parts, at: number): Stretch | undefined =>
  at < settled ? old[at] : newest[at - settled];

/** How many stretches begin at or before a value, by time or by place. */
function countTo({ old, settled, newest }: Parts, search: Search, value: number): number {
  const late = search(newest, value);
  return late > 0 ? settled + late : search(old, value, 0, settled);
}

const stretchAt = (parts: Parts, search: Search, value: number): Stretch | undefined =>
  nth(parts, Math.max(0, countTo(parts, search, value) - 1));

// A scale of d3 would build a function for each of thousands of stretches with every picture.
const byTime = bisector((stretch: Stretch) => stretch.fromUs);
const byPlace = bisector((stretch: Stretch) => stretch.fromPx);

/** The parts of the axis that lie between two places of it. */
export function stretchesIn(axis: Axis, topPx: number, bottomPx: number): readonly Stretch[] {
  const first = Math.max(0, countTo(axis, byPlace.right, topPx) - 1);
  const last = countTo(axis, byPlace.right, bottomPx);
  return Array.from({ length: Math.max(0, last - first) }, (_, i) => nth(axis, first + i)).flatMap(
    (part) => part ?? [],
  );
}

/** When the axis begins. */
export const beginOf = (axis: Axis): Micros => nth(axis, 0)?.fromUs ?? 0;

/** Round moments between two places of the axis, about so far apart, and none where time is cut. */
export function ticksOf(
  axis: Axis,
  topPx: number,
  bottomPx: number,
  apartPx: number,
): readonly Micros[] {
  const stepUs = Math.max(1, tickStep(0, apartPx / axis.pxPerUs, 1));
  const ticks: Micros[] = [];
  for (const { fromUs, toUs, folded } of stretchesIn(axis, topPx, bottomPx)) {
    if (folded) continue;
    const last = Math.min(toUs, axis.usAt(bottomPx));
    const first = Math.max(fromUs, axis.usAt(topPx));
    for (let at = Math.ceil(first / stepUs) * stepUs; at <= last; at += stepUs) ticks.push(at);
  }
  return ticks;
}
