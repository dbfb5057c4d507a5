import { applyDelta } from '../database/delta.ts';
import type { Lsn, PageNo } from '../database/ids.ts';
import { freePage, type Page } from '../database/page.ts';
import type { Cluster } from './cluster.ts';
import type { GroupId, LogRecord } from './record.ts';

/**
 * The volume as one straight line: every record issued, applied in LSN order to the pages the volume
 * began with. Knows nothing of segments, caches or quorums.
 */
export class Oracle {
  /** Every record of the run, in order: LSNs are dense. */
  readonly log: LogRecord[] = [];
  readonly firstLsn: Lsn;
  /** Per group its LSNs in order, beginning with the one the volume starts at. */
  readonly #chains = new Map<GroupId, Lsn[]>();
  /** Per page its image after each of its records, oldest first. */
  readonly #images = new Map<PageNo, Page[]>();

  constructor({ firstLsn, pages }: Cluster) {
    this.firstLsn = firstLsn;
    for (const page of pages.values()) this.#images.set(page.no, [page]);
  }

  add(record: LogRecord): void {
    this.log.push(record);
    this.chain(record.group).push(record.lsn);
    const images = this.imagesOf(record.page);
    const before = images[images.length - 1];
    images.push(applyDelta(before, record.page, record.lsn, record.delta));
  }

  get lastLsn(): Lsn {
    return this.firstLsn + this.log.length;
  }

  record(lsn: Lsn): LogRecord | undefined {
    return this.log[lsn - this.firstLsn - 1];
  }

  chain(group: GroupId): Lsn[] {
    let chain = this.#chains.get(group);
    if (chain === undefined) {
      chain = [this.firstLsn];
      this.#chains.set(group, chain);
    }
    return chain;
  }

  imagesOf(page: PageNo): Page[] {
    let images = this.#images.get(page);
    if (images === undefined) {
      images = [freePage(page)];
      this.#images.set(page, images);
    }
    return images;
  }

  /** The last record of a group at or below an LSN. */
  tail(group: GroupId, lsn: Lsn): Lsn {
    return upTo(this.chain(group), lsn, (each) => each) ?? this.firstLsn;
  }

  /** The page as of an LSN. */
  page(no: PageNo, lsn: Lsn = this.lastLsn): Page {
    return upTo(this.imagesOf(no), lsn, (image) => image.lsn) ?? freePage(no);
  }

  isConsistencyPoint(lsn: Lsn): boolean {
    return lsn === this.firstLsn || this.record(lsn)?.cpl === true;
  }
}

/** The last item at or below an LSN, by halving. */
function upTo<T>(items: readonly T[], lsn: Lsn, lsnOf: (item: T) => Lsn): T | undefined {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && lsnOf(item) <= lsn) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
