import { isBefore, type Key, type PageNo, type Row } from './ids.ts';
import type { BranchBody, Child, LeafBody, Page } from './page.ts';
import { type Damage, damage, type GetPage, type Miss, miss } from './read-view.ts';

/** Higher than any tree in a volume of 2^53 pages: a damaged tree may not send a reader in circles. */
const HEIGHT_LIMIT = 20;

export interface BranchPage extends Page {
  readonly body: BranchBody;
}

export interface LeafPage extends Page {
  readonly body: LeafBody;
}

/** The way from the root to the leaf that holds, or would hold, a key. */
export interface Path {
  readonly kind: 'path';
  /** The root first; empty when the root is the leaf. */
  readonly branches: readonly BranchPage[];
  readonly leaf: LeafPage;
  /** All keys of the leaf are below this; null in the last leaf. */
  readonly upper: Key | null;
}

const isBranch = (page: Page): page is BranchPage => page.body.kind === 'branch';
const isLeaf = (page: Page): page is LeafPage => page.body.kind === 'leaf';

/** Descends to the leaf of `key`, or to the lowest leaf when it is null. */
export function descend(getPage: GetPage, root: PageNo, key: Key | null): Path | Miss | Damage {
  const branches: BranchPage[] = [];
  let upper: Key | null = null;
  let no = root;
  while (branches.length < HEIGHT_LIMIT) {
    const page = getPage(no);
    if (page === undefined) return miss(no);
    if (isLeaf(page)) return { kind: 'path', branches, leaf: page, upper };
    if (!isBranch(page)) break;
    branches.push(page);
    const at = childIndex(page.body.children, key);
    const child = page.body.children[at];
    if (child === undefined) break;
    upper = page.body.children[at + 1]?.from ?? upper;
    no = child.page;
  }
  return damage(`Page ${no} is not part of a tree, though its parent says so.`);
}

function childIndex(children: readonly Child[], key: Key | null): number {
  if (key === null) return 0;
  let at = 0;
  for (let i = 1; i < children.length; i++) {
    const from = children[i]?.from ?? null;
    if (from !== null && isBefore(key, from)) break;
    at = i;
  }
  return at;
}

/** The row with this key in a leaf, marked as deleted or not. */
export const rowIn = (leaf: LeafPage, key: Key): Row | undefined =>
  leaf.body.rows.find((row) => row.key === key);

/** Keys from `from` to `to`; null is no bound, and an open end is left out. */
export interface KeyRange {
  readonly from: Key | null;
  readonly fromOpen: boolean;
  readonly to: Key | null;
  readonly toOpen: boolean;
}

export const everything: KeyRange = { from: null, fromOpen: false, to: null, toOpen: false };

/** The range that is left once a scan has gone past `key`. */
export const after = ({ to, toOpen }: KeyRange, key: Key): KeyRange => ({
  from: key,
  fromOpen: true,
  to,
  toOpen,
});

export interface LeafRows {
  readonly kind: 'rows';
  readonly path: Path;
  /** The leaf's rows within the range, in key order. */
  readonly rows: readonly Row[];
  /** What is left of the range after this leaf; null at its end. */
  readonly rest: KeyRange | null;
}

/**
 * The rows of the first leaf of a range. Leaves have no sibling pointers: a scan goes on by descending
 * again for the rest, so it holds nothing while it waits for a page.
 */
export function rowsFrom(
  getPage: GetPage,
  root: PageNo,
  range: KeyRange,
): LeafRows | Miss | Damage {
  const path = descend(getPage, root, range.from);
  if (path.kind !== 'path') return path;
  const { upper } = path;
  const rows = path.leaf.body.rows.filter(
    (row) => startsBy(range, row.key) && !isPast(range, row.key),
  );
  const ends = upper === null || isPast(range, upper);
  return {
    kind: 'rows',
    path,
    rows,
    rest: ends ? null : { from: upper, fromOpen: false, to: range.to, toOpen: range.toOpen },
  };
}

function startsBy({ from, fromOpen }: KeyRange, key: Key): boolean {
  return from === null || isBefore(from, key) || (!fromOpen && from === key);
}

function isPast({ to, toOpen }: KeyRange, key: Key): boolean {
  return to !== null && (isBefore(to, key) || (toOpen && to === key));
}
