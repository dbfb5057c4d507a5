import type { Frames } from './frames.ts';
import type { Address } from './link.ts';
import type { KeyValue } from './storage.ts';
import { isViewTab, type ViewTab } from './views.ts';

/** The only file of the store that touches the browser: thin, and without decisions. */

export const browserFrames: Frames = {
  now: () => performance.now(),
  request: (callback) => requestAnimationFrame(callback),
  cancel: (request) => cancelAnimationFrame(request),
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
  visible: () => document.visibilityState === 'visible',
  onVisibility: (listener) => {
    document.addEventListener('visibilitychange', listener);
    return () => document.removeEventListener('visibilitychange', listener);
  },
};

/** The view that the present place in the browser's history is of; null where somebody else made it. */
function viewHere(): ViewTab | null {
  const { view } = (history.state ?? {}) as { readonly view?: unknown };
  return isViewTab(view) ? view : null;
}

export const browserAddress: Address = {
  fragment: () => location.hash,
  base: () => location.href.replace(/#.*$/s, ''),
  replace: (fragment, view) => history.replaceState({ view }, '', fragment),
  push: (fragment, view) => {
    // The place that is left may never have been written: a page that was just opened.
    if (viewHere() === null) history.replaceState({ view: 'cluster' }, '');
    history.pushState({ view }, '', fragment);
  },
  onChange: (listener) =>
    addEventListener('hashchange', ({ newURL }) => {
      // A place of ours is told by `onReturn`: who goes back wants the view, and not the moment, of before.
      if (viewHere() === null) listener(new URL(newURL).hash);
    }),
  onReturn: (listener) =>
    addEventListener('popstate', () => {
      const view = viewHere();
      if (view !== null) listener(view);
    }),
  copy: async (text) => {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  },
};

/** Asking for the storage may throw: the caller is prepared for it. */
export const browserStorage = (): KeyValue | null => localStorage;

export const prefersReducedMotion = (): boolean =>
  matchMedia('(prefers-reduced-motion: reduce)').matches;
