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
  readonly stretches: readonly Stretch[];
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

/** The axis from one moment to another. With `folds`, stretches in which nothing happens are cut short. */
export function axisOf(
  stirs: readonly Stir[],
  { fromUs, toUs }: Stir,
  pxPerUs: number,
  folds: boolean,
): Axis {
  const stretches: Stretch[] = [];
  let [startUs, startPx] = [fromUs, 0];
  const add = (untilUs: Micros, idle: boolean): void => {
    if (untilUs <= startUs) return;
    const plainPx = (untilUs - startUs) * pxPerUs;
    const px = idle ? foldedPx(plainPx) : plainPx;
    stretches.push({
      fromUs: startUs,
      toUs: untilUs,
      fromPx: startPx,
      toPx: startPx + px,
      folded: px < plainPx,
    });
    startUs = untilUs;
    startPx += px;
  };
  if (folds)
    for (const stir of stirs) {
      add(Math.min(toUs, stir.fromUs - PAD_US), true);
      add(Math.min(toUs, stir.toUs + PAD_US), false);
    }
  add(toUs, folds);
  const heightPx = startPx;
  // The axis goes on for what is under way.
  const beyond: Stretch = {
    fromUs: toUs,
    toUs: toUs + 1,
    fromPx: heightPx,
    toPx: heightPx + pxPerUs,
    folded: false,
  };
  const at = (index: number): Stretch => stretches[Math.max(0, index)] ?? beyond;
  return {
    stretches,
    heightPx,
    pxPerUs,
    yOf: (us) => {
      const part = us > toUs ? beyond : at(byTime.right(stretches, us) - 1);
      return (
        part.fromPx + ((us - part.fromUs) * (part.toPx - part.fromPx)) / (part.toUs - part.fromUs)
      );
    },
    usAt: (y) => {
      const part = y > heightPx ? beyond : at(byPlace.right(stretches, y) - 1);
      return (
        part.fromUs + ((y - part.fromPx) * (part.toUs - part.fromUs)) / (part.toPx - part.fromPx)
      );
    },
  };
}

// A scale of d3 would build a function for each of thousands of stretches with every picture.
const byTime = bisector((stretch: Stretch) => stretch.fromUs);
const byPlace = bisector((stretch: Stretch) => stretch.fromPx);

/** The parts of the axis that lie between two places of it. */
export function stretchesIn(
  { stretches }: Axis,
  topPx: number,
  bottomPx: number,
): readonly Stretch[] {
  return stretches.slice(
    Math.max(0, byPlace.right(stretches, topPx) - 1),
    byPlace.right(stretches, bottomPx),
  );
}

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
