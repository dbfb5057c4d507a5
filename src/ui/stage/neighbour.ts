import type { Target } from '../../scene/layout.ts';

type Axis = 'x' | 'y';

const MOVES: Readonly<Record<string, readonly [axis: Axis, direction: 1 | -1]>> = {
  ArrowRight: ['x', 1],
  ArrowLeft: ['x', -1],
  ArrowDown: ['y', 1],
  ArrowUp: ['y', -1],
};

/** Nearer than this along the way of travel is beside, not beyond. */
const LEAST_PX = 4;
/** A target off to the side is worth this many times its distance. */
const ASIDE = 2;

/**
 * Where a key of the grid leads: arrows to the nearest target that way, Home and End within the row,
 * with Ctrl to the first and last of all. Sideways one stays among things of the same kind.
 */
export function neighbour(
  targets: readonly Target[],
  from: Target,
  key: string,
  ctrl: boolean,
): Target | undefined {
  const move = MOVES[key];
  if (move) return nearest(targets, from, ...move);
  const among = ctrl
    ? targets
    : targets.filter(({ row, kind }) => row === from.row && kind === from.kind);
  if (key === 'Home') return among[0];
  return key === 'End' ? among.at(-1) : undefined;
}

function nearest(
  targets: readonly Target[],
  from: Target,
  axis: Axis,
  direction: 1 | -1,
): Target | undefined {
  const cross: Axis = axis === 'x' ? 'y' : 'x';
  let best: Target | undefined;
  let bestCost = Number.POSITIVE_INFINITY;
  for (const target of targets) {
    const along = (target.rect[axis] - from.rect[axis]) * direction;
    if (along < LEAST_PX || (axis === 'x' && target.kind !== from.kind)) continue;
    const cost = along + ASIDE * gap(target, from, cross);
    if (cost < bestCost) [best, bestCost] = [target, cost];
  }
  return best;
}

/** How far apart two targets are across the way of travel; nothing where they overlap. */
function gap({ rect: a }: Target, { rect: b }: Target, axis: Axis): number {
  const side = axis === 'x' ? 'w' : 'h';
  return Math.max(0, a[axis] - (b[axis] + b[side]), b[axis] - (a[axis] + a[side]));
}
