import { describe, expect, it } from 'vitest';
import { advance } from './advance.ts';
import { groupOf } from './layout.ts';
import { grown } from './space.ts';
import type { Statement } from './statement.ts';
import { DEFAULT_VOLUME, type VolumeSpec } from './volume.ts';
import { begin, insert, rollback, select, World } from './world.testkit.ts';

/** Inserts rows in ascending keys from `from` until a statement cannot go on; says how many went in. */
function fillUp(world: World, from: number): number {
  for (let n = 0; n < 5_000; n++) {
    if (n % 20 === 0) world.purgeAll();
    const progress = world.run(1, insert([from + n]));
    if (progress.kind !== 'done') return n;
    world.settle();
  }
  throw new Error('never full');
}

describe('a full volume that may grow', () => {
  it('makes the statement wait for a group, and lets it go on when there is one', () => {
    const world = new World({ groups: 3, maxGroups: 4 }).open(1);
    const rows = fillUp(world, 10_000);
    expect(world.sessionOf(1).waiting?.wait).toEqual({ reason: 'volume-growth', groups: 3 });
    expect(world.wake()).toEqual([]);
    expect(advance(world.db, 1, { vdl: world.vdl })).toMatchObject({ kind: 'wait' });
    world.grow();
    expect(world.wake()).toEqual([1]);
    expect(world.run(1)).toMatchObject({ kind: 'done' });
    expect(world.ok(1, select(10_000, 10_000 + rows))).toMatchObject({
      rows: { length: rows + 1 },
    });
    expect(world.log.some(({ page }) => groupOf(world.db.layout, page) === 3)).toBe(true);
  });

  it('refuses only at its limit, and says which', () => {
    const world = new World({ groups: 3, maxGroups: 4 }).open(1);
    fillUp(world, 10_000);
    world.grow();
    world.run(1);
    fillUp(world, 50_000);
    expect(world.sessionOf(1).waiting).toBeNull();
    expect(world.refused(1, insert([9_999_999], [0]))).toContain('beyond 4 protection groups');
  });

  it('keeps every page where it was', () => {
    const world = new World({ groups: 3, maxGroups: 9 }).open(1);
    const before = [0, 15, 16, 31].map((page) => groupOf(world.db.layout, page));
    world.set(grown(world.db, 9));
    expect([0, 15, 16, 31].map((page) => groupOf(world.db.layout, page))).toEqual(before);
    expect(groupOf(world.db.layout, 143)).toBe(8);
    expect(grown(world.db, 5)).toBe(world.db);
  });

  it('finds the undo of a group that it got by growing after a crash', () => {
    const world = new World({ groups: 3, maxGroups: 5, cache: 60 }).open(1);
    const rows = fillUp(world, 10_000);
    world.grow();
    world.run(1);
    world.settle();
    fillUp(world, 20_000);
    world.grow();
    world.run(1);
    world.settle();
    const before = world.ok(1, select(0, 99_999));
    world.ok(1, begin);
    world.ok(1, insert([30_000], [10_000 + rows + 1]));
    const lost = world.crash();
    expect(lost).toHaveLength(1);
    for (const id of lost) world.run(id);
    world.settle();
    world.open(1);
    expect(world.ok(1, select(0, 99_999))).toEqual(before);
    world.ok(1, insert([30_000]));
  });

  it('gives a table that waits for its root page a page of the new group', () => {
    const world = new World({ groups: 3, maxGroups: 4 }).open(1);
    fillUp(world, 10_000);
    world.close(1);
    while (world.busy(1)) world.step(1);
    world.settle();
    world.open(2);
    expect(world.run(2, createTable)).toMatchObject({ kind: 'wait', reason: 'volume-growth' });
    world.grow();
    expect(world.run(2)).toMatchObject({ kind: 'done' });
  });

  it('rolls back a transaction whose last statement could not get a page', () => {
    const world = new World({ groups: 3 }).open(1);
    fillUp(world, 10_000);
    world.ok(1, begin);
    const before = world.ok(1, select(0, 99_999));
    for (let key = 0; key < 100; key++) if (world.run(1, insert([key])).kind === 'failed') break;
    world.ok(1, rollback);
    expect(world.ok(1, select(0, 99_999))).toEqual(before);
  });
});

const createTable: Statement = {
  kind: 'create-table',
  name: { database: null, table: 'late' },
  columns: [{ name: 'id', type: { kind: 'int' }, notNull: true }],
  primaryKey: 'id',
  ifMissing: false,
};

const NAMES = ['shop', 'blog', 'bank'];

/** Three databases, each with the default table. */
const THREE: VolumeSpec = {
  databases: NAMES.map((name) => ({
    name,
    tables: (DEFAULT_VOLUME.databases[0]?.tables ?? []).map(({ create }) => ({ create, rows: [] })),
  })),
};

const into = (database: string, id: number): Statement => ({
  kind: 'insert',
  table: { database, table: 'orders' },
  columns: null,
  rows: [[id, null]],
  onDuplicate: [],
});

/** Runs a statement, in a volume that grows when it has to. */
function putWithRoom(world: World, statement: Statement): void {
  if (world.run(1, statement).kind === 'wait') {
    world.grow();
    world.run(1);
  }
  world.settle();
}

describe('several databases', () => {
  it('share one volume page by page, also in a group that it got by growing', () => {
    const world = new World({ groups: 1, maxGroups: 3, volume: THREE, cache: 60 }).open(1);
    for (let n = 0; n < 60; n++) {
      for (const database of NAMES) putWithRoom(world, into(database, n));
      world.purgeAll();
    }
    expect(world.db.layout.groups).toBeGreaterThan(1);
    const owners = NAMES.map((name) => world.leavesOf(name));
    for (const group of [0, 1]) {
      const present = owners.filter((leaves) =>
        leaves.some(({ no }) => groupOf(world.db.layout, no) === group),
      );
      expect(present).toHaveLength(3);
    }
  });
});
