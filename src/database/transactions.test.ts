import { describe, expect, it } from 'vitest';
import { submit } from './database.ts';
import type { Statement } from './statement.ts';
import {
  begin,
  commit,
  insert,
  put,
  remove,
  rollback,
  saying,
  select,
  update,
  World,
} from './world.testkit.ts';

const rowsOf = (world: World, id: number, from: number, to: number): unknown => {
  const result = world.ok(id, select(from, to));
  return result.kind === 'rows' ? result.rows : result;
};

const start = (world: World, id: number, statement: Statement): void =>
  world.set(submit(world.db, id, statement));

describe('a transaction', () => {
  it('of one row is three records in one protection group: undo, data, commit', () => {
    const world = new World().open(1);
    world.ok(1, insert([1234, 'book']));
    expect(world.log.map(({ kind }) => kind)).toEqual(['undo', 'data', 'commit']);
    expect(new Set(world.log.map(({ page }) => Math.floor(page / 16))).size).toBe(1);
    expect(world.cpls).toEqual([1002, 1003]);
  });

  it('tells its commit LSN, which is that of its commit record', () => {
    const world = new World().open(1);
    const done = world.run(1, insert([123]));
    const record = world.log.at(-1);
    expect(record?.kind).toBe('commit');
    expect(done).toMatchObject({ kind: 'done', commit: { txn: record?.txn, lsn: record?.lsn } });
  });

  it('that only reads commits nothing', () => {
    const world = new World().open(1);
    world.ok(1, begin);
    world.ok(1, select(1000, 1020));
    expect(world.run(1, commit)).toMatchObject({ kind: 'done', commit: null });
    expect(world.log).toEqual([]);
  });

  it('sees its own changes, and others do not until it has committed', () => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    world.ok(1, insert([5, 'mine']));
    expect(rowsOf(world, 1, 5, 5)).toEqual([[5, 'mine']]);
    expect(rowsOf(world, 2, 5, 5)).toEqual([]);
    world.ok(1, commit);
    expect(rowsOf(world, 2, 5, 5)).toEqual([[5, 'mine']]);
  });

  it('that is committed but not durable is not seen by a SELECT', () => {
    const world = new World().open(1, 2);
    world.ok(2, select(5, 5));
    start(world, 1, insert([5, 'soon']));
    while (world.step(1).kind !== 'done');
    start(world, 2, select(5, 5));
    expect(world.step(2)).toMatchObject({ kind: 'done', result: { rows: [] } });
    world.settle();
    expect(rowsOf(world, 2, 5, 5)).toEqual([[5, 'soon']]);
  });

  it('keeps the read view of its first SELECT', () => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    expect(rowsOf(world, 1, 5, 5)).toEqual([]);
    world.ok(2, insert([5, 'late']));
    expect(rowsOf(world, 1, 5, 5)).toEqual([]);
    world.ok(1, commit);
    expect(rowsOf(world, 1, 5, 5)).toEqual([[5, 'late']]);
  });

  it('rolled back leaves the table as it was', () => {
    const world = new World().open(1);
    const before = world.ok(1, select());
    world.ok(1, begin);
    for (let id = 1; id < 30; id++) world.ok(1, insert([id, 'gone']));
    world.ok(1, remove(1000));
    world.ok(1, update(1010, 'other'));
    world.ok(1, update(1010, 'another'));
    world.ok(1, rollback);
    expect(world.ok(1, select())).toEqual(before);
    expect(world.log.at(-1)).toMatchObject({ kind: 'clr', delta: { kind: 'end' } });
  });

  it('begun anew commits the one before', () => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    world.ok(1, insert([5, 'kept']));
    expect(world.run(1, begin)).toMatchObject({ kind: 'done', commit: { lsn: world.lsn } });
    world.settle();
    expect(rowsOf(world, 2, 5, 5)).toEqual([[5, 'kept']]);
  });

  it('whose connection closes is rolled back', () => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    world.ok(1, insert([5, 'lost']));
    world.close(1);
    expect(world.run(1)).toMatchObject({ kind: 'done' });
    expect(world.db.locks).toBeNull();
    expect(rowsOf(world, 2, 5, 5)).toEqual([]);
  });
});

describe('a statement that fails', () => {
  it('is undone, and its transaction goes on', () => {
    const world = new World().open(1);
    world.ok(1, begin);
    world.ok(1, insert([5, 'kept']));
    expect(world.refused(1, insert([6, 'a'], [7, 'b'], [5, 'c']))).toMatchInlineSnapshot(
      `"Table orders already has a row with id 5: choose another or UPDATE it."`,
    );
    world.ok(1, commit);
    expect(rowsOf(world, 1, 5, 7)).toEqual([[5, 'kept']]);
  });

  it('outside a transaction is undone with its transaction', () => {
    const world = new World().open(1);
    world.refused(1, insert([6, 'a'], [1000, 'c']));
    expect(world.log.map(({ kind }) => kind)).toEqual(['undo', 'data', 'clr', 'clr']);
    expect(world.sessionOf(1).txn).toBeNull();
    expect(rowsOf(world, 1, 6, 6)).toEqual([]);
  });
});

