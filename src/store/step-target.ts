import type { Happening } from '../engine/happening.ts';
import { type Position, START } from '../engine/time.ts';
import type { Grain } from './contract.ts';
import type { RunTimeline } from './run-timeline.ts';

/** Which events end a step, for the grains that skip some. */
export interface Grains {
  isBeat(happening: Happening): boolean;
  isCommit(happening: Happening): boolean;
}

/** How far ahead a step looks: further, nothing is on its way that a person would wait for. */
const FARTHEST = 20_000;

const placeOf = ({ timeUs, n }: Happening): Position => ({ timeUs, n });

const endOf = (grains: Grains, grain: Grain): ((happening: Happening) => boolean) => {
  switch (grain) {
    case 'event':
      return () => true;
    case 'beat':
      return (happening) => grains.isBeat(happening);
    case 'commit':
      return (happening) => grains.isCommit(happening);
  }
};

/** Where a step forward ends; null when nothing of that grain is on its way. Leaves the timeline where it was. */
export function findForward(timeline: RunTimeline, grains: Grains, grain: Grain): Position | null {
  const { position } = timeline;
  if (grain === 'event') {
    const timeUs = timeline.nextUs();
    if (timeUs === null) return null;
    return { timeUs, n: timeUs > position.timeUs ? 1 : position.n + 1 };
  }
  const ends = endOf(grains, grain);
  const comeBack = timeline.mark();
  let target: Position | null = null;
  for (let looked = 0; looked < FARTHEST && target === null; looked++) {
    const happening = timeline.stepForward();
    if (happening === null) break;
    if (ends(happening)) target = placeOf(happening);
  }
  comeBack();
  return target;
}

/** Where a step back ends: after the event of that grain before the last one, or at the start. */
export function findBack(timeline: RunTimeline, grains: Grains, grain: Grain): Position {
  const ends = endOf(grains, grain);
  let oldest: Position = START;
  for (let count = timeline.count - 1; count > 0; count--) {
    const happening = timeline.happening(count);
    // Older accounts are no longer kept: as far back as is known, rather than all the way.
    if (happening === null) return oldest;
    oldest = placeOf(happening);
    if (ends(happening)) return oldest;
  }
  return START;
}
