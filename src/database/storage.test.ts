import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import { emptyHistory } from './commit-history.ts';
import { submit } from './database.ts';
import { admit } from './install.ts';
import { CATALOGUE } from './layout.ts';
import { freePage, LEAF_ROWS } from './page.ts';
import { cached, emptyCache, evictable, held, pagesOf, touched, withRoom } from './page-cache.ts';
import { advanceSelect, startSelect } from './read.ts';
import type { Statement } from './statement.ts';
import { bootstrapVolume, DEFAULT_VOLUME } from './volume.ts';
import { begin, commit, insert, remove, rollback, select, update, World } from './world.testkit.ts';

const keysOf = (world: World): readonly (readonly unknown[])[] =>
  world.leaves().map(({ body }) => (body.kind === 'leaf' ? body.rows.map(({ key }) => key) : []));

describe('the default volume', () => {
  const { pages, nextLsn, nextTxn } = bootstrapVolume(DEFAULT_VOLUME);

  it('begins at LSN 1001 with nothing to undo', () => {
    expect(nextLsn).toBe(1001);
    expect(nextTxn).toBeLessThan(1001);
    expect(pages.every(({ lsn }) => lsn === 1000)).toBe(true);
    for (const { body } of pages) {
      if (body.kind === 'undo') expect(body).toEqual({ kind: 'undo', entries: [], ends: [] });
    }
  });

  it('has 120 orders, six to a leaf, over four protection groups', () => {
    const leaves = pages.filter(({ body }) => body.kind === 'leaf');
    expect(leaves.map(({ body }) => body.kind === 'leaf' && body.rows.length)).toEqual(
      Array.from({ length: 20 }, () => 6),
    );
    expect(new Set(leaves.map(({ no }) => Math.floor(no / 16)))).toEqual(new Set([0, 1, 2, 3]));
  });
});

describe('a leaf', () => {
  it('splits when a ninth row comes, as one mini-transaction', () => {
    const world = new World().open(1);
    world.ok(1, insert([1001], [1002]));
    const records = world.log.length;
    const cpls = world.cpls.length;
    world.ok(1, insert([1003]));
    expect(world.log.slice(records).map(({ delta }) => delta.kind)).toEqual([
      'use-page',
      'format-leaf',
      'cut-from',
      'add-child',
      'append-undo',
      'put-row',
      'end',
    ]);
    expect(world.cpls).toHaveLength(cpls + 3);
    expect(keysOf(world).slice(0, 2)).toEqual([
      [1000, 1001, 1002, 1003, 1010],
      [1020, 1030, 1040, 1050],
    ]);
  });

  it('never holds more than eight rows, and keys stay in order', () => {
    const world = new World({ groups: 8 }).open(1);
    for (let i = 0; i < 150; i++) world.ok(1, insert([((i * 7919) % 997) + 1]));
    const keys = keysOf(world);
    expect(Math.max(...keys.map(({ length }) => length))).toBeLessThanOrEqual(LEAF_ROWS);
    expect(keys.flat()).toEqual(keys.flat().toSorted((a, b) => Number(a) - Number(b)));
    expect(keys.flat()).toHaveLength(270);
  });

  it('of the root splits without the root changing its page', () => {
    const world = new World().open(1);
    world.ok(1, createTable('t'));
    const rootOf = () => world.db && tableOf(world, 't')?.root;
    const root = rootOf();
    for (let i = 0; i < 40; i++) world.ok(1, into('t', i));
    expect(rootOf()).toBe(root);
    expect(world.leaves('t').length).toBeGreaterThan(4);
  });
});

const createTable = (table: string): Statement => ({
  kind: 'create-table',
  name: { database: null, table },
  columns: [{ name: 'id', type: { kind: 'int' }, notNull: true }],
  primaryKey: 'id',
  ifMissing: false,
});

const into = (table: string, id: number): Statement => ({
  kind: 'insert',
  table: { database: null, table },
  columns: null,
  rows: [[id]],
  onDuplicate: [],
});

function tableOf(world: World, table: string) {
  const { body } = world.rebuilt(CATALOGUE);
  const databases = body.kind === 'catalogue' ? body.databases : [];
  return databases.flatMap(({ tables }) => tables).find(({ name }) => name === table);
}

