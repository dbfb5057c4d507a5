import type { Draft } from '../database/delta.ts';
import type { Lsn } from '../database/ids.ts';

/** A protection group's number, from 0: one 10 GB slice of the volume, kept as six segments. */
export type GroupId = number;

/**
 * One redo record: a change to one page, with its place in the volume's log and the three
 * back-pointers of SIGMOD'18 §2.2. Immutable, and shared by everything that holds it.
 */
export interface LogRecord extends Draft {
  readonly lsn: Lsn;
  readonly group: GroupId;
  /** Mini-transaction number; records of one MTR have contiguous LSNs (SIGMOD'17 §4.1). */
  readonly mtr: number;
  /** Consistency point: the last record of its mini-transaction. */
  readonly cpl: boolean;
  /** The record before this one in the volume; 0 for the first. */
  readonly prevVolumeLsn: Lsn;
  /** The record before this one in the same protection group (the segment chain). */
  readonly prevSegmentLsn: Lsn;
  /** The record before this one for the same page (the block chain). */
  readonly prevBlockLsn: Lsn;
  /** Volume epoch of the writer that issued it. */
  readonly epoch: number;
}

/** A run of LSNs, both ends included. */
export interface LsnRange {
  readonly first: Lsn;
  readonly last: Lsn;
}
