import { applyDelta } from '../database/delta.ts';
import type { Lsn } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import { type PageCache, renewed } from '../database/page-cache.ts';
import type { LogRecord } from './record.ts';
import type { Warm } from './recovery.ts';

/** A group's log as the answers gave it, and where it ends. */
interface KnownGroup {
  readonly tail: Lsn;
  readonly records: readonly LogRecord[];
}

/**
 * The cache of a promoted replica as of the recovered VDL (protocol choice). Its pages are current up to
 * the replica's VDL; what the log has for them above is applied, as a replica would. Where the answers
 * do not reach back so far, the group's pages go: storage has them.
 */
export function refreshed(
  cache: PageCache,
  warm: Warm,
  groups: readonly KnownGroup[],
  groupOf: (page: number) => number,
): PageCache {
  const pending = groups.map((group, id) => missedBy(group, warm.tails[id] ?? 0));
  return renewed(cache, (page) => {
    const records = pending[groupOf(page.no)] ?? null;
    return records === null ? null : upToDate(page, records);
  });
}

/** The group's records above a point, in order; null when the answers have not all of them. */
function missedBy({ tail, records }: KnownGroup, above: Lsn): readonly LogRecord[] | null {
  const byLsn = new Map(records.map((record) => [record.lsn, record]));
  const found: LogRecord[] = [];
  for (let lsn = tail; lsn > above; ) {
    const record = byLsn.get(lsn);
    if (record === undefined) return null;
    found.push(record);
    lsn = record.prevSegmentLsn;
  }
  return found.reverse();
}

function upToDate(page: Page, records: readonly LogRecord[]): Page {
  let image = page;
  for (const { page: no, lsn, delta } of records)
    if (no === page.no && lsn > image.lsn) image = applyDelta(image, no, lsn, delta);
  return image;
}