describe('a row lock', () => {
  it('makes others wait in their order, until its transaction has ended', () => {
    const world = new World().open(1, 2, 3);
    world.ok(1, begin);
    world.ok(1, update(1000, 'one'));
    expect(world.run(2, update(1000, 'two'))).toMatchObject({
      kind: 'wait',
      reason: 'row-lock',
      on: { table: 'orders', key: 1000, holder: 1 },
    });
    expect(saying(world.run(3, update(1000, 'three')))).toContain('"holder":1');
    expect(world.wake()).toEqual([]);
    world.ok(1, commit);
    expect(world.wake()).toEqual([2]);
    expect(world.run(2)).toMatchObject({ kind: 'done' });
    expect(world.wake()).toEqual([3]);
    expect(world.run(3)).toMatchObject({ kind: 'done' });
    expect(world.db.locks).toBeNull();
    expect(rowsOf(world, 1, 1000, 1000)).toEqual([[1000, 'three']]);
  });

  it('of a key that is not there yet keeps a second INSERT waiting, then fails it', () => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    world.ok(1, insert([5, 'first']));
    expect(world.run(2, insert([5, 'second'])).kind).toBe('wait');
    world.ok(1, commit);
    expect(saying(world.run(2))).toContain('already has a row with id 5');
  });

  it('that was waited for is free again when its row was rolled back', () => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    world.ok(1, insert([5, 'first']));
    world.run(2, insert([5, 'second']));
    world.ok(1, rollback);
    expect(world.run(2).kind).toBe('done');
    world.settle();
    expect(rowsOf(world, 1, 5, 5)).toEqual([[5, 'second']]);
  });

  it('never stops a SELECT', () => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    world.ok(1, update(1000, 'hidden'));
    expect(world.run(2, select(1000, 1000))).toMatchObject({ kind: 'done' });
  });
});

describe('a deadlock', () => {
  const ringOfTwo = (): World => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    world.ok(2, begin);
    world.ok(1, update(1000, 'a'));
    world.ok(2, update(1010, 'b'));
    return world;
  };

  it('rolls back the transaction that began later, with a sentence', () => {
    const world = ringOfTwo();
    expect(world.run(2, update(1000, 'b')).kind).toBe('wait');
    const found = world.run(1, update(1010, 'a'));
    expect(found).toMatchObject({ kind: 'deadlock', victim: 2 });
    expect(saying(found)).toMatchInlineSnapshot(
      `"deadlock: Deadlock: session 1 waits for row 1010 of orders, session 2 waits for row 1000 of orders, in a ring. Session 2 began its transaction last, so that was rolled back: run it again."`,
    );
    expect(saying(world.run(2))).toContain('failed: Deadlock');
    expect(world.sessionOf(2).txn).toBeNull();
    expect(world.wake()).toEqual([1]);
    expect(world.run(1).kind).toBe('done');
    world.ok(1, commit);
    expect(rowsOf(world, 2, 1000, 1010)).toEqual([
      [1000, 'a'],
      [1010, 'a'],
    ]);
  });

  it('can have the one that notices it as its victim', () => {
    const world = ringOfTwo();
    expect(world.run(1, update(1010, 'a')).kind).toBe('wait');
    expect(world.run(2, update(1000, 'b'))).toMatchObject({ kind: 'deadlock', victim: 2 });
    expect(world.run(2).kind).toBe('failed');
    expect(world.wake()).toEqual([1]);
  });

  it('is found in a ring of three', () => {
    const world = new World().open(1, 2, 3);
    for (const id of [3, 1, 2]) world.ok(id, begin);
    for (const id of [1, 2, 3]) world.ok(id, put(id, 'own'));
    expect(world.run(1, put(2, 'x')).kind).toBe('wait');
    expect(world.run(2, put(3, 'x')).kind).toBe('wait');
    expect(world.run(3, put(1, 'x'))).toMatchObject({ kind: 'deadlock', victim: 2 });
  });
});

describe('after a crash', () => {
  it('what was committed and durable is there, and what was cut off is rolled back', () => {
    const world = new World().open(1, 2);
    world.ok(1, begin);
    world.ok(1, update(1000, 'cut off'));
    world.ok(1, insert([5, 'cut off'], [1995, 'cut off']));
    world.ok(2, insert([7, 'kept']));
    const sessions = world.crash();
    expect(sessions).toEqual([-1]);
    world.open(1, 2);
    expect(rowsOf(world, 2, 5, 7)).toEqual([[7, 'kept']]);
    expect(world.run(2, update(1000, 'mine'))).toMatchObject({ kind: 'wait', on: { holder: -1 } });
    expect(world.run(-1)).toMatchObject({ kind: 'done' });
    expect(world.run(2).kind).toBe('done');
    world.settle();
    expect(rowsOf(world, 1, 1000, 1000)).toEqual([[1000, 'mine']]);
    expect(world.crash()).toEqual([]);
  });

  it('a rollback that was itself cut off is finished', () => {
    const world = new World().open(1);
    world.ok(1, begin);
    world.ok(1, insert([5, 'x'], [6, 'x'], [7, 'x']));
    start(world, 1, rollback);
    while (world.log.filter(({ kind }) => kind === 'clr').length < 2) world.step(1);
    world.settle();
    const [session = 0] = world.crash();
    world.run(session);
    expect(world.log.filter(({ delta }) => delta.kind === 'remove-row')).toHaveLength(3);
    world.settle();
    world.open(1);
    expect(rowsOf(world, 1, 5, 7)).toEqual([]);
  });
});
