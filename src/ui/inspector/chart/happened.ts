import type { ActorId } from '../../../engine/effect.ts';
import type { Happening } from '../../../engine/happening.ts';
import type { ChartView } from '../../../protocol/view-chart.ts';
import { statesOf } from '../../../protocol/view-chart.ts';
import type { Taken } from '../../../scene/chart/tree.ts';
import type { RunPlayer } from '../../../store/run-player.ts';

/** Events looked back at for the last one that came to an actor. */
const LOOK_BACK = 600;

/** What came to an actor last, and the arrow it took in the chart; no arrow where it stayed. */
export interface Last {
  readonly happening: Happening;
  readonly taken: Taken | null;
}

/** The last event that an actor was sent and took, if that was not long ago. */
export function lastOf(player: RunPlayer, actor: ActorId, view: ChartView): Last | null {
  const count = player.count();
  const oldest = Math.max(player.kept().from, count - LOOK_BACK);
  for (let at = count; at >= oldest; at--) {
    const happening = player.happening(at);
    if (happening?.flight.to === actor && happening.accepted) return told(happening, view);
  }
  return null;
}

/** It moved if an arrow of its name leads to a state that the actor is in, from one that it is not in. */
function told(happening: Happening, { chart, active }: ChartView): Last {
  const { type } = happening.flight;
  const answers = statesOf(chart).some(
    ({ path, moves }) =>
      active.includes(path) && moves.some(({ event, to }) => event === type && to === null),
  );
  for (const { path, moves } of answers ? [] : statesOf(chart)) {
    const move = moves.find(
      ({ event, to }) => event === type && to !== null && active.includes(to),
    );
    if (move?.to != null && !active.includes(path))
      return { happening, taken: { from: path, to: move.to } };
  }
  return { happening, taken: null };
}
