import type { LogRecord } from './record.ts';
import { type Segment, STEP, type StoredPage } from './segment.ts';

/**
 * Takes records into the segment: those that follow the chain move SCL, those beyond a gap wait above
 * it, those already held change nothing (SIGMOD'18 §2.3: idempotent, holes are normal). A stored
 * successor follows at once when its predecessor arrives.
 */
export function hold(segment: Segment, records: readonly LogRecord[]): Segment {
  const draft: Draft = {
    scl: segment.scl,
    log: segment.log,
    ahead: segment.ahead,
    pages: segment.pages.slice(),
    firstPage: segment.firstPage,
  };
  // Base pages may just have closed the gap that the first of them waited above.
  takeFollowing(draft);
  for (const record of records) {
    if (record.lsn <= draft.scl) continue;
    if (record.prevSegmentLsn > draft.scl) draft.ahead = inserted(draft.ahead, record);
    else {
      take(draft, record);
      takeFollowing(draft);
    }
  }
  const { scl, log, ahead, pages } = draft;
  const steps = segment.steps.slice();
  steps[STEP.persist] = (steps[STEP.persist] ?? 0) + 1;
  steps[STEP.sort] = (steps[STEP.sort] ?? 0) + 1;
  return { ...segment, scl, log, ahead, pages, steps };
}

/** The parts of a segment that taking records changes, while it goes on. */
interface Draft {
  scl: Segment['scl'];
  log: Segment['log'];
  ahead: Segment['ahead'];
  readonly pages: StoredPage[];
  readonly firstPage: Segment['firstPage'];
}

function take(draft: Draft, record: LogRecord): void {
  draft.log = draft.log.push(record);
  draft.scl = record.lsn;
  const index = record.page - draft.firstPage;
  const page = draft.pages[index];
  if (page !== undefined) draft.pages[index] = extended(page, record);
}

/** Records that waited above the gap, as far as they now follow. */
function takeFollowing(draft: Draft): void {
  for (;;) {
    const next = draft.ahead[0];
    if (next === undefined || next.prevSegmentLsn > draft.scl) return;
    if (next.lsn > draft.scl) take(draft, next);
    draft.ahead = draft.ahead.slice(1);
  }
}

const extended = (page: StoredPage, record: LogRecord): StoredPage => ({
  versions: page.versions,
  head: record.lsn,
  chain: page.chain + 1,
});

function inserted(ahead: readonly LogRecord[], record: LogRecord): readonly LogRecord[] {
  const at = ahead.findIndex((each) => each.lsn >= record.lsn);
  if (at === -1) return [...ahead, record];
  if (ahead[at]?.lsn === record.lsn) return ahead;
  return ahead.toSpliced(at, 0, record);
}
