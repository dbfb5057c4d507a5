import type { Lsn, PageNo } from '../../database/ids.ts';
import type { Page } from '../../database/page.ts';
import type { GroupId, LogRecord } from '../../protocol/record.ts';
import { Chain } from './chain.ts';
import { folded } from './fold.ts';
import { Rows } from './rows.ts';

/** What a volume begins with. */
export interface Start {
  readonly firstLsn: Lsn;
  readonly pages: ReadonlyMap<PageNo, Page>;
}

/** A page's records, and its image after some of them: all of the newest, and one in so many before. */
interface Story {
  base: Page;
  readonly records: LogRecord[];
  readonly images: (Page | null)[];
}

/** Older images are made again from the last one kept before them: hardly anybody asks. */
const NEWEST_IMAGES = 32;
const ONE_IMAGE_IN = 16;

/**
 * The volume as one straight line: every record that counts in one volume epoch, in order. Knows nothing
 * of segments, caches or quorums. A recovery makes a new line out of the surviving part of the old one.
 */
export class Line {
  /** The volume epoch whose writer goes on with it. */
  readonly epoch: number;
  readonly start: Start;
  /** Every LSN at which the volume was declared consistent without a record: its start, ends of ranges. */
  readonly points: readonly Lsn[];
  readonly log: Chain;
  readonly rows: Rows;
  readonly #chains = new Map<GroupId, Chain>();
  readonly #stories = new Map<PageNo, Story>();

  constructor(start: Start, epoch: number, points: readonly Lsn[]) {
    this.start = start;
    this.epoch = epoch;
    this.points = points;
    this.log = new Chain(start.firstLsn);
    this.rows = new Rows(start.pages);
  }

  add(record: LogRecord): void {
    this.log.push(record);
    this.chain(record.group).push(record);
    this.#story(record.page).records.push(record);
    this.rows.add(record);
  }

  /** The newest record; where the volume starts when there is none. */
  get lastLsn(): Lsn {
    return this.log.last;
  }

  chain(group: GroupId): Chain {
    let chain = this.#chains.get(group);
    if (chain === undefined) {
      chain = new Chain(this.start.firstLsn);
      this.#chains.set(group, chain);
    }
    return chain;
  }

  /** The last record of a group at or below an LSN. */
  tail(group: GroupId, lsn: Lsn): Lsn {
    return this.chain(group).upTo(lsn);
  }

  record(lsn: Lsn): LogRecord | undefined {
    const record = this.log.at(this.log.indexAbove(lsn) - 1);
    return record?.lsn === lsn ? record : undefined;
  }

  /** The page's newest record at or below an LSN; its first LSN when it has none. */
  pageLsn(no: PageNo, lsn: Lsn = this.lastLsn): Lsn {
    const { base, records } = this.#story(no);
    return records[countUpTo(records, lsn) - 1]?.lsn ?? base.lsn;
  }

  /** The page as of an LSN: its first content and every record of it up to there. */
  page(no: PageNo, lsn: Lsn = this.lastLsn): Page {
    const story = this.#story(no);
    const wanted = countUpTo(story.records, lsn);
    const { images, records } = story;
    // The newest image is always there.
    for (let i = images.length; i < wanted; i++) {
      const record = records[i];
      if (record === undefined) break;
      images.push(folded(images[i - 1] ?? story.base, no, record.lsn, record.delta));
      const old = i - NEWEST_IMAGES;
      if (old >= 0 && old % ONE_IMAGE_IN !== 0) images[old] = null;
    }
    return madeAgain(story, no, wanted);
  }

  /** Pages that have content, from the start or since. */
  pageNumbers(): readonly PageNo[] {
    return [...new Set([...this.start.pages.keys(), ...this.#stories.keys()])];
  }

  /** Whether the volume was consistent at this LSN: the end of a mini-transaction, or declared so. */
  isPoint(lsn: Lsn): boolean {
    return this.points.includes(lsn) || this.record(lsn)?.cpl === true;
  }

  /** The last consistency point at or below an LSN. */
  pointUpTo(lsn: Lsn): Lsn {
    for (let i = this.log.indexAbove(lsn) - 1; ; i--) {
      const record = this.log.at(i);
      if (record === undefined) return this.start.firstLsn;
      if (record.cpl) return record.lsn;
    }
  }

  /** What is left of the line when everything in (above, upTo] is annulled; LSNs go on above `upTo`. */
  forked(epoch: number, above: Lsn, upTo: Lsn): Line {
    const next = new Line(this.start, epoch, [...this.points, upTo]);
    for (const record of this.log.upToLsn(above)) next.add(record);
    return next;
  }

  #story(no: PageNo): Story {
    let story = this.#stories.get(no);
    if (story === undefined) {
      const base = this.start.pages.get(no) ?? { no, lsn: 0, body: { kind: 'free' } };
      story = { base, records: [], images: [] };
      this.#stories.set(no, story);
    }
    return story;
  }
}

/** The page after so many of its records, from the last image that was kept at or before it. */
function madeAgain({ base, records, images }: Story, no: PageNo, wanted: number): Page {
  let from = wanted;
  while (from > 0 && images[from - 1] === null) from--;
  let page = images[from - 1] ?? base;
  for (const { lsn, delta } of records.slice(from, wanted)) page = folded(page, no, lsn, delta);
  return page;
}

/** How many records lie at or below an LSN; most questions are about the newest. */
function countUpTo(records: readonly LogRecord[], lsn: Lsn): number {
  let high = records.length;
  if ((records[high - 1]?.lsn ?? 0) <= lsn) return high;
  let low = 0;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((records[middle]?.lsn ?? 0) <= lsn) low = middle + 1;
    else high = middle;
  }
  return low;
}
