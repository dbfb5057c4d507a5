import type { Stamped } from '../database/delta.ts';
import { deltaBytes } from '../database/describe-delta.ts';
import type { Lsn, PageNo } from '../database/ids.ts';
import { PAGE_BYTES, type Page } from '../database/page.ts';
import { each, get, put, type SortedMap } from '../database/sorted-map.ts';
import { AppendLog } from '../engine/append-log.ts';

/** Everything that mirrored MySQL writes (SIGMOD'17 §3.1): the same information several times. */
export type Block =
  /** Write-ahead log, on the commit path. */
  | { readonly kind: 'redo'; readonly records: readonly Stamped[] }
  /** The statements' effects once more, for replication and restore, on the commit path. */
  | { readonly kind: 'binlog'; readonly transactions: number; readonly bytes: number }
  /** Copies of pages about to be written, against torn pages. */
  | { readonly kind: 'double-write'; readonly pages: readonly Page[] }
  | { readonly kind: 'page'; readonly page: Page }
  /** Where recovery will begin. */
  | { readonly kind: 'checkpoint'; readonly lsn: Lsn }
  /** A table's definition file. */
  | { readonly kind: 'metadata'; readonly files: number }
  /** Marks all there is as out of date, before a copy. */
  | { readonly kind: 'erase' }
  /** A whole volume, for a standby that has missed writes. */
  | { readonly kind: 'copy'; readonly store: Store };

export type BlockKind = Block['kind'];

/** What is on a volume. Blocks share structure with the instance that wrote them. */
export interface Store {
  readonly pages: SortedMap<PageNo, Page>;
  /** Redo above the checkpoint. */
  readonly log: AppendLog<Stamped>;
  readonly checkpoint: Lsn;
}

/** A volume that holds nothing above its first checkpoint. */
export const emptyStore = (checkpoint: Lsn): Store => ({
  pages: null,
  log: AppendLog.empty(),
  checkpoint,
});

/** The log is written in sectors of this size. */
const SECTOR_BYTES = 512;
/** A definition file takes two pages of a file system. */
const METADATA_BYTES = 8_192;
/** A larger request counts, and takes, as several (what a block volume calls one I/O). */
const LARGEST_IO_BYTES = 262_144;

const inSectors = (bytes: number): number => Math.ceil(bytes / SECTOR_BYTES) * SECTOR_BYTES;

/** Nominal bytes of a block on its way to a volume. */
export function bytesOf(block: Block): number {
  switch (block.kind) {
    case 'redo':
      return inSectors(block.records.reduce((sum, { delta }) => sum + deltaBytes(delta), 0));
    case 'binlog':
      return inSectors(block.bytes);
    case 'double-write':
      return block.pages.length * PAGE_BYTES;
    case 'page':
      return PAGE_BYTES;
    case 'checkpoint':
    case 'erase':
      return SECTOR_BYTES;
    case 'metadata':
      return block.files * METADATA_BYTES;
    case 'copy':
      return sizeOf(block.store) * PAGE_BYTES;
  }
}

/** How many I/Os a volume counts for so many bytes. */
export const iosOf = (bytes: number): number => Math.max(1, Math.ceil(bytes / LARGEST_IO_BYTES));

/** The store after one write. Writing a block again changes nothing, so it may be repeated. */
export function written(store: Store, block: Block): Store {
  switch (block.kind) {
    case 'redo':
      return appended(store, block.records);
    case 'page':
      return withPage(store, block.page);
    case 'checkpoint':
      return checkpointed(store, block.lsn);
    case 'erase':
      return emptyStore(0);
    case 'copy':
      return merged(block.store, store);
    case 'binlog':
    case 'double-write':
    case 'metadata':
      return store;
  }
}

function appended(store: Store, records: readonly Stamped[]): Store {
  const newest = store.log.last?.lsn ?? store.checkpoint;
  let { log } = store;
  for (const record of records) if (record.lsn > newest) log = log.push(record);
  return { pages: store.pages, log, checkpoint: store.checkpoint };
}

const withPage = ({ pages, log, checkpoint }: Store, page: Page): Store => ({
  pages: put(pages, page.no, page),
  log,
  checkpoint,
});

function checkpointed({ pages, log, checkpoint }: Store, lsn: Lsn): Store {
  if (lsn <= checkpoint) return { pages, log, checkpoint };
  return { pages, log: log.drop(log.firstIndex((record) => record.lsn > lsn)), checkpoint: lsn };
}

/** A copy brought up to date with what was written here while it was made. */
function merged(copy: Store, here: Store): Store {
  const newest = copy.log.last?.lsn ?? copy.checkpoint;
  const later = here.log.slice(here.log.firstIndex(({ lsn }) => lsn > newest));
  let store = appended(copy, later);
  each(here.pages, (no, page) => {
    const known = get(store.pages, no);
    if (known === undefined || known.lsn < page.lsn) store = withPage(store, page);
  });
  return checkpointed(store, here.checkpoint);
}

/** Pages that have ever been written to the volume. */
export function sizeOf(store: Store): number {
  let pages = 0;
  each(store.pages, () => {
    pages++;
  });
  return pages;
}
