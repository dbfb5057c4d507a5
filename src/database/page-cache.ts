import type { Lsn, PageNo } from './ids.ts';
import type { Page } from './page.ts';
import { each, get, put, remove, type SortedMap } from './sorted-map.ts';

interface Held {
  readonly page: Page;
  /** When the page was last used, by the cache's own count. */
  readonly used: number;
}

/**
 * An instance's private page cache: immutable, with a capacity and least-recently-used order. Only
 * a lookup is on the hot path, and it allocates nothing.
 */
export interface PageCache {
  readonly capacity: number;
  readonly size: number;
  readonly uses: number;
  readonly pages: SortedMap<PageNo, Held>;
  /** Evicts by the inequality that the 2017 paper prints: for showing what that would do. */
  readonly asPrinted: boolean;
}

/** A cache of so many pages; `asPrinted` evicts by the inequality as the 2017 paper prints it. */
export const emptyCache = (capacity: number, asPrinted = false): PageCache => ({
  capacity,
  size: 0,
  uses: 0,
  pages: null,
  asPrinted,
});

/** A page that is in the cache; looking at it does not count as use. */
export function cached(cache: PageCache, no: PageNo): Page | undefined {
  return get(cache.pages, no)?.page;
}

/** Marks a page as used just now. */
export const touched = (cache: PageCache, no: PageNo): PageCache => allTouched(cache, [no]);

/** Marks pages as used just now, in this order. */
export function allTouched(cache: PageCache, used: readonly PageNo[]): PageCache {
  let { uses, pages } = cache;
  for (const no of used) {
    const held = get(pages, no);
    if (held === undefined || held.used === uses) continue;
    uses++;
    pages = put(pages, no, { page: held.page, used: uses });
  }
  const { capacity, size, asPrinted } = cache;
  return { capacity, size, uses, pages, asPrinted };
}

/** Keeps a page image, as the most recently used. The caller has made room for it. */
export function held(cache: PageCache, page: Page): PageCache {
  const uses = cache.uses + 1;
  const isNew = get(cache.pages, page.no) === undefined;
  return {
    capacity: cache.capacity,
    size: cache.size + (isNew ? 1 : 0),
    uses,
    pages: put(cache.pages, page.no, { page, used: uses }),
    asPrinted: cache.asPrinted,
  };
}

function dropped(cache: PageCache, no: PageNo): PageCache {
  if (get(cache.pages, no) === undefined) return cache;
  const pages = remove(cache.pages, no);
  const { capacity, size, uses, asPrinted } = cache;
  return { capacity, size: size - 1, uses, pages, asPrinted };
}

/**
 * The page to give up first: the least recently used of those whose every change is durable, page LSN
 * at or below the VDL. SIGMOD'17 §4.2.3 prints this inequality the other way round, which would drop
 * exactly the pages that storage cannot yet give back.
 */
export function evictable(cache: PageCache, vdl: Lsn, keep: readonly PageNo[]): Page | null {
  let oldest: Held | null = null;
  each(cache.pages, (no, each) => {
    const { lsn } = each.page;
    if ((cache.asPrinted ? lsn < vdl : lsn > vdl) || keep.includes(no)) return;
    if (oldest === null || each.used < oldest.used) oldest = each;
  });
  return (oldest as Held | null)?.page ?? null;
}

/** The cache with room for `count` more pages, or null when too many of its pages must stay. */
export function withRoom(
  cache: PageCache,
  count: number,
  vdl: Lsn,
  keep: readonly PageNo[],
): PageCache | null {
  let roomy = cache;
  while (roomy.size + count > roomy.capacity) {
    const page = evictable(roomy, vdl, keep);
    if (page === null) return null;
    roomy = dropped(roomy, page.no);
  }
  return roomy;
}

/** The cache with every page as `renew` makes it, each used when it was; where that is null, it is gone. */
export function renewed(cache: PageCache, renew: (page: Page) => Page | null): PageCache {
  let { pages, size } = cache;
  each(cache.pages, (no, { page, used }) => {
    const next = renew(page);
    pages = next === null ? remove(pages, no) : put(pages, no, { page: next, used });
    if (next === null) size--;
  });
  const { capacity, uses, asPrinted } = cache;
  return { capacity, size, uses, pages, asPrinted };
}

/** Every page in the cache, by page number. */
export function pagesOf(cache: PageCache): readonly Page[] {
  const pages: Page[] = [];
  each(cache.pages, (_, { page }) => {
    pages.push(page);
  });
  return pages;
}
