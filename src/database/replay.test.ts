import fc from 'fast-check';
import { expect, it } from 'vitest';
import { advance } from './advance.ts';
import { hasWork, submit } from './database.ts';
import { applyDelta, type Stamped } from './delta.ts';
import type { Key, Lsn, PageNo, SessionId, TxnId, Value } from './ids.ts';
import { freePage, LEAF_ROWS, type Page } from './page.ts';
import { pagesOf } from './page-cache.ts';
import { get } from './sorted-map.ts';
import type { Statement } from './statement.ts';
import { DEFAULT_VOLUME } from './volume.ts';
import {
  begin,
  commit,
  insert,
  put,
  remove,
  rollback,
  select,
  update,
  World,
} from './world.testkit.ts';

type Values = readonly Value[] | null;

/**
 * What SQL promises, without pages, trees, undo or caches: every transaction's writes, taken from the
 * record stream, applied to one map in the order of their commit LSNs.
 */
class Oracle {
  readonly #base = new Map<Key, readonly Value[]>();
  readonly #writes = new Map<TxnId, Map<Key, Values[]>>();
  readonly #commits: { readonly lsn: Lsn; readonly txn: TxnId }[] = [];

  constructor(rows: readonly (readonly Value[])[]) {
    for (const row of rows) this.#base.set(row[0] as Key, row);
  }

  observe(record: Stamped): void {
    const { txn, kind, delta, lsn } = record;
    if (txn === 0) return;
    const writes = this.#writes.get(txn) ?? new Map<Key, Values[]>();
    this.#writes.set(txn, writes);
    if (kind === 'commit') this.#commits.push({ lsn, txn });
    const key =
      delta.kind === 'put-row' ? delta.row.key : delta.kind === 'remove-row' ? delta.key : null;
    if (key === null) return;
    const stack = writes.get(key) ?? [];
    writes.set(key, stack);
    if (kind === 'clr') stack.pop();
    else if (delta.kind === 'put-row') stack.push(delta.row.deleted ? null : delta.row.values);
  }

  at(lsn: Lsn, own: TxnId | null): readonly (readonly Value[])[] {
    const rows = new Map(this.#base);
    const seen = this.#commits.filter((each) => each.lsn <= lsn).map(({ txn }) => txn);
    for (const txn of own === null ? seen : [...seen, own]) {
      for (const [key, stack] of this.#writes.get(txn) ?? []) {
        const values = stack.at(-1);
        if (values === null) rows.delete(key);
        if (values) rows.set(key, values);
      }
    }
    return [...rows.values()].sort((a, b) => Number(a[0]) - Number(b[0]));
  }

  /** Forgets what a crash lost. */
  crash(vdl: Lsn, log: readonly Stamped[]): void {
    this.#commits.splice(0);
    this.#writes.clear();
    for (const record of log) if (record.lsn <= vdl) this.observe(record);
  }
}

const SESSIONS: readonly SessionId[] = [1, 2, 3, 4];
/** Few keys, so that transactions meet; some far apart, so that leaves are several. */
const key = fc.constantFrom(1000, 1010, 1500, 1505, 1506, 1990);
/** Keys that fill one leaf until it splits. */
const extra = fc.integer({ min: 1541, max: 1568 });
const item = fc.constantFrom('a', 'b', 'c');
const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(key, item).map(([id, what]) => update(id, what)) },
  { weight: 2, arbitrary: fc.tuple(key, item).map(([id, what]) => insert([id, what])) },
  { weight: 2, arbitrary: fc.tuple(extra, item).map(([id, what]) => put(id, what)) },
  { weight: 1, arbitrary: extra.map(remove) },
  { weight: 2, arbitrary: fc.tuple(key, item).map(([id, what]) => put(id, what)) },
  { weight: 2, arbitrary: key.map(remove) },
  {
    weight: 1,
    arbitrary: fc.tuple(key, key).map(([a, b]) => insert([a + 1, 'x'], [b, 'y'], [a + 3])),
  },
  { weight: 3, arbitrary: fc.constantFrom(select(), select(1000, 1600), select(1505, 1505)) },
  { weight: 4, arbitrary: fc.constant(begin) },
  { weight: 3, arbitrary: fc.constant(commit) },
  { weight: 2, arbitrary: fc.constant(rollback) },
  {
    weight: 1,
    arbitrary: fc.constant<Statement>({
      kind: 'update',
      table: { database: 'shop', table: 'orders' },
      set: [{ column: 'item', value: 'all' }],
      where: [{ column: 'id', is: '<', value: 1060 }],
    }),
  },
  {
    weight: 1,
    arbitrary: fc.constant<Statement>({
      kind: 'delete',
      table: { database: 'shop', table: 'orders' },
      where: [
        { column: 'id', is: '>=', value: 1500 },
        { column: 'id', is: '<', value: 1560 },
        { column: 'item', is: '!=', value: 'a' },
      ],
    }),
  },
);

