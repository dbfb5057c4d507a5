import { bisectRight } from 'd3';
import type { Micros } from '../../engine/time.ts';
import type { ThinnedTimes } from '../../history/thinned-times.ts';
import { durationText } from '../../scene/words.ts';

/** Where moments stand on the track: shares of its width from 0 to 1. */
export interface TimeScale {
  toShare(us: number): number;
  toUs(share: number): number;
  /** What stands under the track at a share of it. */
  label(share: number): string;
}

const STEPS = [1, 2, 5] as const;
/** The shortest stretch of time the track shows. */
const LEAST_US: Micros = 20_000;
const LEAST_BEATS = 20;

/** The least round number that leaves some room: 20, 50, 100, 200… */
function roundEnd(value: number, least: number): number {
  for (let unit = 10; ; unit *= 10) {
    for (const step of STEPS) {
      const end = step * unit;
      if (end >= least && end >= value * 1.05) return end;
    }
  }
}

/** The end of a track in time: 20 ms, 50 ms, 100 ms… */
export const trackEnd = (edgeUs: Micros): Micros => roundEnd(edgeUs, LEAST_US);

/** Each microsecond as wide as any other. */
export const linearScale = (endUs: Micros): TimeScale => ({
  toShare: (us) => us / endUs,
  toUs: (share) => share * endUs,
  label: (share) => (share === 0 ? '0' : durationText(share * endUs)),
});

/**
 * Each beat as wide as any other, and time even between two of them. What lies beyond the edge has no beats
 * yet: the room that is left is for futures that were left, up to `farthestUs`.
 */
export function beatScale(
  beats: ThinnedTimes,
  edgeUs: Micros,
  farthestUs: Micros = edgeUs,
): TimeScale {
  const { times, stride } = beats;
  const count = beats.count + 1;
  const end = roundEnd(count, LEAST_BEATS);
  const beyondUs = farthestUs > edgeUs ? farthestUs - edgeUs : Number.POSITIVE_INFINITY;
  /** Between which two kept beats the k-th gap lies, by number and by time. */
  const gap = (k: number) => ({
    low: k * stride,
    high: k < times.length ? (k + 1) * stride : count,
    fromUs: times[k - 1] ?? 0,
    toUs: times[k] ?? edgeUs,
  });
  const numberAt = (us: number): number => {
    if (us >= edgeUs) return count + (end - count) * Math.min(1, (us - edgeUs) / beyondUs);
    const { low, high, fromUs, toUs } = gap(bisectRight(times, us));
    return low + ((high - low) * (us - fromUs)) / Math.max(1, toUs - fromUs);
  };
  const timeOf = (number: number): number => {
    if (number >= count)
      return edgeUs + Math.max(0, farthestUs - edgeUs) * ((number - count) / (end - count));
    const { low, high, fromUs, toUs } = gap(Math.min(times.length, Math.floor(number / stride)));
    return fromUs + ((toUs - fromUs) * (number - low)) / (high - low);
  };
  return {
    toShare: (us) => numberAt(us) / end,
    toUs: (share) => timeOf(Math.max(0, share) * end),
    label: (share) => {
      const number = Math.round(share * end);
      if (number === 0) return '0';
      return number > count ? '' : `beat ${number} · ${durationText(timeOf(number))}`;
    },
  };
}

/** Where labels stand under the track: five equal parts. */
export const LABELLED = [0, 0.2, 0.4, 0.6, 0.8, 1] as const;
