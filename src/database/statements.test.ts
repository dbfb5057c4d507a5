import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Value } from './ids.ts';
import type { Assignment, Condition, Statement } from './statement.ts';
import { begin, commit, rollback, World } from './world.testkit.ts';

const stock = { database: null, table: 'stock' };

const createStock = {
  kind: 'create-table' as const,
  name: stock,
  columns: [
    { name: 'id', type: { kind: 'int' }, notNull: true },
    { name: 'name', type: { kind: 'varchar', length: 5 }, notNull: true, default: 'none' },
    { name: 'n', type: { kind: 'int' }, notNull: false },
  ],
  primaryKey: 'id',
  ifMissing: false,
} satisfies Statement;

const insert = (...rows: readonly (readonly Value[])[]): Statement => ({
  kind: 'insert',
  table: stock,
  columns: null,
  rows,
  onDuplicate: [],
});

const all = (where: readonly Condition[] = []) => ({
  kind: 'select' as const,
  table: stock,
  columns: 'all' as const,
  where,
  limit: null,
});

const update = (set: readonly Assignment[], where: readonly Condition[]): Statement => ({
  kind: 'update',
  table: stock,
  set,
  where,
});

const withStock = (): World => {
  const world = new World({ cache: 20 }).open(1);
  world.ok(1, createStock);
  return world;
};

describe('a statement', () => {
  it('may name its columns; the others take their defaults', () => {
    const world = withStock();
    world.ok(1, insert([1, 'pen', 5], [2]));
    world.ok(1, {
      kind: 'insert',
      table: stock,
      columns: ['N', 'id'],
      rows: [[7, 3]],
      onDuplicate: [],
    });
    expect(world.ok(1, all())).toEqual({
      kind: 'rows',
      columns: ['id', 'name', 'n'],
      rows: [
        [1, 'pen', 5],
        [2, 'none', null],
        [3, 'none', 7],
      ],
    });
  });

  it('counts, limits, and picks columns', () => {
    const world = withStock();
    world.ok(1, insert([1, 'a', 5], [2, 'b', 6], [3, 'c', 7]));
    const query = all([{ column: 'n', is: '>', value: 5 }]);
    expect(world.ok(1, { ...query, columns: 'count' })).toMatchObject({ rows: [[2]] });
    expect(world.ok(1, { ...query, columns: ['name'], limit: 1 })).toMatchObject({
      columns: ['name'],
      rows: [['b']],
    });
  });

  it('reads and writes several databases of one volume', () => {
    const world = new World().open(1);
    world.ok(1, { kind: 'create-database', name: 'bank', ifMissing: false });
    world.ok(1, { kind: 'use', database: 'bank' });
    world.ok(1, createStock);
    world.ok(1, insert([1]));
    expect(world.ok(1, { kind: 'show-tables' })).toMatchObject({ rows: [['stock']] });
    expect(world.ok(1, { kind: 'show-databases' })).toMatchObject({ rows: [['shop'], ['bank']] });
    const other = { kind: 'use', database: 'shop' } as const;
    world.ok(1, other);
    expect(world.refused(1, all())).toContain('There is no table stock in database shop');
    expect(world.ok(1, { ...all(), table: { database: 'bank', table: 'stock' } })).toMatchObject({
      rows: [[1, 'none', null]],
    });
  });

  it('that creates is one transaction of one mini-transaction', () => {
    const world = new World().open(1);
    const done = world.run(1, createStock);
    expect(world.log.map(({ kind }) => kind)).toEqual(['data', 'data', 'commit']);
    expect(world.cpls).toHaveLength(1);
    expect(done).toMatchObject({ kind: 'done', commit: { lsn: world.lsn } });
  });

  it.each<[string, Statement, string]>([
    [
      'an unknown table',
      { kind: 'delete', table: { database: null, table: 'stok' }, where: [] },
      'There is no table stok in database shop: its tables are orders, stock.',
    ],
    [
      'an unknown database',
      { kind: 'use', database: 'bank' },
      'There is no database bank: choose one of these (shop) or create it.',
    ],
    [
      'an unknown column',
      all([{ column: 'm', is: '=', value: 1 }]),
      'Table stock has no column m: its columns are id, name, n.',
    ],
    [
      'a number for text',
      insert([1, 5]),
      "Column name holds text: write the value in quotes, '5'.",
    ],
    [
      'text for a number',
      insert([1, 'a', 'b']),
      'Column n is INT: give it a whole number, not text.',
    ],
    [
      'a text too long',
      insert([1, 'abcdef']),
      'Column name holds 5 characters and this value has 6: shorten it.',
    ],
    [
      'a number too large',
      insert([2 ** 31]),
      'Column id is INT: give it a whole number from -2147483648 to 2147483647.',
    ],
    [
      'a sum too large',
      update([{ column: 'n', of: 'n', plus: 2_147_483_647 }], []),
      'Column n is INT: give it a whole number',
    ],
    [
      'NULL where it may not be',
      insert([1, null]),
      'Column name may not be NULL: give it a value.',
    ],
    [
      'a missing key',
      { kind: 'insert', table: stock, columns: ['n'], rows: [[1]], onDuplicate: [] },
      'Column id of stock has no default: give it a value.',
    ],
    ['too many values', insert([1, 'a', 2, 3]), '4 values for 3 columns of stock'],
    [
      'a column named twice',
      { kind: 'insert', table: stock, columns: ['id', 'ID'], rows: [[1, 2]], onDuplicate: [] },
      'Column ID is named twice',
    ],
    [
      'a new primary key',
      update([{ column: 'id', value: 5 }], []),
      'The primary key cannot be changed',
    ],
    [
      'text added to',
      update([{ column: 'name', of: 'n', plus: 1 }], []),
      'Only numbers can be copied or added',
    ],
    [
      'a comparison of text with a number',
      all([{ column: 'name', is: '=', value: 5 }]),
      'Column name is VARCHAR(5): compare it with text in quotes.',
    ],
    ['a table that exists', createStock, 'Table stock already exists'],
    [
      'a database that exists',
      { kind: 'create-database', name: 'SHOP', ifMissing: false },
      'Database SHOP already exists',
    ],
    [
      'a table without its key',
      { ...createStock, name: { database: null, table: 't' }, primaryKey: 'no' },
      'The primary key no is no column',
    ],
  ])('is refused for %s', (_, statement, problem) => {
    const world = withStock();
    world.ok(1, insert([100, 'x', 1]));
    const before = world.log.length;
    expect(world.refused(1, statement)).toContain(problem);
    const changes = world.log.slice(before).filter(({ kind }) => kind === 'data').length;
    expect(changes).toBe(0);
    expect(world.ok(1, all())).toMatchObject({ rows: [[100, 'x', 1]] });
  });

  it('without a database says which statement chooses one', () => {
    const world = new World();
    world.open(1);
    world.ok(1, { kind: 'create-database', name: 'empty', ifMissing: true });
    world.ok(1, { kind: 'use', database: 'empty' });
    expect(world.refused(1, all())).toContain('its tables are none yet');
  });
});

