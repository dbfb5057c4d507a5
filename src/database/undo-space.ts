import type { Database } from './database.ts';
import type { SessionId, TxnId } from './ids.ts';
import { UNDO_PAGES, undoPageOf } from './layout.ts';
import { type Page, UNDO_ENTRIES, undoOf } from './page.ts';
import { cached } from './page-cache.ts';
import { type GetPage, type Miss, miss } from './read-view.ts';
import { get } from './sorted-map.ts';

export interface UndoRoom {
  readonly kind: 'room';
  readonly page: Page;
}

export interface UndoFull {
  readonly kind: 'full';
}

export const UNDO_EXHAUSTED =
  'This transaction has changed more rows than its protection group has undo space for: commit more often.';

/** An undo page of the group with room for one more entry, starting from the one in use. */
export function undoRoom(
  db: Database,
  getPage: GetPage,
  group: number,
): UndoRoom | UndoFull | Miss {
  const start = get(db.undoPages, group) ?? undoPageOf(db.layout, group, 0);
  const offset = start - undoPageOf(db.layout, group, 0);
  for (let i = 0; i < UNDO_PAGES; i++) {
    const no = undoPageOf(db.layout, group, (offset + i) % UNDO_PAGES);
    const page = getPage(no);
    if (page === undefined) return miss(no);
    if (undoOf(page).entries.length < UNDO_ENTRIES) return { kind: 'room', page };
  }
  return { kind: 'full' };
}

/** Whether purge can never empty an undo page of the group while these sessions wait. */
export function pinnedBy(db: Database, group: number, sessions: readonly SessionId[]): boolean {
  const txns = sessions.map((id) => get(db.sessions, id)?.txn?.id ?? null);
  for (let i = 0; i < UNDO_PAGES; i++) {
    const page = cached(db.cache, undoPageOf(db.layout, group, i));
    if (page === undefined || !holdsAny(page, txns)) return false;
  }
  return true;
}

const holdsAny = (page: Page, txns: readonly (TxnId | null)[]): boolean =>
  undoOf(page).entries.some(({ txn }) => txns.includes(txn));

/** The transactions with entries on an undo page, each once. */
export function txnsOn(page: Page): readonly TxnId[] {
  return [...new Set(undoOf(page).entries.map(({ txn }) => txn))];
}

/** Whether an undo page has room for no entry more. */
export const isFullUndo = (page: Page): boolean => undoOf(page).entries.length >= UNDO_ENTRIES;
