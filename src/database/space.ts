import { type Database, databaseWith, sessionOf, withSession } from './database.ts';
import type { Draft } from './delta.ts';
import { type PageNo, SYSTEM_TXN } from './ids.ts';
import { CATALOGUE, freeIn, initiallyUsed, type Layout, lowestFree, spaceMapOf } from './layout.ts';
import { type Step, sleeps } from './mini-transaction.ts';
import { failed } from './outcome.ts';
import { type GetPage, type Miss, miss } from './read-view.ts';
import { type Session, sessionWith } from './session.ts';

/** After a restart, stop reading space maps once this many are known and one is half free. */
const ENOUGH_GROUPS = 16;
const UNKNOWN = -1;

/** Data pages taken, the records that take them, and what is then known of free space. */
export interface Taken {
  readonly kind: 'taken';
  readonly pages: readonly PageNo[];
  readonly drafts: readonly Draft[];
  readonly free: readonly number[];
}

/** What the allocator learns from a space map it has just read. */
export interface Learned {
  readonly kind: 'learned';
  readonly free: readonly number[];
}

export interface VolumeFull {
  readonly kind: 'full';
}

/**
 * No group has a free page left: the session waits until the volume has grown (SIGMOD'17 §2.2), or is
 * refused where it may not grow any further.
 */
export function outOfPages(db: Database, session: Session): Step {
  const { layout, maxGroups } = db;
  if (layout.groups < maxGroups)
    return sleeps(db, session.id, { reason: 'volume-growth', groups: layout.groups });
  const problem = `The volume is full: it may not grow beyond ${maxGroups} protection groups, and none of them has a free page left. Start a run with a higher limit.`;
  return failed(db, session, problem);
}

/**
 * The volume has this many groups from now on. Groups are only ever appended, so no page changes its
 * place. Sessions that waited for room may go on.
 */
export function grown(db: Database, groups: number): Database {
  if (groups <= db.layout.groups) return db;
  const layout = { groups, pagesPerGroup: db.layout.pagesPerGroup };
  let next: Database = databaseWith(db, { layout });
  for (const id of db.waiting) {
    const session = sessionOf(next, id);
    const { waiting } = session;
    if (waiting?.wait.reason !== 'volume-growth') continue;
    next = withSession(next, sessionWith(session, { waiting: { wait: waiting.wait, over: true } }));
  }
  return next;
}

/**
 * Takes data pages one by one from the group with the most free ones, the lowest page first, so that the
 * leaves of a table spread over the groups. A group is opened when no open one is emptier.
 */
export function takePages(
  db: Database,
  getPage: GetPage,
  count: number,
): Taken | Learned | Miss | VolumeFull {
  const { layout } = db;
  const catalogue = getPage(CATALOGUE);
  if (catalogue === undefined) return miss(CATALOGUE);
  let open = catalogue.body.kind === 'catalogue' ? catalogue.body.openGroups : 0;
  const unknown = nextUnknown(db, open);
  if (unknown !== null) return learn(db, getPage, unknown);

  const free = db.free.slice();
  const pages: PageNo[] = [];
  const drafts: Draft[] = [];
  const used = new Map<number, number>();
  while (pages.length < count) {
    const group = emptiest(layout, free, open);
    if (group === null) return { kind: 'full' };
    const bits = used.get(group) ?? bitsOf(getPage, layout, group, open);
    if (typeof bits !== 'number') return bits;
    const index = lowestFree(layout, bits);
    drafts.push(...taking(layout, group, index, bits, group >= open));
    used.set(group, bits | (1 << index));
    note(free, group, freeIn(layout, bits) - 1);
    open = Math.max(open, group + 1);
    pages.push(group * layout.pagesPerGroup + index);
  }
  return { kind: 'taken', pages, drafts, free };
}

/** An open group whose space map has not been read since the start, while it is worth reading. */
function nextUnknown({ layout, free }: Database, open: number): number | null {
  if (open < layout.groups) return null;
  const known = free.filter((count) => count !== UNKNOWN);
  if (known.length >= ENOUGH_GROUPS && Math.max(...known) * 2 >= layout.pagesPerGroup) return null;
  const unknown = free.indexOf(UNKNOWN);
  if (unknown >= 0) return unknown;
  return free.length < open ? free.length : null;
}

function learn(db: Database, getPage: GetPage, group: number): Learned | Miss {
  const no = spaceMapOf(db.layout, group);
  const page = getPage(no);
  if (page === undefined) return miss(no);
  const used = page.body.kind === 'space' ? page.body.used : initiallyUsed(group);
  const free = db.free.slice();
  free[group] = freeIn(db.layout, used);
  return { kind: 'learned', free };
}

/** Notes a group's free pages, those between it and the last noted being unknown. */
function note(free: number[], group: number, count: number): void {
  while (free.length < group) free.push(UNKNOWN);
  free[group] = count;
}

function emptiest(layout: Layout, free: readonly number[], open: number): number | null {
  let best: number | null = null;
  let most = 0;
  for (const [group, count] of free.entries()) {
    if (count > most) [best, most] = [group, count];
  }
  if (open < layout.groups) {
    const fresh = freeIn(layout, initiallyUsed(open));
    if (fresh > most) return open;
  }
  return best;
}

function bitsOf(getPage: GetPage, layout: Layout, group: number, open: number): number | Miss {
  if (group >= open) return initiallyUsed(group);
  const page = getPage(spaceMapOf(layout, group));
  if (page === undefined) return miss(spaceMapOf(layout, group));
  return page.body.kind === 'space' ? page.body.used : initiallyUsed(group);
}

function taking(
  layout: Layout,
  group: number,
  index: number,
  bits: number,
  opens: boolean,
): readonly Draft[] {
  const map = { page: spaceMapOf(layout, group), kind: 'data', txn: SYSTEM_TXN } as const;
  if (!opens) return [{ ...map, delta: { kind: 'use-page', index } }];
  return [
    { ...map, page: CATALOGUE, delta: { kind: 'open-group', group } },
    { ...map, delta: { kind: 'format-space', used: bits | (1 << index) } },
  ];
}
