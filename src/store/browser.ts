import type { Frames } from './frames.ts';
import type { Address } from './link.ts';
import type { KeyValue } from './storage.ts';

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

export const browserAddress: Address = {
  fragment: () => location.hash,
  base: () => location.href.replace(/#.*$/s, ''),
  replace: (fragment) => history.replaceState(history.state, '', fragment),
  onChange: (listener) =>
    addEventListener('hashchange', ({ newURL }) => listener(new URL(newURL).hash)),
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
