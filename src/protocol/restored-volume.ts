import { type CommitHistory, emptyHistory } from '../database/commit-history.ts';
import type { Lsn, PageNo, SessionId } from '../database/ids.ts';
import { freePage, type Page } from '../database/page.ts';
import { get, put, type SortedMap } from '../database/sorted-map.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import type { Mark, RestoredGroup } from './messages-upkeep.ts';

/** A connection to the restored volume, and the database it is in. */
interface RestoredSession {
  readonly id: SessionId;
  readonly database: string | null;
}

/**
 * A new volume made from the backup, with an instance on it that answers reads (SIGMOD'17 §5: restore is
 * a workflow of the control plane). It shares nothing with the volume it was made from.
 */
export interface RestoredVolume {
  readonly id: ActorId;
  /** The consistency point it shows: every record at or below, none above. Null before the first restore. */
  readonly mark: Mark | null;
  readonly wantedUs: Micros;
  /** Later than asked for was not in the backup: this is the latest there is. */
  readonly isLatest: boolean;
  /** Groups whose pages are not built yet. */
  readonly left: readonly RestoredGroup[];
  readonly total: number;
  readonly records: number;
  readonly pages: SortedMap<PageNo, Page>;
  /** Transactions that had not ended at the point: undo hides them. */
  readonly history: CommitHistory;
  readonly sessions: readonly RestoredSession[];
  /** How long the copy of one group from the object store takes; groups are copied side by side. */
  readonly copyUs: Micros;
  readonly firstDatabase: string | null;
  readonly pagesPerGroup: number;
  readonly firstPages: ReadonlyMap<PageNo, Page>;
}

export interface RestoredVolumeInput {
  readonly id: ActorId;
  readonly copyUs: Micros;
  readonly firstDatabase: string | null;
  readonly pagesPerGroup: number;
  readonly firstPages: ReadonlyMap<PageNo, Page>;
}

/** A volume that nobody has asked to be restored yet. */
export const newRestoredVolume = (input: RestoredVolumeInput): RestoredVolume => ({
  id: input.id,
  mark: null,
  wantedUs: 0,
  isLatest: false,
  left: [],
  total: 0,
  records: 0,
  pages: null,
  history: emptyHistory,
  sessions: [],
  copyUs: input.copyUs,
  firstDatabase: input.firstDatabase,
  pagesPerGroup: input.pagesPerGroup,
  firstPages: input.firstPages,
});

/** Written out: a spread costs V8 twenty times as much. */
export const copyOf = (volume: RestoredVolume): Mutable<RestoredVolume> => ({
  id: volume.id,
  mark: volume.mark,
  wantedUs: volume.wantedUs,
  isLatest: volume.isLatest,
  left: volume.left,
  total: volume.total,
  records: volume.records,
  pages: volume.pages,
  history: volume.history,
  sessions: volume.sessions,
  copyUs: volume.copyUs,
  firstDatabase: volume.firstDatabase,
  pagesPerGroup: volume.pagesPerGroup,
  firstPages: volume.firstPages,
});

/** A page as the restored volume has it: those never written are as they were at the start. */
export const pageIn = ({ pages, firstPages }: RestoredVolume, no: PageNo): Page =>
  get(pages, no) ?? firstPages.get(no) ?? freePage(no);

/** The pages with these in the place of their older versions. */
export const withPages = (
  pages: RestoredVolume['pages'],
  more: readonly Page[],
): RestoredVolume['pages'] => more.reduce((all, page) => put(all, page.no, page), pages);

/** The point it shows; 0 before there is one. */
export const pointOf = ({ mark }: RestoredVolume): Lsn => mark?.vdl ?? 0;
