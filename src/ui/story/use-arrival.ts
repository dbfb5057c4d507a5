import { type RefObject, useEffect, useRef } from 'react';

/**
 * The heading of what is there in place of a button that somebody pressed: they go on from here. It may come
 * with its heading, or with another value of `turn` below one that stays.
 */
export function useArrival(turn: unknown = null): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another turn takes a button away, and its focus.
  useEffect(() => {
    // Focus that is elsewhere, as on a tab, stays there.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, [turn]);
  return heading;
}
