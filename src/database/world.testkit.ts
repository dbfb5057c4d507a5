import { advance, closeSession, woken } from './advance.ts';
import {
  type Database,
  hasWork,
  openDatabase,
  openSession,
  sessionOf,
  submit,
} from './database.ts';
import { applyDelta, type Draft, type Stamped } from './delta.ts';
import type { Lsn, PageNo, SessionId } from './ids.ts';
import { admit, install } from './install.ts';
import { CATALOGUE } from './layout.ts';
import type { Progress } from './mini-transaction.ts';
import { freePage, type Page } from './page.ts';
import { oldestReadPoint, purgeStep } from './purge.ts';
import { recovered, undoPagesIn } from './recovery.ts';
import { grown } from './space.ts';
import type { QueryResult, Statement } from './statement.ts';
import { begin, changesTo, commit, rollback } from './statements.testkit.ts';
import { sameName } from './table.ts';
import { bootstrapVolume, DEFAULT_VOLUME, type VolumeSpec } from './volume.ts';

/** Freezes a value and all it holds, stopping where somebody already has. */
function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const part of Object.values(value)) freeze(part);
  return value;
}

export interface WorldOptions {
  readonly groups?: number;
  /** How far the volume may grow; not at all when left out. */
  readonly maxGroups?: number;
  readonly cache?: number;
  readonly volume?: VolumeSpec;
  /** Off for long runs only. */
  readonly frozen?: boolean;
}

/**
 * A writer with the simplest storage there is: all records ever stamped, of which those up to `vdl` are
 * durable. What lies above can be lost. Pages are only ever rebuilt from the records.
 */
