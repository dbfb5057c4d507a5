import type { Rect } from './display.ts';
import { rect, right } from './geometry.ts';
import { LEAST, type Metrics } from './layout-metrics.ts';
import type { ServicePlace } from './layout-types.ts';

/** Room for the commits' counter at the right end of the strip. */
const COUNTER = { wide: 124, narrow: 96 } as const;
/** Height of a mark that a mouse presses. */
const MARK = 26;
/** A mark without words. */
const BARE = 26;
const WIDEST = 190;
/** Clients take the strip up to here. */
export const CLIENTS_SHARE = 0.4;

/**
 * Marks of what stands beside the cluster, side by side in the strip between clients and counter. On
 * a phone they are icons as wide as a finger; where not all can be, the first is.
 */
export function placeServices(
  ids: readonly string[],
  strip: Rect,
  { narrow }: Metrics,
  coarse: boolean,
): readonly ServicePlace[] {
  const from = Math.round(strip.x + strip.w * (narrow ? 0.34 : CLIENTS_SHARE)) + 12;
  const to = right(strip) - (narrow ? COUNTER.narrow : COUNTER.wide);
  const each = Math.min(WIDEST, Math.floor((to - from) / Math.max(1, ids.length)));
  const rest = from + ids.length * LEAST <= to ? LEAST : BARE;
  // A finger is given the whole strip; the endpoints' names stand in its lower half.
  const h = narrow || coarse ? strip.h : Math.min(strip.h, MARK);
  let x = from;
  return ids.flatMap((id, k) => {
    const w = narrow ? (k === 0 ? LEAST : rest) : each;
    if (x + w > to || w < BARE) return [];
    const box = rect(x, strip.y, w, h);
    x += w;
    return [{ id, rect: box }];
  });
}
