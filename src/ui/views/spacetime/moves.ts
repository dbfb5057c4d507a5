import { bisector } from 'd3';
import { laneOf, type Stop, stopsOf } from '../../../scene/spacetime/cursor.ts';
import type { Diagram } from '../../../scene/spacetime/diagram.ts';
import { HEAD_PX, type Plan } from '../../../scene/spacetime/plan.ts';

export interface Cursor {
  readonly lane: string;
  readonly mark: string;
}

const byTime = bisector((stop: Stop) => stop.atUs);

/** Where the cursor goes with a key; undefined for keys that do not move it, null where nothing is. */
export function cursorAfter(
  key: string,
  cursor: Cursor | null,
  { plan }: Diagram,
): Stop | null | undefined {
  if (!/^Arrow/.test(key)) return undefined;
  const here = cursor && stopOf(plan, cursor);
  if (!here) return firstStop(plan);
  if (key === 'ArrowUp' || key === 'ArrowDown')
    return along(plan, here, key === 'ArrowUp' ? -1 : 1);
  return across(plan, here, key === 'ArrowLeft' ? -1 : 1);
}

export const stopOf = (plan: Plan, { lane, mark }: Cursor): Stop | null =>
  stopsOf(plan, laneOf(plan, lane)?.id ?? lane).find((each) => each.mark === mark) ?? null;

/** The newest on the first instance's lane that can be seen. */
function firstStop(plan: Plan): Stop | null {
  const lane = plan.lanes.all.find(({ kind }) => kind === 'instance');
  if (lane === undefined) return null;
  const stops = stopsOf(plan, lane.id);
  const lastUs = plan.axis.usAt(plan.scrollPx + plan.heightPx - HEAD_PX);
  return stops[byTime.right(stops, lastUs) - 1] ?? null;
}

function along(plan: Plan, here: Stop, by: 1 | -1): Stop {
  const stops = stopsOf(plan, here.lane);
  const at = stops.findIndex(({ mark }) => mark === here.mark);
  return stops[at + by] ?? here;
}

/** The nearest in time on the next lane on that side which has anything. */
function across(plan: Plan, here: Stop, by: 1 | -1): Stop {
  const { all } = plan.lanes;
  for (
    let i = all.findIndex(({ id }) => id === here.lane) + by;
    i >= 0 && i < all.length;
    i += by
  ) {
    const stops = stopsOf(plan, all[i]?.id ?? '');
    const found = stops[byTime.center(stops, here.atUs)];
    if (found) return found;
  }
  return here;
}