type Move =
  | { readonly kind: 'submit'; readonly session: SessionId; readonly statement: Statement }
  | {
      readonly kind: 'step';
      readonly session: SessionId;
      readonly times: number;
      readonly denied: boolean;
    }
  | { readonly kind: 'durable'; readonly cpls: number }
  | { readonly kind: 'purge' }
  | { readonly kind: 'close'; readonly session: SessionId }
  | { readonly kind: 'crash' };

const is = <K extends string>(kind: K) => fc.constant(kind);
const session = fc.constantFrom(...SESSIONS);
const denied = fc.nat(9).map((n) => n === 0);
const move: fc.Arbitrary<Move> = fc.oneof(
  { weight: 60, arbitrary: fc.record({ kind: is('submit'), session, statement }) },
  {
    weight: 90,
    arbitrary: fc.record({
      kind: is('step'),
      session,
      denied,
      times: fc.integer({ min: 1, max: 8 }),
    }),
  },
  { weight: 20, arbitrary: fc.record({ kind: is('durable'), cpls: fc.nat(6) }) },
  { weight: 10, arbitrary: fc.record({ kind: is('purge') }) },
  { weight: 1, arbitrary: fc.record({ kind: is('crash') }) },
  { weight: 2, arbitrary: fc.record({ kind: is('close'), session }) },
);

/** A world under a random course of events, held against the oracle after every one of them. */
class Course {
  readonly world: World;
  readonly oracle = new Oracle(DEFAULT_VOLUME.databases[0]!.tables[0]!.rows);
  readonly stored: Map<PageNo, Page>;
  lost: readonly SessionId[] = [];
  selects = 0;
  #seen = 0;
  /** Rebuilt images by the cached ones that were found equal to them. */
  readonly #equal = new WeakMap<Page, Page>();

  constructor(cache: number) {
    this.world = new World({ cache }).open(...SESSIONS);
    this.stored = new Map(this.world.allRebuilt());
  }

  take(move: Move): void {
    const { world } = this;
    switch (move.kind) {
      case 'submit':
        this.submit(move.session, move.statement);
        break;
      case 'step':
        if (move.denied) this.deny(move.session);
        else this.steps(move.session, move.times);
        for (const id of this.lost) this.step(id);
        break;
      case 'durable':
        world.vdl = world.cpls.filter((lsn) => lsn > world.vdl)[move.cpls] ?? world.vdl;
        break;
      case 'purge':
        world.purge();
        this.check();
        break;
      case 'crash':
        this.crash();
        break;
      case 'close':
        if (get(world.db.sessions, move.session)?.closing === false) world.close(move.session);
        break;
    }
  }

  submit(id: SessionId, statement: Statement): void {
    const { world } = this;
    if (!get(world.db.sessions, id)) world.open(id);
    if (!world.busy(id)) world.set(submit(world.db, id, statement));
  }

  steps(id: SessionId, times: number): void {
    for (let i = 0; i < times; i++) this.step(id);
  }

  crash(): void {
    const { world, oracle, stored } = this;
    this.lost = world.crash();
    world.open(...SESSIONS);
    oracle.crash(world.vdl, world.log);
    this.#seen = world.log.length;
    stored.clear();
    for (const [no, page] of world.allRebuilt()) stored.set(no, page);
  }

  mayStep(id: SessionId): boolean {
    const { world } = this;
    if (!hasWork(world.db, id)) return false;
    return !world.db.waiting.includes(id) || world.wake().includes(id);
  }

  /** A mini-transaction that gets no LSNs: the same call must give the same one again. */
  deny(id: SessionId): void {
    if (!this.mayStep(id)) return;
    const { db, vdl } = this.world;
    const first = advance(db, id, { vdl });
    expect(advance(db, id, { vdl })).toEqual(first);
  }

