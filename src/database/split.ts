import type { Database } from './database.ts';
import type { Delta, Draft } from './delta.ts';
import { isBefore, type Key, type PageNo, SYSTEM_TXN } from './ids.ts';
import { BRANCH_CHILDREN, LEAF_ROWS } from './page.ts';
import type { GetPage, Miss } from './read-view.ts';
import { type Learned, type Taken, takePages, type VolumeFull } from './space.ts';
import type { BranchPage, LeafPage, Path } from './tree.ts';

type TreePage = BranchPage | LeafPage;

/** Records of one split, and what is then known of free space. */
export interface Split {
  readonly kind: 'split';
  readonly drafts: readonly Draft[];
  readonly free: readonly number[];
}

const isFull = ({ body }: TreePage): boolean =>
  body.kind === 'leaf' ? body.rows.length >= LEAF_ROWS : body.children.length >= BRANCH_CHILDREN;

/** Whether a row more would not fit: then the leaf is split first. */
export const isFullLeaf = (path: Path): boolean => isFull(path.leaf);

/**
 * Splits one page so that there is room nearer to the leaf for `key`: the highest page whose parent has
 * room, or the root. Called again until the leaf itself has room. One mini-transaction over several
 * pages, often in several protection groups, that readers see whole or not at all (SIGMOD'18 §3.3).
 */
export function split(
  db: Database,
  getPage: GetPage,
  path: Path,
  key: Key,
): Split | Learned | Miss | VolumeFull {
  const way: readonly TreePage[] = [...path.branches, path.leaf];
  let at = way.length - 1;
  while (at > 0 && isFull(way[at - 1] ?? path.leaf)) at--;
  const page = way[at] ?? path.leaf;
  const parent = way[at - 1];
  const taken = takePages(db, getPage, parent === undefined ? 2 : 1);
  if (taken.kind !== 'taken') return taken;
  const half = halves(page, splitPoint(path, page, key));
  const drafts =
    parent === undefined ? splitRoot(page, half, taken) : splitOff(page, parent, half, taken);
  return { kind: 'split', drafts: [...taken.drafts, ...drafts], free: taken.free };
}

/** In the middle; three quarters along when keys come in ascending order, so that pages end fuller. */
function splitPoint(path: Path, page: TreePage, key: Key): number {
  const size = page.body.kind === 'leaf' ? page.body.rows.length : page.body.children.length;
  const last = path.leaf.body.rows.at(-1);
  const ascends = path.upper === null && last !== undefined && isBefore(last.key, key);
  return ascends ? Math.floor((size * 3) / 4) : Math.floor(size / 2);
}

interface Halves {
  readonly lower: Delta;
  readonly upper: Delta;
  /** The lowest key of the upper half. */
  readonly from: Key;
  readonly level: number;
}

function halves({ body }: TreePage, at: number): Halves {
  if (body.kind === 'leaf') {
    return {
      lower: { kind: 'format-leaf', rows: body.rows.slice(0, at) },
      upper: { kind: 'format-leaf', rows: body.rows.slice(at) },
      from: body.rows[at]?.key ?? 0,
      level: 0,
    };
  }
  const { level, children } = body;
  return {
    lower: { kind: 'format-branch', level, children: children.slice(0, at) },
    upper: { kind: 'format-branch', level, children: children.slice(at) },
    from: children[at]?.from ?? 0,
    level,
  };
}

const draft = (page: PageNo, delta: Delta): Draft => ({
  page,
  kind: 'data',
  txn: SYSTEM_TXN,
  delta,
});

function splitOff(
  page: TreePage,
  parent: TreePage,
  half: Halves,
  { pages }: Taken,
): readonly Draft[] {
  const [fresh = page.no] = pages;
  return [
    draft(fresh, half.upper),
    draft(page.no, { kind: 'cut-from', key: half.from }),
    draft(parent.no, { kind: 'add-child', child: { from: half.from, page: fresh } }),
  ];
}

/** The root keeps its page number: what it held moves to two new pages. */
function splitRoot(root: TreePage, half: Halves, { pages }: Taken): readonly Draft[] {
  const [lower = root.no, upper = root.no] = pages;
  const children = [
    { from: null, page: lower },
    { from: half.from, page: upper },
  ];
  return [
    draft(lower, half.lower),
    draft(upper, half.upper),
    draft(root.no, { kind: 'format-branch', level: half.level + 1, children }),
  ];
}