/** Inserts keys from both ends of a range, twenty to a transaction, until one is refused. */
function fill(world: World): string {
  for (let n = 0; n < 1_000; n++) {
    if (n % 20 === 0) {
      world.ok(1, begin);
      world.purgeAll();
    }
    const progress = world.run(1, insert([n % 2 ? n : 100_000 - n]));
    if (progress.kind === 'failed') return progress.problem;
  }
  return 'never full';
}

describe('a full volume', () => {
  it('refuses in a sentence, and the transaction can roll back', () => {
    const world = new World({ groups: 3 }).open(1);
    const before = world.ok(1, select(1000, 2190));
    expect(fill(world)).toMatchInlineSnapshot(
      `"The volume is full: it may not grow beyond 3 protection groups, and none of them has a free page left. Start a run with a higher limit."`,
    );
    world.ok(1, rollback);
    expect(world.ok(1, select(1000, 2190))).toEqual(before);
    const rows = keysOf(world).flat().length;
    expect(world.ok(1, count)).toMatchObject({ rows: [[rows]] });
  });
});

const count: Statement = {
  kind: 'select',
  table: { database: null, table: 'orders' },
  columns: 'count',
  where: [],
  limit: null,
};

describe('undo space', () => {
  const bump = (world: World, id: number, times: number): void => {
    for (let i = 0; i < times; i++) world.ok(id, update(1000, `v${i}`));
  };

  it('that nobody needs is emptied by purge, and a deleted row goes with it', () => {
    const world = new World().open(1);
    world.ok(1, remove(1010));
    const present = () => keysOf(world).flat().includes(1010);
    expect(present()).toBe(true);
    bump(world, 1, 31);
    world.purgeAll();
    expect(present()).toBe(false);
    expect(world.log.some(({ delta }) => delta.kind === 'reset-undo')).toBe(true);
  });

  it('is kept while an open read view needs it', () => {
    const world = new World().open(1, 2);
    world.ok(2, begin);
    const before = world.ok(2, select(1000, 1000));
    bump(world, 1, 60);
    world.purgeAll();
    expect(world.log.some(({ delta }) => delta.kind === 'reset-undo')).toBe(false);
    expect(world.ok(2, select(1000, 1000))).toEqual(before);
  });

  it('that is used up makes a statement wait until purge has been', () => {
    const world = new World().open(1, 2);
    world.ok(2, begin);
    world.ok(2, select(1000, 1000));
    bump(world, 1, 96);
    expect(world.run(1, update(1000, 'more'))).toMatchObject({ reason: 'undo-full' });
    world.ok(2, commit);
    expect(world.wake()).toEqual([]);
    world.purgeAll();
    expect(world.wake()).toEqual([1]);
    expect(world.run(1).kind).toBe('done');
  });

  it('that one transaction has used up ends its statement, not the world', () => {
    const world = new World().open(1);
    world.ok(1, begin);
    for (let i = 0; i < 96; i++) world.ok(1, update(1000, `v${i}`));
    expect(world.refused(1, update(1000, 'more'))).toMatchInlineSnapshot(
      `"This transaction has changed more rows than its protection group has undo space for: commit more often."`,
    );
    world.ok(1, rollback);
    expect(world.ok(1, select(1000, 1000))).toMatchObject({ rows: [[1000, 'book']] });
  });
});

describe('the buffer cache', () => {
  const page = (no: number, lsn: number) => ({ ...freePage(no), lsn });

  it('gives up the page used longest ago', () => {
    const cache = [1, 2, 3].reduce((all, no) => held(all, page(no, 0)), emptyCache(3));
    expect(evictable(touched(cache, 1), 0, [])?.no).toBe(2);
  });

  it('never gives up a page that is not durable: page LSN at or below the VDL', () => {
    const cache = [page(1, 7), page(2, 5), page(3, 6)].reduce(held, emptyCache(3));
    expect(evictable(cache, 4, [])).toBeNull();
    expect(evictable(cache, 5, [])?.no).toBe(2);
    expect(evictable(cache, 7, [])?.no).toBe(1);
    expect(withRoom(cache, 2, 5, [])).toBeNull();
  });

  it('makes a statement wait for the VDL when no page may go', () => {
    const world = new World({ cache: 16 }).open(1);
    world.ok(1, begin);
    world.set(submit(world.db, 1, { ...deleteAll }));
    let progress = world.step(1);
    while (progress.kind === 'mtr' || progress.kind === 'miss') progress = world.step(1);
    expect(progress).toMatchObject({ kind: 'wait', reason: 'cache-full' });
    const clean = pagesOf(world.db.cache).filter(({ lsn }) => lsn <= world.vdl);
    expect(clean.map(({ body }) => body.kind)).not.toContain('leaf');
    expect(world.wake()).toEqual([]);
    world.settle();
    expect(world.wake()).toEqual([1]);
    expect(world.run(1).kind).toBe('done');
  });

  it('smaller than the table is enough for a SELECT of all of it', () => {
    const world = new World({ cache: 16 }).open(1);
    const result = world.ok(1, select());
    expect(result.kind === 'rows' && result.rows.length).toBe(120);
    expect(world.misses).toBeGreaterThan(20);
  });

  it('keeps its own image of a page when a second copy arrives', () => {
    const world = new World().open(1);
    world.ok(1, update(1000, 'new'));
    const [own] = pagesOf(world.db.cache).filter(({ lsn }) => lsn > 1000);
    const late = admit(world.db, world.rebuilt(own!.no, 1000), world.vdl);
    expect(cached(late.cache, own!.no)).toBe(own);
  });
});

