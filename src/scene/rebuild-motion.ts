import type { RebuildView } from '../protocol/view.ts';
import type { Micros } from './view-types.ts';

/** Where a rebuild stands at a moment, as shares of its two motions. */
export interface RebuildMoment {
  /** How far the old version has slid out of its rack. */
  readonly out: number;
  /** How far the next record has come down onto the page. */
  readonly settling: number;
  readonly solid: boolean;
}

const share = (from: Micros, to: Micros, at: Micros): number =>
  to <= from ? 1 : Math.max(0, Math.min(1, (at - from) / (to - from)));

/**
 * A step's length is taken as the least it can have been: the time since the start, shared by the
 * steps so far and the reading of the base. A record may rest before it moves, but it never jumps.
 */
export function momentOf(rebuild: RebuildView, shownUs: Micros): RebuildMoment {
  const { phase, startedUs, nextUs, left, done, hit } = rebuild;
  if (phase === 'reading base') {
    return { out: hit ? 1 : share(startedUs, nextUs, shownUs), settling: 0, solid: hit };
  }
  const step = (nextUs - startedUs) / (done.length + 3);
  return {
    out: 1,
    settling: left.length === 0 ? 0 : share(nextUs - step, nextUs, shownUs),
    solid: left.length === 0,
  };
}
