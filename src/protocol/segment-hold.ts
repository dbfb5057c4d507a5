import type { LogRecord } from './record.ts';
import { type Segment, STEP, type StoredPage } from './segment.ts';

/**
 * Takes records into the segment: those that follow the chain move SCL, those beyond a gap wait above
 * it, those already held change nothing (SIGMOD'18 §2.3: idempotent, holes are normal). A stored
 * successor follows at once when its predecessor arrives.
 */
export function hold(segment: Segment, records: readonly LogRecord[]): Segment {
  let { scl, log, ahead } = segment;
  const pages = segment.pages.slice();
  const take = (record: LogRecord): void => {
    log = log.push(record);
    scl = record.lsn;
    const index = record.page - segment.firstPage;
    const page = pages[index];
    if (page !== undefined) pages[index] = extended(page, record);
  };
  for (const record of records) {
    if (record.lsn <= scl) continue;
    if (record.prevSegmentLsn > scl) {
      ahead = inserted(ahead, record);
      continue;
    }
    take(record);
    for (let next = ahead[0]; next !== undefined && next.prevSegmentLsn <= scl; next = ahead[0]) {
      if (next.lsn > scl) take(next);
      ahead = ahead.slice(1);
    }
  }
  const steps = segment.steps.slice();
  steps[STEP.persist] = (steps[STEP.persist] ?? 0) + 1;
  steps[STEP.sort] = (steps[STEP.sort] ?? 0) + 1;
  return { ...segment, scl, log, ahead, pages, steps };
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
