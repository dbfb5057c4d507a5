import { applyDelta } from '../database/delta.ts';
import type { Lsn, PageNo } from '../database/ids.ts';
import { groupOf } from '../database/layout.ts';
import { freePage, type Page } from '../database/page.ts';
import { each, get, put, remove, type SortedMap } from '../database/sorted-map.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Micros, seconds } from '../engine/time.ts';
import type { Mark, RestoredGroup, Stage } from './messages-upkeep.ts';
import type { GroupId, LogRecord } from './record.ts';

/** One group's log in the object store, above the snapshot. */
interface StoredLog {
  readonly group: GroupId;
  /** Everything of the group up to here is in the store. */
  readonly upTo: Lsn;
  readonly log: AppendLog<LogRecord>;
}

/** All pages that were ever written, as of one point. */
interface Snapshot {
  readonly mark: Mark;
  readonly pages: SortedMap<PageNo, Page>;
}

/**
 * The object store with the volume's backup (SIGMOD'17 §3.3, §5): a snapshot, the log above it, and older
 * snapshots. Segments fill it; no instance has a part in it. Records and pages are the very objects that
 * the segments hold.
 */
export interface ObjectStore {
  readonly id: ActorId;
  readonly groups: SortedMap<GroupId, StoredLog>;
  readonly snapshot: Snapshot;
  /** Points before the snapshot that can still be restored, the oldest first. */
  readonly older: readonly Snapshot[];
  /** How many records lie above the snapshot. */
  readonly records: number;
  /** When the VDL got where, above the snapshot. */
  readonly marks: AppendLog<Mark>;
  /** The volume's log is in the store up to here without a gap. */
  readonly complete: Lsn;
  /** Records whose predecessor in the volume is not in the store yet: their LSNs by the predecessor's. */
  readonly links: SortedMap<Lsn, Lsn>;
  /** Newest page version staged, to begin the next snapshot from. */
  readonly blocks: SortedMap<PageNo, Page>;
  readonly firstPages: ReadonlyMap<PageNo, Page>;
  readonly pagesPerGroup: number;
}

export interface ObjectStoreInput {
  readonly id: ActorId;
  readonly pagesPerGroup: number;
  readonly lsn: Lsn;
  readonly firstPages: ReadonlyMap<PageNo, Page>;
}

/** A store that holds the volume's first content: what it begins with is a backup already. */
export const newObjectStore = ({
  id,
  lsn,
  firstPages,
  pagesPerGroup,
}: ObjectStoreInput): ObjectStore => ({
  id,
  groups: null,
  snapshot: { mark: { vdl: lsn, atUs: 0 }, pages: null },
  older: [],
  records: 0,
  marks: AppendLog.empty(),
  complete: lsn,
  links: null,
  blocks: null,
  firstPages,
  pagesPerGroup,
});

const copyOf = (store: ObjectStore): Mutable<ObjectStore> => ({
  id: store.id,
  groups: store.groups,
  snapshot: store.snapshot,
  older: store.older,
  records: store.records,
  marks: store.marks,
  complete: store.complete,
  links: store.links,
  blocks: store.blocks,
  firstPages: store.firstPages,
  pagesPerGroup: store.pagesPerGroup,
});

/**
 * Log that is kept above the snapshot, in records: within it every moment can be restored. Before that,
 * snapshots, the further apart the older they are (protocol choice: the real service keeps both for days).
 */
const KEEP_RECORDS = 512;
const FOLD_RECORDS = 256;
const SNAPSHOT_APART_US = seconds(1);
const SNAPSHOT_DENSITY = 3;

/** How far the store has a group's log. */
export const upToOf = (store: ObjectStore, group: GroupId): Lsn =>
  get(store.groups, group)?.upTo ?? store.snapshot.mark.vdl;

/**
 * Takes in what a segment staged. Segments of a group hold the same records, so what another has staged
 * before is not stored twice; a record whose predecessor in the group is missing is not taken.
 */
export function taken(store: ObjectStore, stage: Stage): Mutable<ObjectStore> {
  const next = copyOf(store);
  const known = get(store.groups, stage.group);
  let upTo = known?.upTo ?? 0;
  let log = known?.log ?? AppendLog.empty<LogRecord>();
  for (const record of stage.records) {
    if (record.lsn <= upTo || (known !== undefined && record.prevSegmentLsn > upTo)) continue;
    upTo = record.lsn;
    log = log.push(record);
    next.records++;
    next.links = put(next.links, record.prevVolumeLsn, record.lsn);
  }
  next.groups = put(store.groups, stage.group, { group: stage.group, upTo, log });
  for (const block of stage.blocks)
    if ((get(next.blocks, block.no)?.lsn ?? 0) < block.lsn)
      next.blocks = put(next.blocks, block.no, block);
  follow(next);
  for (const mark of stage.marks) withMark(next, mark);
  foldIfLong(next);
  return next;
}

/** Follows the volume chain as far as the store has it: only that far is every group backed up. */
function follow(store: Mutable<ObjectStore>): void {
  for (;;) {
    const lsn = get(store.links, store.complete);
    if (lsn === undefined) return;
    store.links = remove(store.links, store.complete);
    store.complete = lsn;
  }
}

