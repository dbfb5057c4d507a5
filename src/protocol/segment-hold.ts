import type { Mutable } from '../engine/mutable.ts';
import { mutated } from './mutations.ts';
import type { LogRecord } from './record.ts';
import { copyOf, type Segment, STEP, type StoredPage } from './segment.ts';

/**
 * Takes records into the segment: those that follow the chain move SCL, those beyond a gap wait above
 * it, those already held change nothing (SIGMOD'18 §2.3: idempotent, holes are normal). A stored
 * successor follows at once when its predecessor arrives.
 */
export function hold(segment: Segment, records: readonly LogRecord[]): Mutable<Segment> {
  const next = copyOf(segment);
  const pages = segment.pages.slice();
  next.pages = pages;
  // Base pages may just have closed the gap that the first of them waited above.
  takeFollowing(next, pages);
  for (const record of records) {
    if (record.lsn <= next.scl) continue;
    const isAhead =
      record.prevSegmentLsn > next.scl && !mutated(segment.mutations, 'scl-over-holes');
    if (isAhead) next.ahead = inserted(next.ahead, record);
    else {
      take(next, pages, record);
      takeFollowing(next, pages);
    }
  }
  const steps = segment.steps.slice();
  steps[STEP.persist] = (steps[STEP.persist] ?? 0) + 1;
  steps[STEP.sort] = (steps[STEP.sort] ?? 0) + 1;
  next.steps = steps;
  return next;
}

function take(next: Mutable<Segment>, pages: StoredPage[], record: LogRecord): void {
  next.log = next.log.push(record);
  next.scl = record.lsn;
  const index = record.page - next.firstPage;
  const page = pages[index];
  if (page !== undefined) pages[index] = extended(page, record);
}

/** Records that waited above the gap, as far as they now follow. */
function takeFollowing(next: Mutable<Segment>, pages: StoredPage[]): void {
  for (;;) {
    const record = next.ahead[0];
    if (record === undefined || record.prevSegmentLsn > next.scl) return;
    if (record.lsn > next.scl) take(next, pages, record);
    next.ahead = next.ahead.slice(1);
  }
}

const extended = (page: StoredPage, record: LogRecord): StoredPage => ({
  versions: page.versions,
  sums: page.sums,
  head: record.lsn,
  chain: page.chain + 1,
});

function inserted(ahead: readonly LogRecord[], record: LogRecord): readonly LogRecord[] {
  const at = ahead.findIndex((each) => each.lsn >= record.lsn);
  if (at === -1) return [...ahead, record];
  if (ahead[at]?.lsn === record.lsn) return ahead;
  return ahead.toSpliced(at, 0, record);
}
