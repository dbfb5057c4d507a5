import type { TruncationRange } from '../protocol/epochs.ts';
import type { LogRecord } from '../protocol/record.ts';

/** Whether one of these recoveries has annulled a record: issued before it, above what it kept. */
export const isAnnulled = (
  ranges: readonly TruncationRange[],
  { lsn, epoch }: LogRecord,
): boolean =>
  ranges.length > 0 &&
  ranges.some((range) => epoch < range.epoch && lsn > range.above && lsn <= range.upTo);
