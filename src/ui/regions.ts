import type { Selection, SelectionKind } from '../store/app-store.ts';

/** Regions of the page in the order in which F6 visits them; not all are there at every size. */
const REGIONS = ['header', 'console', 'stage', 'inspector', 'events', 'panels', 'playback'];

/** Moves focus to the next or the previous region that is there. */
export function focusRegion(direction: 1 | -1): void {
  const regions = REGIONS.flatMap((id) => document.getElementById(id) ?? []);
  const now = regions.findIndex((region) => region.contains(document.activeElement));
  const start = now < 0 && direction === -1 ? 0 : now;
  const next = regions[(start + direction + regions.length) % regions.length];
  next?.focus();
}

/** The Events filter is not there where Events are folded away. */
export const focusFilter = (): void => document.getElementById('events-filter')?.focus();

/** Focus for what is about to appear, in place of what is about to go: it must never fall on nothing. */
export const focusSoon = (id: string): void => {
  setTimeout(() => document.getElementById(id)?.focus());
};

const KINDS: readonly SelectionKind[] = [
  ...(['node', 'instance', 'zone', 'segment', 'client', 'service'] as const),
];

/** What of the cluster keyboard focus is on: the buttons over the drawing say what they stand for. */
export function focused(): Selection | null {
  const { activeElement } = document;
  if (!(activeElement instanceof HTMLElement)) return null;
  const { target, kind } = activeElement.dataset;
  const known = KINDS.find((each) => each === kind);
  return target !== undefined && known ? { kind: known, id: target } : null;
}
