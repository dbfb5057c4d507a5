import { type RefObject, useEffect, useRef } from 'react';

/** The heading of a page whose button is gone once the page is there: whoever pressed it goes on from here. */
export function useArrival(): RefObject<HTMLHeadingElement | null> {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    // Focus that is elsewhere, as on a tab, stays there.
    if (document.activeElement === document.body) heading.current?.focus({ preventScroll: true });
  }, []);
  return heading;
}
