import type { Lsn, PageNo } from '../database/ids.ts';
import type { Page } from '../database/page.ts';
import type { Micros } from '../engine/time.ts';
import type { Epochs, TruncationRange } from './epochs.ts';
import type { GroupId, LogRecord } from './record.ts';
import type { SegmentId } from './topology.ts';

/** Steps of a storage node that yield to reads and writes (SIGMOD'17 §3.3). */
export type BackgroundStep = 'coalesce' | 'back-up' | 'collect' | 'scrub';

/** The writer's VDL at a moment: what a restore to a time goes by. */
export interface Mark {
  readonly vdl: Lsn;
  readonly atUs: Micros;
}

/**
 * The writer's points without records, to members of a group that had the last of its records without
 * hearing that it became durable (protocol choice).
 */
export interface Points {
  readonly type: 'POINTS';
  readonly group: GroupId;
  readonly vdl: Lsn;
  readonly vdlAtUs: Micros;
  readonly pgmrpl: Lsn;
  readonly allCompleteTo: Lsn;
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
}

/** Log of a group, staged to the object store by one of its segments (SIGMOD'17 §3.3 step 6). */
export interface Stage {
  readonly type: 'STAGE';
  readonly segment: SegmentId;
  readonly group: GroupId;
  /** Whoever wants to know what the store has of the group: its members. */
  readonly members: readonly SegmentId[];
  /** Durable records of the group, without a gap. */
  readonly records: readonly LogRecord[];
  /** Page versions written since this segment staged the last ones. */
  readonly blocks: readonly Page[];
  /** When the VDL got where, in order. */
  readonly marks: readonly Mark[];
}

/** "The group's log up to here is in the object store, whoever put it there." */
export interface Staged {
  readonly type: 'STAGED';
  readonly group: GroupId;
  readonly upTo: Lsn;
}

/** A segment whose stored version of a page fails its check asks a peer for that version. */
export interface FetchBlock {
  readonly type: 'FETCH_BLOCK';
  readonly segment: SegmentId;
  readonly page: PageNo;
  readonly lsn: Lsn;
}

/** The page as of the LSN asked for, or of the peer's floor above it; null when it cannot tell. */
export interface Block {
  readonly type: 'BLOCK';
  readonly segment: SegmentId;
  readonly page: PageNo;
  readonly lsn: Lsn;
  readonly image: Page | null;
  readonly epochs: Epochs;
}

/** What a new volume is made from: snapshot pages, and the log above them up to the point chosen. */
export interface Restore {
  readonly type: 'RESTORE';
  /** The time that was asked for. */
  readonly wantedUs: Micros;
  /** The point chosen: the VDL, and when it got there. */
  readonly mark: Mark;
  /** The backup does not reach so far: the point is the latest there is. */
  readonly isLatest: boolean;
  readonly groups: readonly RestoredGroup[];
}

/** One group's part of a restore. */
export interface RestoredGroup {
  readonly group: GroupId;
  readonly pages: readonly Page[];
  /** Records above those pages, in order. */
  readonly records: readonly LogRecord[];
}
