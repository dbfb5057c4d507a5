import { applyDelta } from '../database/delta.ts';
import type { Lsn } from '../database/ids.ts';
import { freePage, type Page } from '../database/page.ts';
import { crcOf } from './block-crc.ts';
import { chainOf, type Segment, type StoredPage } from './segment.ts';

/** Index of the newest version of a stored page at or below an LSN; -1 when there is none. */
export function indexAt(stored: StoredPage | undefined, upTo: Lsn): number {
  const versions = stored?.versions ?? [];
  for (let i = versions.length - 1; i >= 0; i--) if ((versions[i]?.lsn ?? 0) <= upTo) return i;
  return -1;
}

/** Whether a stored version still has the sum it was written with (SIGMOD'17 §3.3 step 8). */
export function isSound({ versions, sums }: StoredPage, index: number): boolean {
  const version = versions[index];
  return version === undefined || crcOf(version) === sums[index];
}

/** The newest stored version at or below an LSN if it passes its check; null when it does not. */
export function soundAt(segment: Segment, pageIndex: number, upTo: Lsn): Page | null {
  const stored = segment.pages[pageIndex];
  const index = indexAt(stored, upTo);
  const version = stored?.versions[index];
  if (stored === undefined || version === undefined) return freePage(segment.firstPage + pageIndex);
  return isSound(stored, index) ? version : null;
}

/** The page at an LSN, made from a sound version and the records above it; null without one. */
export function soundImage(segment: Segment, pageIndex: number, lsn: Lsn): Page | null {
  let page = soundAt(segment, pageIndex, lsn);
  if (page === null) return null;
  for (const record of chainOf(segment, pageIndex, page.lsn, lsn))
    page = applyDelta(page, page.no, record.lsn, record.delta);
  return page;
}

/** The stored page with one more version, written out of place (SIGMOD'17 §3.2). */
export const withVersion = (stored: StoredPage, image: Page): StoredPage => ({
  versions: [...stored.versions, image],
  sums: [...stored.sums, crcOf(image)],
  head: stored.head,
  chain: 0,
});