type Rows = ReadonlyMap<number, readonly [number, string, number | null]>;

/** The same statements on a Map, as a single reader of a SQL book would do them. */
class Book {
  rows: Rows = new Map();
  #saved: Rows | null = null;

  run(statement: Statement): number | 'refused' {
    switch (statement.kind) {
      case 'begin':
        this.#saved = this.rows;
        return 0;
      case 'commit':
        this.#saved = null;
        return 0;
      case 'rollback':
        this.rows = this.#saved ?? this.rows;
        this.#saved = null;
        return 0;
      case 'insert':
        return this.#insert(statement.rows);
      case 'update':
        return this.#change(statement.where, (row) => withSet(row, statement.set));
      case 'delete':
        return this.#change(statement.where, () => null);
      default:
        return 0;
    }
  }

  #insert(rows: readonly (readonly Value[])[]): number | 'refused' {
    const next = new Map(this.rows);
    for (const [id, name = 'none', n = null] of rows) {
      if (next.has(Number(id))) return 'refused';
      next.set(Number(id), [Number(id), String(name), n === null ? null : Number(n)]);
    }
    this.rows = next;
    return rows.length;
  }

  #change(where: readonly Condition[], change: (row: Row) => Row | null): number {
    const hit = [...this.rows.values()].filter((row) => where.every((each) => holds(row, each)));
    const next = new Map(this.rows);
    for (const row of hit) {
      const changed = change(row);
      if (changed === null) next.delete(row[0]);
      else next.set(row[0], changed);
    }
    this.rows = next;
    return hit.length;
  }

  selected(where: readonly Condition[]): readonly Row[] {
    const rows = [...this.rows.values()].sort((a, b) => a[0] - b[0]);
    return rows.filter((row) => where.every((each) => holds(row, each)));
  }
}

