import type { Happening } from '../engine/happening.ts';
import { Kernel } from '../engine/kernel.ts';
import { millis } from '../engine/time.ts';
import { auroraModel } from '../protocol/aurora.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { Intervention } from '../protocol/intervention.ts';
import { DEFAULT_RUN } from '../scenario/presets.ts';
import { MessageHistory } from './message-history.ts';

/** A run up to a moment, with its events and what was said in it. */
export function played(untilMs: number, interventions: readonly Intervention[] = []) {
  const world = new Kernel(auroraModel(DEFAULT_RUN.scenario.config), 1, interventions);
  const history = new MessageHistory();
  const happenings: Happening[] = [];
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= millis(untilMs)) {
    const happening = world.step();
    if (happening === null) break;
    happenings.push(happening);
    history.read(happening);
  }
  const events = {
    kept: () => ({ from: 1, to: happenings.length }),
    happening: (count: number) => happenings[count - 1] ?? null,
  };
  return { history, events, view: viewOf(world) };
}

export const act = (timeMs: number, what: Intervention['act']): Intervention => ({
  at: { timeUs: millis(timeMs), n: 0 },
  act: what,
});
