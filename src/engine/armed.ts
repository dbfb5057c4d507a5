/** A timer of an actor: the flight that carries it is told by its order. */
export interface Armed {
  readonly name: string;
  readonly order: number;
}

/** Shared by all actors without a timer. */
export const NO_TIMERS: readonly Armed[] = [];

function indexOf(timers: readonly Armed[], name: string): number {
  for (let i = 0; i < timers.length; i++) if (timers[i]?.name === name) return i;
  return -1;
}

/** The timers but the one of that name; the same list when there is none. */
export function without(timers: readonly Armed[], name: string): readonly Armed[] {
  const at = indexOf(timers, name);
  if (at === -1) return timers;
  if (timers.length === 1) return NO_TIMERS;
  const left = timers.slice();
  left.splice(at, 1);
  return left;
}

/** The timers with this one armed anew. */
export function withTimer(timers: readonly Armed[], armed: Armed): readonly Armed[] {
  if (timers.length === 0) return [armed];
  const next = timers.slice();
  const at = indexOf(timers, armed.name);
  if (at !== -1) next.splice(at, 1);
  next.push(armed);
  return next;
}

/**
 * What a timer's chance is keyed by. A name may end in a number that never comes again, `apply #7`: all of
 * those draw from one sequence, in the order they are armed, or a run would need more memory the longer it
 * lasts.
 */
export function familyOf(timer: string): string {
  const at = timer.indexOf(' #');
  return at < 0 ? timer : timer.slice(0, at);
}