type Row = readonly [number, string, number | null];
const COLUMNS = ['id', 'name', 'n'];

function holds(row: Row, condition: Condition): boolean {
  const actual = row[COLUMNS.indexOf(condition.column)] ?? null;
  if (!('value' in condition)) return (actual === null) === (condition.is === 'null');
  if (actual === null) return false;
  const order = actual < condition.value ? '<' : actual > condition.value ? '>' : '=';
  return condition.is === '!=' ? order !== '=' : condition.is.includes(order);
}

function withSet([id, name, n]: Row, set: readonly Assignment[]): Row {
  const next: [number, string, number | null] = [id, name, n];
  for (const assignment of set) {
    if (assignment.column === 'name') next[1] = String('value' in assignment && assignment.value);
    else
      next[2] =
        'of' in assignment ? (n === null ? null : n + assignment.plus) : Number(assignment.value);
  }
  return next;
}

const id = fc.integer({ min: 0, max: 60 });
const name = fc.constantFrom('a', 'b', 'c');
const condition: fc.Arbitrary<Condition> = fc.oneof(
  fc.record({
    column: fc.constant('id'),
    is: fc.constantFrom(
      '=' as const,
      '!=' as const,
      '<' as const,
      '<=' as const,
      '>' as const,
      '>=' as const,
    ),
    value: id,
  }),
  fc.record({
    column: fc.constant('name'),
    is: fc.constantFrom('=' as const, '!=' as const),
    value: name,
  }),
  fc.record({
    column: fc.constant('n'),
    is: fc.constantFrom('>' as const, '<=' as const),
    value: fc.nat(9),
  }),
  fc.record({
    column: fc.constantFrom('n', 'id'),
    is: fc.constantFrom('null' as const, 'not-null' as const),
  }),
);
const where = fc.array(condition, { maxLength: 3 });
const row: fc.Arbitrary<readonly Value[]> = fc.oneof(
  id.map((key) => [key]),
  fc.tuple(id, name, fc.option(fc.nat(9))),
);
const set: fc.Arbitrary<readonly Assignment[]> = fc.oneof(
  name.map((value) => [{ column: 'name', value }]),
  fc.nat(9).map((value) => [{ column: 'n', value }]),
  fc.integer({ min: -3, max: 3 }).map((plus) => [{ column: 'n', of: 'n', plus }]),
);
const statement: fc.Arbitrary<Statement> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.array(row, { minLength: 1, maxLength: 4 }).map((rows) => insert(...rows)),
  },
  { weight: 3, arbitrary: fc.tuple(set, where).map(([s, w]) => update(s, w)) },
  {
    weight: 2,
    arbitrary: where.map((w): Statement => ({ kind: 'delete', table: stock, where: w })),
  },
  { weight: 3, arbitrary: where.map(all) },
  { weight: 1, arbitrary: fc.constantFrom(begin, commit, rollback) },
);

it('statements of one session do what they would do to a map', { timeout: 60_000 }, () => {
  fc.assert(
    fc.property(fc.array(statement, { maxLength: 40, size: 'max' }), (statements) => {
      const world = withStock();
      const book = new Book();
      for (const each of statements) {
        const expected = book.run(each);
        const progress = world.run(1, each);
        world.settle();
        if (expected === 'refused') expect(progress.kind).toBe('failed');
        else expect(progress).toMatchObject({ kind: 'done' });
        if (progress.kind !== 'done' || expected === 'refused') continue;
        if (each.kind === 'select') {
          expect(progress.result).toMatchObject({ rows: book.selected(each.where) });
        } else expect(progress.result).toMatchObject({ changed: expected });
      }
      expect(world.ok(1, all())).toMatchObject({ rows: book.selected([]) });
    }),
    { numRuns: 40 },
  );
});