function withMark(store: Mutable<ObjectStore>, mark: Mark): void {
  const last = store.marks.last ?? store.snapshot.mark;
  if (mark.atUs > last.atUs && mark.vdl > last.vdl) store.marks = store.marks.push(mark);
}

/** Old log is folded into a new snapshot, so that the store stays as large as it is. */
function foldIfLong(store: Mutable<ObjectStore>): void {
  const { marks, snapshot, records } = store;
  if (records < KEEP_RECORDS + FOLD_RECORDS) return;
  const at = marks.firstIndex(({ vdl }) => recordsAbove(store, vdl) <= KEEP_RECORDS);
  const mark = marks.at(at);
  if (mark === undefined || mark.vdl > store.complete) return;
  store.older = thinned([...store.older, snapshot], mark.atUs);
  store.snapshot = { mark, pages: pagesAt(store, mark.vdl) };
  store.marks = marks.drop(at + 1);
  store.records = recordsAbove(store, mark.vdl);
  each(store.blocks, (no, { lsn }) => {
    if (lsn <= mark.vdl) store.blocks = remove(store.blocks, no);
  });
  each(store.groups, (id, { group, upTo, log }) => {
    const left = log.drop(log.firstIndex(({ lsn }) => lsn > mark.vdl));
    if (left !== log) store.groups = put(store.groups, id, { group, upTo, log: left });
  });
}

function recordsAbove({ groups }: ObjectStore, above: Lsn): number {
  let count = 0;
  each(groups, (_, { log }) => {
    count += log.length - log.firstIndex(({ lsn }) => lsn > above);
  });
  return count;
}

/** Snapshots lie a second apart, or a third of their age where that is more; the first one stays. */
function thinned(older: readonly Snapshot[], nowUs: Micros): readonly Snapshot[] {
  const kept: Snapshot[] = [];
  let lastUs = Number.NEGATIVE_INFINITY;
  for (const snapshot of older) {
    const { atUs } = snapshot.mark;
    const apartUs = Math.max(SNAPSHOT_APART_US, (nowUs - atUs) / SNAPSHOT_DENSITY);
    if (atUs - lastUs < apartUs && snapshot !== older[older.length - 1]) continue;
    kept.push(snapshot);
    lastUs = atUs;
  }
  return kept;
}

/** The snapshot brought forward: from staged versions where they help, else record by record. */
function pagesAt(store: ObjectStore, vdl: Lsn): Snapshot['pages'] {
  let { pages } = store.snapshot;
  each(store.groups, (_, { log }) => {
    for (const record of log) {
      if (record.lsn > vdl) break;
      const before =
        get(pages, record.page) ?? store.firstPages.get(record.page) ?? freePage(record.page);
      const after = forward(before, get(store.blocks, record.page), record, vdl);
      if (after !== before) pages = put(pages, record.page, after);
    }
  });
  return pages;
}

/** A page with one more record; a staged version that has it, and nothing above `vdl`, saves the work. */
function forward(page: Page, block: Page | undefined, record: LogRecord, vdl: Lsn): Page {
  if (page.lsn >= record.lsn) return page;
  if (block !== undefined && block.lsn >= record.lsn && block.lsn <= vdl) return block;
  return applyDelta(page, record.page, record.lsn, record.delta);
}

/** A point that can be restored: the last one at or before a time, or the latest there is. */
export interface Choice {
  readonly mark: Mark;
  readonly isLatest: boolean;
  readonly pages: Snapshot['pages'];
  /** Log above the pages is needed. */
  readonly withLog: boolean;
}

/** The latest point that every group's backup reaches: what can be restored now. */
export function latest({ marks, complete, snapshot }: ObjectStore): Mark {
  return marks.at(marks.firstIndex(({ vdl }) => vdl > complete) - 1) ?? snapshot.mark;
}

/** Chooses what to restore for a time: VDLs only, so that every choice is consistent (§9, UG). */
export function choose(store: ObjectStore, wantedUs: number): Choice {
  const { marks, snapshot, older } = store;
  const newest = latest(store);
  if (wantedUs >= newest.atUs)
    return { mark: newest, isLatest: true, pages: snapshot.pages, withLog: true };
  if (wantedUs >= snapshot.mark.atUs) {
    const at = marks.firstIndex(({ atUs }) => atUs > wantedUs) - 1;
    const mark = marks.at(at) ?? snapshot.mark;
    return { mark, isLatest: false, pages: snapshot.pages, withLog: true };
  }
  const from = older.findLast(({ mark }) => mark.atUs <= wantedUs) ?? older[0] ?? snapshot;
  return { mark: from.mark, isLatest: false, pages: from.pages, withLog: false };
}

/** What a restore is made from, group by group. */
export function partsFor(
  store: ObjectStore,
  { mark, pages, withLog }: Choice,
): readonly RestoredGroup[] {
  const byGroup = new Map<GroupId, Page[]>();
  each(pages, (no, page) => {
    const group = groupOf(store, no);
    byGroup.set(group, [...(byGroup.get(group) ?? []), page]);
  });
  const parts: RestoredGroup[] = [];
  each(store.groups, (group, { log }) => {
    const upTo = log.firstIndex(({ lsn }) => lsn > mark.vdl);
    const records = withLog ? log.slice(0, upTo) : [];
    parts.push({ group, pages: byGroup.get(group) ?? [], records });
  });
  return parts;
}
