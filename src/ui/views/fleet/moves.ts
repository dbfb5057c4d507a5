import type { KeyboardEvent } from 'react';
import type { FleetCursor, FleetPlan } from '../../../scene/fleet/plan.ts';

const STEPS: Readonly<Record<string, (columns: number, size: number) => number>> = {
  ArrowLeft: () => -1,
  ArrowRight: () => 1,
  ArrowUp: (columns) => -columns,
  ArrowDown: (columns) => columns,
  Home: (_, size) => -size,
  End: (_, size) => size,
};

/** With Shift around the copies of one group: the middle, then places a to f. */
const TURNS: Readonly<Record<string, number>> = {
  ArrowLeft: -1,
  ArrowUp: -1,
  ArrowRight: 1,
  ArrowDown: 1,
};

const STOPS = 7;

/** Where a key takes the cursor; null when it means nothing. The first key shows where one is. */
export function movedCursor(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  { comb, fleet: { size } }: FleetPlan,
  cursor: FleetCursor | null,
): FleetCursor | null {
  const turn = shiftKey ? TURNS[key] : undefined;
  const step = shiftKey ? undefined : STEPS[key]?.(comb.columns, size);
  if (turn === undefined && step === undefined) return null;
  const { group, place } = cursor ?? { group: 0, place: null };
  if (turn !== undefined) {
    const stop = ((place ?? -1) + 1 + turn + STOPS) % STOPS;
    return { group, place: stop === 0 ? null : stop - 1 };
  }
  if (cursor === null || step === undefined) return { group, place };
  return { group: Math.max(0, Math.min(size - 1, group + step)), place };
}
