import type { Happening } from '../engine/happening.ts';
import { type Position, START } from '../engine/time.ts';
import type { Grain } from './contract.ts';
import { CHUNK, type Errand, type Slice } from './errand.ts';
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

/**
 * Where a step forward ends; null when nothing of that grain is on its way. Whenever it yields, and at its
 * end, the timeline stands where it was.
 */
export function* findForward(
  timeline: RunTimeline,
  grains: Grains,
  grain: Grain,
  slice: Slice,
): Errand<Position | null> {
  if (grain === 'event') return nextPlace(timeline);
  const comeBack = timeline.mark();
  const target = yield* lookAhead(timeline, endOf(grains, grain), slice, comeBack);
  comeBack();
  return target;
}

function nextPlace(timeline: RunTimeline): Position | null {
  const { position } = timeline;
  const timeUs = timeline.nextUs();
  if (timeUs === null) return null;
  return { timeUs, n: timeUs > position.timeUs ? 1 : position.n + 1 };
}

function* lookAhead(
  timeline: RunTimeline,
  ends: (happening: Happening) => boolean,
  slice: Slice,
  comeBack: () => void,
): Errand<Position | null> {
  for (let looked = 1; looked <= FARTHEST; looked++) {
    const happening = timeline.stepForward();
    if (happening === null) return null;
    if (ends(happening)) return placeOf(happening);
    if (looked % CHUNK > 0 || !slice.late()) continue;
    const goOn = timeline.mark();
    comeBack();
    yield;
    goOn();
  }
  return null;
}

/** Where a step back ends: after the event of that grain before the last one, or at the start. */
export function* findBack(
  timeline: RunTimeline,
  grains: Grains,
  grain: Grain,
  slice: Slice,
): Errand<Position> {
  const ends = endOf(grains, grain);
  let oldest: Position = START;
  for (let count = timeline.count - 1; count > 0; count--) {
    const happening = timeline.happening(count);
    // Older accounts are no longer kept: as far back as is known, rather than all the way.
    if (happening === null) return oldest;
    oldest = placeOf(happening);
    if (ends(happening)) return oldest;
    if (slice.late()) yield;
  }
  return START;
}
