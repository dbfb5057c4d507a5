import type { Frames } from './frames.ts';
import type { Focus, KeyPress } from './keyboard.ts';
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
  onChange: (listener) => addEventListener('hashchange', listener),
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

export const isApple = (): boolean => /Mac|iPhone|iPad/.test(navigator.userAgent);

const TEXT = 'input, textarea, select, [contenteditable=""], [contenteditable="true"]';
const LAYER = '[role="menu"], [role="dialog"], [role="alertdialog"], [role="listbox"], dialog';
const WIDGET = 'button, a[href], [role="tab"], [role="option"], [role="gridcell"], summary';

/** Where keyboard focus is, as far as shortcuts care. Ticks and sliders take no text. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return 'stage';
  if (target.closest(LAYER)) return 'menu or dialog';
  const box = target.closest(TEXT);
  const plain = box instanceof HTMLInputElement && /^(?:checkbox|radio|range)$/.test(box.type);
  if (box && !plain) return 'text';
  if (target.closest('[role="slider"]')) return 'timeline';
  if (box || target.closest(WIDGET)) return 'widget';
  return 'stage';
}

/** Listens to the keys of the whole page. The listener says whether it has used the key. */
export function onKeyDown(listener: (press: KeyPress, focus: Focus) => boolean): () => void {
  const hear = (event: KeyboardEvent): void => {
    if (event.defaultPrevented) return;
    const { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing } = event;
    const altGraph = event.getModifierState('AltGraph');
    const press = { key, code, ctrlKey, metaKey, altKey, shiftKey, repeat, isComposing, altGraph };
    if (listener(press, focusOf(event.target))) event.preventDefault();
  };
  addEventListener('keydown', hear);
  return () => removeEventListener('keydown', hear);
}
