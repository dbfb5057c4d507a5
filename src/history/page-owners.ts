import type { PageNo } from '../database/ids.ts';
import { CATALOGUE, UNDO_PAGES } from '../database/layout.ts';
import { catalogueOf, type Page } from '../database/page.ts';
import type { Bootstrap } from '../database/volume.ts';
import type { Happening } from '../engine/happening.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { LogRecord } from '../protocol/record.ts';
import { isPlacing, type PlacingDelta } from './placements.ts';

/** A table, by the name of its database and its own. */
export interface TableOwner {
  readonly kind: 'table';
  readonly database: string;
  readonly table: string;
}

/** Whose a page is: a table's, or the engine's own. */
export type Owner = TableOwner | { readonly kind: 'catalogue' | 'map' | 'undo' };

interface TablePages {
  readonly table: string;
  readonly pages: readonly PageNo[];
}

export interface DatabasePages {
  readonly database: string;
  /** Its number among the databases that have pages, the oldest first: the same in every group. */
  readonly number: number;
  /** Of all its tables here. */
  readonly count: number;
  readonly tables: readonly TablePages[];
}

/** The pages of one protection group, by whose they are; each page stands in one list. */
export interface GroupPages {
  readonly first: PageNo;
  readonly size: number;
  /** Only those with pages here. */
  readonly databases: readonly DatabasePages[];
  readonly undo: readonly PageNo[];
  readonly catalogue: readonly PageNo[];
  readonly map: readonly PageNo[];
  readonly free: readonly PageNo[];
}

interface Shape {
  readonly pagesPerGroup: number;
}

/**
 * Whose every page of a volume is at a moment. Storage knows pages and their records and nothing of
 * databases, so this is read as the writer's engine would: from the catalogue and the trees that the volume
 * began with, and from the records that have changed them since. No page is ever given back, for nothing
 * can be dropped.
 */
export class PageOwners {
  readonly #owners: ReadonlyMap<PageNo, TableOwner>;
  readonly #names: readonly string[];
  readonly #pagesPerGroup: number;

  /** `events`: those that `placesPages` picks, from the run's beginning up to the moment, in order. */
  constructor(start: Bootstrap, { pagesPerGroup }: Shape, events: readonly Happening[]) {
    this.#owners = ownersAfter(start, events);
    this.#names = [...new Set([...this.#owners.values()].map(({ database }) => database))];
    this.#pagesPerGroup = pagesPerGroup;
  }

  /** Null for a page that is free. */
  ownerOf(page: PageNo): Owner | null {
    // Every group begins with the map of its free pages and its undo pages.
    const nth = page % this.#pagesPerGroup;
    if (nth === 0) return { kind: 'map' };
    if (nth <= UNDO_PAGES) return { kind: 'undo' };
    if (page === CATALOGUE) return { kind: 'catalogue' };
    return this.#owners.get(page) ?? null;
  }

  group(group: number): GroupPages {
    const size = this.#pagesPerGroup;
    const first = group * size;
    const pages = Array.from({ length: size }, (_, i) => first + i);
    const of = (kind: Owner['kind'] | null): readonly PageNo[] =>
      pages.filter((page) => (this.ownerOf(page)?.kind ?? null) === kind);
    return {
      ...{ first, size, databases: this.#databasesOf(of('table')) },
      ...{ undo: of('undo'), catalogue: of('catalogue'), map: of('map'), free: of(null) },
    };
  }

  #databasesOf(pages: readonly PageNo[]): readonly DatabasePages[] {
    return this.#names.flatMap((database, number) => {
      const own = pages.filter((page) => this.#owners.get(page)?.database === database);
      const names = new Set(own.map((page) => this.#owners.get(page)?.table ?? ''));
      const tables = [...names].map((table) => ({
        table,
        pages: own.filter((page) => this.#owners.get(page)?.table === table),
      }));
      return own.length > 0 ? [{ database, number, count: own.length, tables }] : [];
    });
  }
}

type Owners = Map<PageNo, TableOwner>;

function ownersAfter({ pages }: Bootstrap, events: readonly Happening[]): Owners {
  const owners = ownersAtStart(pages);
  const notes = events.flatMap((event) => event.notes as readonly AuroraNote[]);
  // Whoever opens a volume goes on above what it cancels: a record in such a range never came to be.
  const ranges = notes.filter((note) => note.type === 'range-recorded');
  const isCancelled = ({ lsn }: LogRecord): boolean =>
    ranges.some(({ above, upTo }) => lsn > above && lsn <= upTo);
  for (const note of notes)
    if (note.type === 'mtr-closed')
      for (const record of note.records)
        if (isPlacing(record.delta) && !isCancelled(record))
          place(owners, record.page, record.delta);
  return owners;
}

/** The trees that the catalogue leads to. */
function ownersAtStart(pages: readonly Page[]): Owners {
  const images = new Map(pages.map((page) => [page.no, page]));
  const catalogue = images.get(CATALOGUE);
  const owners: Owners = new Map();
  for (const { name: database, tables } of catalogue ? catalogueOf(catalogue).databases : [])
    for (const { name: table, root } of tables) {
      const owner: TableOwner = { kind: 'table', database, table };
      const ahead = [root];
      for (let no = ahead.pop(); no !== undefined; no = ahead.pop()) {
        owners.set(no, owner);
        const body = images.get(no)?.body;
        if (body?.kind === 'branch') ahead.push(...body.children.map(({ page }) => page));
      }
    }
  return owners;
}

/**
 * A split gives the new page to its parent, in the same mini-transaction as it fills it: children belong
 * to whom their parent belongs to.
 */
function place(owners: Owners, page: PageNo, delta: PlacingDelta): void {
  if (delta.kind === 'add-table') {
    const { database, table } = delta;
    owners.set(table.root, { kind: 'table', database, table: table.name });
    return;
  }
  const owner = owners.get(page);
  if (owner === undefined) return;
  const children = delta.kind === 'add-child' ? [delta.child] : delta.children;
  for (const child of children) owners.set(child.page, owner);
}
