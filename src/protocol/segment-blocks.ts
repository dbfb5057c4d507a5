import { applyDelta } from '../database/delta.ts';
import type { Lsn } from '../database/ids.ts';
import { freePage, type Page } from '../database/page.ts';
import { crcOf } from './block-crc.ts';
import type { LogRecord } from './record.ts';
import type { Segment, StoredPage } from './segment.ts';

/** A stored page of one version, with its check sum. */
export const storedAs = (page: Page): StoredPage => ({
  versions: [page],
  sums: [crcOf(page)],
  head: page.lsn,
  chain: 0,
});

/** Index of the newest version of a stored page at or below an LSN; -1 when there is none. */
export function indexAt(stored: StoredPage | undefined, upTo: Lsn): number {
  const versions = stored?.versions ?? [];
  for (let i = versions.length - 1; i >= 0; i--) if ((versions[i]?.lsn ?? 0) <= upTo) return i;
  return -1;
}

/** The newest stored version of a page at or below an LSN, whether it is sound or not. */
export const versionAt = (segment: Segment, pageIndex: number, upTo: Lsn): Page => {
  const stored = segment.pages[pageIndex];
  return stored?.versions[indexAt(stored, upTo)] ?? freePage(segment.firstPage + pageIndex);
};

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

/** The record with this LSN at or below SCL and above the floor. */
function recordAt(segment: Segment, lsn: Lsn): LogRecord | undefined {
  const { log } = segment;
  const record = log.at(log.firstIndex((each) => each.lsn >= lsn));
  return record?.lsn === lsn ? record : undefined;
}

/**
 * The records of a page in (above, upTo], oldest first, found by walking the block chain back from
 * the page's newest record (SIGMOD'18 §2.2).
 */
export function chainOf(
  segment: Segment,
  pageIndex: number,
  above: Lsn,
  upTo: Lsn,
): readonly LogRecord[] {
  const found: LogRecord[] = [];
  let lsn = segment.pages[pageIndex]?.head ?? 0;
  while (lsn > above) {
    const record = recordAt(segment, lsn);
    if (record === undefined) break;
    if (lsn <= upTo) found.push(record);
    lsn = record.prevBlockLsn;
  }
  return found.reverse();
}

/** How many records of a page with this newest record lie above an LSN, in the log held here. */
export function countAbove(segment: Segment, head: Lsn, above: Lsn): number {
  let count = 0;
  for (let lsn = head; lsn > above; count++) {
    const record = recordAt(segment, lsn);
    if (record === undefined) break;
    lsn = record.prevBlockLsn;
  }
  return count;
}