const deleteAll: Statement = {
  kind: 'delete',
  table: { database: null, table: 'orders' },
  where: [],
};

describe('a mini-transaction that gets no LSNs', () => {
  it('leaves no trace and is asked for again', () => {
    const world = new World().open(1);
    world.set(submit(world.db, 1, insert([5, 'x'])));
    let progress = advance(world.db, 1, { vdl: world.vdl });
    while (progress.kind === 'miss') {
      world.set(progress.db);
      world.fetch(progress.page);
      progress = advance(world.db, 1, { vdl: world.vdl });
    }
    const before = world.db;
    expect(progress.kind).toBe('mtr');
    expect(advance(world.db, 1, { vdl: world.vdl })).toEqual(progress);
    expect(world.db).toBe(before);
    expect(
      cached(world.db.cache, progress.kind === 'mtr' ? progress.drafts[1]!.page : 0)?.lsn,
    ).toBe(1000);
  });
});

describe('a replica', () => {
  it('reads as of its VDL with nothing but pages and a commit history', () => {
    const world = new World().open(1);
    world.ok(1, update(1000, 'first'));
    const vdl = world.vdl;
    world.ok(1, update(1000, 'second'));
    const started = startSelect(select(1000, 1010), 'shop');
    if (!started.ok) throw new Error(started.problem);
    const history = { outcomes: null, ends: null };
    const read = advanceSelect(started.value, (no) => world.rebuilt(no, vdl), {
      lsn: vdl,
      own: null,
      history,
    });
    expect(read).toMatchObject({
      result: {
        rows: [
          [1000, 'first'],
          [1010, 'rug'],
        ],
      },
    });
  });

  it('that joins late does not see what was taken back above its VDL', () => {
    const world = new World().open(1);
    world.ok(1, begin);
    world.ok(1, update(1000, 'never'));
    const { vdl } = world;
    world.ok(1, rollback);
    const started = startSelect(select(1000, 1000), 'shop');
    if (!started.ok) throw new Error(started.problem);
    const view = { lsn: vdl, own: null, history: world.db.history };
    const read = advanceSelect(started.value, (no) => world.rebuilt(no, vdl), view);
    expect(read).toMatchObject({ result: { rows: [[1000, 'book']] } });
  });

  it('asks for every page it lacks', () => {
    const world = new World();
    const started = startSelect(select(1000, 1000), 'shop');
    if (!started.ok) throw new Error(started.problem);
    const have = new Map<number, ReturnType<World['rebuilt']>>();
    const view = { lsn: 1000, own: null, history: emptyHistory };
    let read = advanceSelect(started.value, (no) => have.get(no), view);
    const asked: number[] = [];
    while (read.kind === 'miss') {
      asked.push(read.page);
      have.set(read.page, world.rebuilt(read.page));
      read = advanceSelect(read.work, (no) => have.get(no), view);
    }
    expect(asked[0]).toBe(CATALOGUE);
    expect(asked).toHaveLength(4);
    expect(read.kind).toBe('done');
  });

  it('sends writes to the writer', () => {
    expect(startSelect(insert([1]), 'shop')).toEqual({
      ok: false,
      problem: 'This is a read replica: send writes to the writer endpoint.',
    });
  });
});
