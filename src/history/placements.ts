import type { Delta } from '../database/delta.ts';
import type { Happening } from '../engine/happening.ts';
import type { AuroraNote } from '../protocol/notes.ts';

/** The changes that say whose a page is: a table gets its root, and a page of a tree gets children. */
export type PlacingDelta = Extract<
  Delta,
  { readonly kind: 'add-table' | 'add-child' | 'format-branch' }
>;

export const isPlacing = (delta: Delta): delta is PlacingDelta =>
  delta.kind === 'add-table' || delta.kind === 'add-child' || delta.kind === 'format-branch';

/** Whether an event gave pages to somebody, or took back what a lost writer had given. */
export const placesPages = ({ notes }: Happening): boolean =>
  (notes as readonly AuroraNote[]).some(
    (note) =>
      note.type === 'range-recorded' ||
      (note.type === 'mtr-closed' && note.records.some(({ delta }) => isPlacing(delta))),
  );
