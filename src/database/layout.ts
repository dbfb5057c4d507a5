import type { PageNo } from './ids.ts';

/** The shape of a volume: how many protection groups, and how many pages stand for each one's 10 GB. */
export interface Layout {
  readonly groups: number;
  readonly pagesPerGroup: number;
}

export const UNDO_PAGES = 3;
const FIRST_DATA = 1 + UNDO_PAGES;

/** Databases, tables, columns and root pages: the first data page of the volume. */
export const CATALOGUE: PageNo = FIRST_DATA;

/** The protection group that a page belongs to: groups are equal stretches of the volume. */
export const groupOf = ({ pagesPerGroup }: Pick<Layout, 'pagesPerGroup'>, page: PageNo): number =>
  Math.floor(page / pagesPerGroup);

/** A group's first page says which of its pages are taken. */
export const spaceMapOf = (layout: Layout, group: number): PageNo => group * layout.pagesPerGroup;

/** A group's `i`-th undo page, 0 to 2. */
export const undoPageOf = (layout: Layout, group: number, i: number): PageNo =>
  group * layout.pagesPerGroup + 1 + i;

/** The bits of a group's space map before any data page is taken: its own page, undo, catalogue. */
export const initiallyUsed = (group: number): number =>
  (1 << FIRST_DATA) - 1 + (group === 0 ? 1 << FIRST_DATA : 0);

/** How many pages are free in a group whose space map has these bits. */
export function freeIn(layout: Layout, used: number): number {
  let free = 0;
  for (let i = 0; i < layout.pagesPerGroup; i++) free += (used >> i) & 1 ? 0 : 1;
  return free;
}

/** The lowest free page of a group, as an index into it; -1 when it is full. */
export function lowestFree(layout: Layout, used: number): number {
  for (let i = 0; i < layout.pagesPerGroup; i++) if (!((used >> i) & 1)) return i;
  return -1;
}