  step(id: SessionId): boolean {
    if (!this.mayStep(id)) return false;
    const { world } = this;
    const before = world.sessionOf(id);
    const wasVdl = world.vdl;
    const progress = world.step(id);
    this.check();
    if (progress.kind === 'deadlock') expect(progress.victim).toBe(this.youngestOf(progress));
    if (progress.kind === 'done' && before.work?.statement.kind === 'select') {
      const { phase } = before.work;
      const lsn = phase.kind === 'read' ? phase.lsn : (before.txn?.view ?? wasVdl);
      const { where } = before.work.statement;
      const rows = this.oracle.at(lsn, before.txn?.id ?? null).filter((row) =>
        where.every((each) => {
          const value = 'value' in each ? Number(each.value) : 0;
          return each.is === '>=' ? Number(row[0]) >= value : Number(row[0]) <= value;
        }),
      );
      expect(progress.result).toMatchObject({ rows });
      this.selects++;
    }
    return true;
  }

  youngestOf({ sentence }: { readonly sentence: string }): SessionId {
    const named = [...sentence.matchAll(/session (\d+) waits/g)].map((match) => Number(match[1]));
    const age = (id: SessionId) => this.world.sessionOf(id).txn?.age ?? 0;
    return named.toSorted((a, b) => age(b) - age(a))[0]!;
  }

  /** Page images and commit outcomes agree with the records; what is not cached is durable. */
  check(): void {
    const { world, oracle, stored } = this;
    const fresh = world.log.slice(this.#seen);
    this.#seen = world.log.length;
    for (const record of fresh) {
      const { page, lsn, delta } = record;
      stored.set(page, applyDelta(stored.get(page), page, lsn, delta));
      oracle.observe(record);
    }
    const cached = pagesOf(world.db.cache);
    expect(cached.length).toBeLessThanOrEqual(world.db.cache.capacity);
    expect(cached.length).toBe(world.db.cache.size);
    for (const page of cached) {
      if (this.#equal.get(page) === stored.get(page.no)) continue;
      const rebuilt = stored.get(page.no) ?? freePage(page.no);
      expect(page).toEqual(rebuilt);
      this.#equal.set(page, rebuilt);
    }
    const numbers = new Set(cached.map(({ no }) => no));
    const lost = [...stored.values()].filter(({ no, lsn }) => lsn > world.vdl && !numbers.has(no));
    expect(lost).toEqual([]);
  }

  /** Lets everybody finish; whoever is idle inside a transaction commits. */
  finish(): void {
    const { world } = this;
    for (;;) {
      world.settle();
      const moved = [...SESSIONS, ...this.lost].filter((id) => this.step(id)).length;
      if (moved > 0 || world.purge()) continue;
      const open = SESSIONS.filter(
        (id) => !world.busy(id) && (get(world.db.sessions, id)?.txn ?? null) !== null,
      );
      if (open.length === 0) break;
      for (const id of open) world.set(submit(world.db, id, commit));
    }
    this.check();
  }
}

const LONG = { timeout: 60_000 };
const course = fc.array(move, { minLength: 300, maxLength: 400, size: 'max' });

it('every page equals its redo, and every SELECT what was committed at its read view', LONG, () => {
  let selects = 0;
  fc.assert(
    fc.property(course, fc.constantFrom(16, 20, 40), (moves, cache) => {
      const it = new Course(cache);
      for (const each of moves) it.take(each);
      it.finish();
      selects += it.selects;
      const { world } = it;
      for (const id of SESSIONS) expect(world.busy(id)).toBe(false);
      expect(world.db.locks).toBeNull();
      expect(world.db.waiting).toEqual([]);
      if (!get(world.db.sessions, 1)) world.open(1);
      expect(world.ok(1, select())).toMatchObject({ rows: it.oracle.at(world.lsn, null) });
      for (const leaf of world.leaves()) {
        const rows = leaf.body.kind === 'leaf' ? leaf.body.rows : [];
        expect(rows.length).toBeLessThanOrEqual(LEAF_ROWS);
      }
    }),
    { numRuns: 12 },
  );
  expect(selects).toBeGreaterThan(20);
});

it('a page rebuilt to any LSN is the page the writer had then', LONG, () => {
  fc.assert(
    fc.property(course, (moves) => {
      const had = new Map<string, Page>();
      const course = new Course(20);
      for (const each of moves.filter(({ kind }) => kind !== 'crash')) {
        course.take(each);
        for (const page of pagesOf(course.world.db.cache)) had.set(`${page.no}@${page.lsn}`, page);
      }
      for (const page of had.values()) {
        expect(course.world.rebuilt(page.no, page.lsn)).toEqual(page);
      }
    }),
    { numRuns: 12 },
  );
});
