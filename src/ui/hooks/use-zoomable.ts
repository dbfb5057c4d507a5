import { useEffect, useRef } from 'react';
import type { Zoomable } from '../../store/zoomable.ts';
import { usePage } from './page.ts';

/** Offers the picture in sight to the commands that look closer. */
export function useZoomable(picture: Zoomable): void {
  const { store } = usePage();
  const latest = useRef(picture);
  latest.current = picture;
  const shows = picture.show !== undefined;
  useEffect(() => {
    const offered: Zoomable = {
      zoomIn: () => latest.current.zoomIn(),
      zoomOut: () => latest.current.zoomOut(),
      fit: () => latest.current.fit(),
      ...(shows ? { show: (selection) => latest.current.show?.(selection) ?? false } : {}),
    };
    const { setZoomable } = store.getState();
    setZoomable(offered);
    return () => {
      // The next view may have offered itself already.
      if (store.getState().zoomable === offered) setZoomable(null);
    };
  }, [store, shows]);
}