export class World {
  db: Database;
  readonly log: Stamped[] = [];
  readonly #base: ReadonlyMap<PageNo, Page>;
  readonly #options: {
    readonly groups: number;
    readonly pagesPerGroup: number;
    readonly cacheCapacityPages: number;
    readonly maxGroups: number;
  };
  lsn: Lsn;
  vdl: Lsn;
  /** LSNs at which a mini-transaction ends. */
  cpls: Lsn[] = [];
  misses = 0;

  readonly #frozen: boolean;
  /** Records by page, and the image of each as storage built it last. */
  readonly #chains = new Map<PageNo, Stamped[]>();
  readonly #built = new Map<PageNo, { readonly page: Page; readonly records: number }>();

  constructor({
    groups = 4,
    maxGroups = groups,
    cache = 40,
    volume = DEFAULT_VOLUME,
    frozen = true,
  }: WorldOptions = {}) {
    this.#frozen = frozen;
    const built = bootstrapVolume(volume, { groups, pagesPerGroup: 16 });
    this.#options = { groups, pagesPerGroup: 16, cacheCapacityPages: cache, maxGroups };
    this.#base = new Map(built.pages.map((page) => [page.no, page]));
    this.vdl = this.lsn = built.nextLsn - 1;
    this.db = freeze(openDatabase(this.#options, { nextTxn: built.nextTxn, vdl: this.vdl }));
  }

  open(...ids: readonly SessionId[]): this {
    for (const id of ids) this.set(openSession(this.db, id, 'shop'));
    return this;
  }

  set(db: Database): void {
    this.db = this.#frozen ? freeze(db) : db;
  }

  /** A page rebuilt from its first image and the records up to an LSN. */
  rebuilt(no: PageNo, upTo: Lsn = this.lsn): Page {
    let page = this.#base.get(no);
    for (const { page: target, lsn, delta } of this.log) {
      if (target === no && lsn <= upTo) page = applyDelta(page, no, lsn, delta);
    }
    return freeze(page ?? freePage(no));
  }

  /** What storage answers: as `rebuilt`, but going on from the image it built last. */
  #stored(no: PageNo): Page {
    const chain = this.#chains.get(no) ?? [];
    const last = this.#built.get(no) ?? { page: this.#base.get(no), records: 0 };
    let { page, records } = last;
    for (let next = chain[records]; next && next.lsn <= this.vdl; next = chain[++records]) {
      page = applyDelta(page, no, next.lsn, next.delta);
    }
    const built = page ?? freePage(no);
    this.#built.set(no, { page: built, records });
    return this.#frozen ? freeze(built) : built;
  }

  /** All pages that have ever been written, rebuilt. */
  allRebuilt(upTo: Lsn = this.lsn): ReadonlyMap<PageNo, Page> {
    const pages = new Map(this.#base);
    for (const { page, lsn, delta } of this.log) {
      if (lsn <= upTo) pages.set(page, applyDelta(pages.get(page), page, lsn, delta));
    }
    return pages;
  }

  stamped(drafts: readonly Draft[]): readonly Stamped[] {
    return drafts.map((draft, i) => ({ ...draft, lsn: this.lsn + 1 + i }));
  }

  issue(progress: { readonly db: Database; readonly drafts: readonly Draft[] }): void {
    const records = this.stamped(progress.drafts);
    for (const record of records) {
      const chain = this.#chains.get(record.page) ?? [];
      chain.push(record);
      this.#chains.set(record.page, chain);
    }
    this.lsn += records.length;
    this.log.push(...records);
    this.cpls.push(this.lsn);
    if (this.#frozen) freeze([progress.db, records]);
    this.set(install(progress.db, records));
  }

  /** One call of `advance` and what the outside owes it; null while the session has more to do. */
  step(id: SessionId): Progress {
    const progress = advance(this.db, id, { vdl: this.vdl });
    if (this.#frozen) freeze(progress);
    if (progress.kind === 'mtr') this.issue(progress);
    else this.set(progress.db);
    if (progress.kind === 'miss') this.fetch(progress.page);
    return progress;
  }

  fetch(no: PageNo): void {
    this.misses++;
    this.set(admit(this.db, this.#stored(no), this.vdl));
  }

  /** Makes everything issued so far durable. */
  settle(): void {
    this.vdl = this.lsn;
  }

  /** Runs until the session is done, waits or is in a deadlock, with storage that is never behind. */
  run(id: SessionId, statement?: Statement): Progress {
    if (statement) this.set(submit(this.db, id, statement));
    for (;;) {
      const progress = this.step(id);
      if (progress.kind !== 'mtr' && progress.kind !== 'miss') return progress;
      this.settle();
    }
  }

  /** Runs a statement that must succeed. */
  ok(id: SessionId, statement: Statement): QueryResult {
    const progress = this.run(id, statement);
    if (progress.kind !== 'done') throw new Error(`not done but ${saying(progress)}`);
    this.settle();
    return progress.result;
  }

  /** Runs a statement that must be refused, and says why it was. */
  refused(id: SessionId, statement: Statement): string {
    const progress = this.run(id, statement);
    if (progress.kind !== 'failed') throw new Error(`not refused but ${saying(progress)}`);
    this.settle();
    return progress.problem;
  }

  /** Appends one group to the volume. */
  grow(): void {
    this.set(grown(this.db, this.db.layout.groups + 1));
  }

  wake(): readonly SessionId[] {
    return woken(this.db, this.vdl);
  }

  close(id: SessionId): void {
    this.set(closeSession(this.db, id));
  }

  busy(id: SessionId): boolean {
    return hasWork(this.db, id);
  }

  /** One step of purge; false when there is nothing to do. */
  purge(limit: Lsn = this.vdl): boolean {
    const oldest = Math.min(limit, oldestReadPoint(this.db) ?? limit);
    const progress = purgeStep(this.db, oldest, this.vdl);
    if (progress.kind === 'mtr') this.issue(progress);
    else this.set(progress.db);
    if (progress.kind === 'miss') this.fetch(progress.page);
    return progress.kind !== 'idle';
  }

  purgeAll(): void {
    while (this.purge()) this.settle();
  }

  /** Loses the writer and every record above the VDL, and opens a new writer. */
  crash(): readonly SessionId[] {
    this.log.splice(0, this.log.length, ...this.log.filter(({ lsn }) => lsn <= this.vdl));
    this.cpls = this.cpls.filter((lsn) => lsn <= this.vdl);
    this.#chains.clear();
    this.#built.clear();
    for (const record of this.log) {
      this.#chains.set(record.page, [...(this.#chains.get(record.page) ?? []), record]);
    }
    this.lsn = this.vdl = this.lsn + 1000;
    const { groups } = this.db.layout;
    const fresh = openDatabase({ ...this.#options, groups }, { nextTxn: this.lsn, vdl: this.vdl });
    const catalogue = this.rebuilt(CATALOGUE);
    const undo = undoPagesIn(this.#options, catalogue).map((no) => this.rebuilt(no));
    const { db, sessions } = recovered(fresh, catalogue, undo);
    this.set(db);
    return sessions;
  }

  /** The rows of a table in its leaves, newest versions, whoever wrote them. */
  leaves(table = 'orders'): readonly Page[] {
    return this.#leaves((_, name) => sameName(name, table));
  }

  /** The leaves of all tables of one database. */
  leavesOf(database: string): readonly Page[] {
    return this.#leaves((name) => sameName(name, database));
  }

  #leaves(wanted: (database: string, table: string) => boolean): readonly Page[] {
    const pages = this.allRebuilt();
    const body = pages.get(CATALOGUE)?.body;
    const databases = body?.kind === 'catalogue' ? body.databases : [];
    const roots = databases.flatMap(({ name, tables }) =>
      tables.filter((table) => wanted(name, table.name)).map(({ root }) => root),
    );
    return roots.flatMap((root) => leavesUnder(pages, root));
  }

  sessionOf(id: SessionId) {
    return sessionOf(this.db, id);
  }
}

function leavesUnder(pages: ReadonlyMap<PageNo, Page>, no: PageNo): readonly Page[] {
  const page = pages.get(no) ?? freePage(no);
  if (page.body.kind === 'branch') {
    return page.body.children.flatMap((child) => leavesUnder(pages, child.page));
  }
  return [page];
}

export function saying(progress: Progress): string {
  switch (progress.kind) {
    case 'failed':
      return `failed: ${progress.problem}`;
    case 'deadlock':
      return `deadlock: ${progress.sentence}`;
    case 'wait':
      return `wait: ${JSON.stringify(progress.on)}`;
    case 'done':
      return `done: ${JSON.stringify(progress.result)}`;
    default:
      return progress.kind;
  }
}

const orders = { database: null, table: 'orders' };

export const { insert, put, update, remove } = changesTo(null);
export const select = (from?: number, to?: number): Statement => ({
  kind: 'select',
  table: orders,
  columns: 'all',
  where: [
    ...(from === undefined ? [] : [{ column: 'id', is: '>=' as const, value: from }]),
    ...(to === undefined ? [] : [{ column: 'id', is: '<=' as const, value: to }]),
  ],
  limit: null,
});

export { begin, commit, rollback };
