import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printStatement } from '../../database/print-statement.ts';
import type {
  Assignment,
  ColumnDefinition,
  Condition,
  Statement,
} from '../../database/statement.ts';
import type { ColumnType } from '../../database/table.ts';
import { parseSql } from './parse-sql.ts';

const orders = { database: null, table: 'orders' };

async function statements(text: string): Promise<readonly Statement[]> {
  const parsed = await parseSql(text);
  if (!parsed.ok) throw new Error(parsed.problem);
  return parsed.value;
}

async function problem(text: string): Promise<string> {
  const parsed = await parseSql(text);
  return parsed.ok ? `taken as ${JSON.stringify(parsed.value)}` : parsed.problem;
}

describe('SQL that is understood', () => {
  it.each<[string, readonly Statement[]]>([
    [
      'set session transaction\n isolation level read committed; START TRANSACTION; COMMIT',
      [{ kind: 'set-isolation', level: 'read-committed' }, { kind: 'begin' }, { kind: 'commit' }],
    ],
    [
      "SET SESSION transaction_isolation = 'REPEATABLE-READ'",
      [{ kind: 'set-isolation', level: 'repeatable-read' }],
    ],
    [
      "INSERT INTO orders VALUES (1, '; set session transaction isolation level serializable')",
      [
        {
          kind: 'insert',
          table: orders,
          columns: null,
          rows: [[1, '; set session transaction isolation level serializable']],
          onDuplicate: [],
        },
      ],
    ],
    [
      'INSERT INTO orders VALUES (123)',
      [{ kind: 'insert', table: orders, columns: null, rows: [[123]], onDuplicate: [] }],
    ],
    [
      "insert into shop.orders (id, item) values (1, 'it''s'), (-2, NULL);",
      [
        {
          kind: 'insert',
          table: { database: 'shop', table: 'orders' },
          columns: ['id', 'item'],
          rows: [
            [1, "it's"],
            [-2, null],
          ],
          onDuplicate: [],
        },
      ],
    ],
    [
      "INSERT INTO orders VALUES (1, 'a') ON DUPLICATE KEY UPDATE item = 'b', n = n + 1",
      [
        {
          kind: 'insert',
          table: orders,
          columns: null,
          rows: [[1, 'a']],
          onDuplicate: [
            { column: 'item', value: 'b' },
            { column: 'n', of: 'n', plus: 1 },
          ],
        },
      ],
    ],
    [
      'UPDATE orders SET n = n - 2, m = 3 + m WHERE id = 5',
      [
        {
          kind: 'update',
          table: orders,
          set: [
            { column: 'n', of: 'n', plus: -2 },
            { column: 'm', of: 'm', plus: 3 },
          ],
          where: [{ column: 'id', is: '=', value: 5 }],
        },
      ],
    ],
    ['DELETE FROM orders', [{ kind: 'delete', table: orders, where: [] }]],
    [
      'SELECT * FROM orders WHERE 5 < id AND (id BETWEEN -3 AND 9) AND item IS NOT NULL LIMIT 4',
      [
        {
          kind: 'select',
          table: orders,
          columns: 'all',
          where: [
            { column: 'id', is: '>', value: 5 },
            { column: 'id', is: '>=', value: -3 },
            { column: 'id', is: '<=', value: 9 },
            { column: 'item', is: 'not-null' },
          ],
          limit: 4,
        },
      ],
    ],
    [
      'SELECT orders.id, item FROM orders; select COUNT(*) from orders',
      [
        { kind: 'select', table: orders, columns: ['id', 'item'], where: [], limit: null },
        { kind: 'select', table: orders, columns: 'count', where: [], limit: null },
      ],
    ],
    [
      'CREATE TABLE t (id BIGINT PRIMARY KEY, item VARCHAR(40) DEFAULT NULL, n INT NOT NULL DEFAULT -1)',
      [
        {
          kind: 'create-table',
          name: { database: null, table: 't' },
          columns: [
            { name: 'id', type: { kind: 'bigint' }, notNull: false },
            { name: 'item', type: { kind: 'varchar', length: 40 }, notNull: false, default: null },
            { name: 'n', type: { kind: 'int' }, notNull: true, default: -1 },
          ],
          primaryKey: 'id',
          ifMissing: false,
        },
      ],
    ],
    [
      'CREATE DATABASE IF NOT EXISTS bank; USE bank; SHOW TABLES; show databases',
      [
        { kind: 'create-database', name: 'bank', ifMissing: true },
        { kind: 'use', database: 'bank' },
        { kind: 'show-tables' },
        { kind: 'show-databases' },
      ],
    ],
    [
      'START TRANSACTION; BEGIN; /* all of it */ COMMIT;; ROLLBACK -- done',
      [{ kind: 'begin' }, { kind: 'begin' }, { kind: 'commit' }, { kind: 'rollback' }],
    ],
  ])('%s', async (text, expected) => {
    expect(await statements(text)).toEqual(expected);
  });
});

describe('SQL that is not', () => {
  it.each([
    ['selec * from orders', '“selec” does not begin a statement'],
    ['SELECT * FROM', 'The statement ends too early, at line 1, column 14'],
    ['SELECT *\nFROM orders WHERE id ==== 4', '“=== 4” is not expected at line 2, column 23'],
    ['\n\n  SELECT * FRM orders', 'line 3, column'],
    ['', 'There is no statement here'],
    ['-- nothing', 'There is no statement here'],
    ['SELECT * FROM a JOIN b ON a.x = b.x', 'JOIN is not supported here'],
    ['SELECT * FROM a, b', 'JOIN is not supported here'],
    ['SELECT * FROM orders WHERE id IN (1, 2)', 'IN is not supported here'],
    ['SELECT * FROM orders WHERE id = 1 OR id = 2', 'OR is not supported here'],
    ['SELECT * FROM orders WHERE NOT id = 1', 'NOT is not supported here'],
    ["SELECT * FROM orders WHERE item LIKE 'a%'", 'LIKE is not supported here'],
    ['SELECT * FROM orders WHERE item = NULL', 'write item IS NULL'],
    ['SELECT * FROM orders WHERE id = (SELECT 1)', 'A subquery is not supported here'],
    ['SELECT * FROM (SELECT 1) x', 'A subquery is not supported here'],
    ['SELECT * FROM orders ORDER BY id', 'ORDER BY is not supported here'],
    ['SELECT * FROM orders GROUP BY id', 'GROUP BY is not supported here'],
    ['SELECT * FROM orders LIMIT 3 OFFSET 4', 'OFFSET is not supported here'],
    ['SELECT * FROM orders LIMIT -1', 'LIMIT needs a whole number'],
    ['SELECT * FROM orders FOR UPDATE', 'FOR UPDATE is not supported here'],
    ['SELECT * FROM orders UNION SELECT * FROM orders', 'UNION is not supported here'],
    ['WITH x AS (SELECT 1) SELECT * FROM x', 'WITH is not supported here'],
    ['SELECT DISTINCT id FROM orders', 'DISTINCT is not supported here'],
    ['SELECT id AS x FROM orders', 'AS is not supported here'],
    ['SELECT id FROM orders o', 'AS is not supported here'],
    ['SELECT *, id FROM orders', 'Use * alone'],
    ['SELECT id + 1 FROM orders', 'An expression in SELECT is not supported'],
    ['SELECT MAX(id) FROM orders', 'MAX() is not supported here'],
    ['SELECT COUNT(id) FROM orders', 'COUNT() is not supported here'],
    ['SELECT other.id FROM orders', 'other is not the table of this statement'],
    ['SELECT 1', 'SELECT without FROM is not supported'],
    ['INSERT INTO orders SELECT * FROM orders', 'INSERT … SELECT is not supported'],
    ['INSERT INTO orders SET id = 4', 'INSERT … SET is not supported'],
    ['INSERT IGNORE INTO orders VALUES (1)', 'INSERT IGNORE INTO is not supported'],
    ['INSERT INTO orders PARTITION (p) VALUES (1)', 'PARTITION is not supported'],
    ['INSERT INTO orders VALUES (1.5)', '1.5 is not a whole number'],
    ['INSERT INTO orders VALUES (99999999999999999999)', 'is too large'],
    ['INSERT INTO orders VALUES (book)', "write text in quotes, 'book'"],
    ['INSERT INTO orders VALUES (TRUE)', 'TRUE or FALSE is not supported'],
    ['INSERT INTO orders VALUES (NOW())', 'A function is not supported'],
    ['INSERT INTO orders VALUES (?)', 'A parameter is not supported'],
    ['INSERT INTO orders (id, item) VALUES (1, NULL), (2)', 'Row 2 has not as many values'],
    ['REPLACE INTO orders VALUES (1)', 'REPLACE is not supported here'],
    ['UPDATE orders SET item = UPPER(item)', 'A function in SET is not supported'],
    ['UPDATE orders SET n = n * 2', 'SET with * is not supported'],
    ['UPDATE orders SET n = 1 LIMIT 3', 'LIMIT is not supported here'],
    ['DELETE FROM orders ORDER BY id', 'ORDER BY is not supported here'],
    ['CREATE TABLE t (id INT)', 'Table t has no PRIMARY KEY'],
    ['CREATE TABLE t (id INT PRIMARY KEY, n INT, PRIMARY KEY (n))', 'two primary keys'],
    ['CREATE TABLE t (id INT, n INT, PRIMARY KEY (id, n))', 'A key of several columns'],
    ['CREATE TABLE t (id INT UNSIGNED PRIMARY KEY)', 'UNSIGNED is not supported'],
    ['CREATE TABLE t (id INT AUTO_INCREMENT PRIMARY KEY)', 'AUTO_INCREMENT is not supported'],
    ['CREATE TABLE t (id INT PRIMARY KEY, at DATETIME)', 'Column at: DATETIME is not supported'],
    ['CREATE TABLE t (id VARCHAR PRIMARY KEY)', 'write VARCHAR(n) with n from 1 to 255'],
    ['CREATE TABLE t (id INT PRIMARY KEY, n INT, UNIQUE KEY (n))', 'UNIQUE'],
    ['CREATE TABLE t (id INT PRIMARY KEY) ENGINE=InnoDB', 'A table option is not supported'],
    ['CREATE TABLE t LIKE orders', 'CREATE TABLE … LIKE is not supported'],
    ['CREATE INDEX i ON orders (item)', 'CREATE INDEX is not supported'],
    ['CREATE VIEW v AS SELECT * FROM orders', 'CREATE VIEW is not supported'],
    ['DROP TABLE orders', 'DROP is not supported here'],
    ['ALTER TABLE orders ADD COLUMN n INT', 'ALTER is not supported here'],
    ['SAVEPOINT a', 'SAVEPOINT is not supported here'],
    ['SET autocommit = 0', 'SET is not supported here'],
    ['SET TRANSACTION ISOLATION LEVEL READ COMMITTED', 'for one transaction'],
    ["SET GLOBAL transaction_isolation = 'READ-COMMITTED'", 'for all sessions'],
    ['SET SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE', 'That isolation level'],
    [
      'SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED; SELECT * FORM orders',
      '“M orders” is not expected at line 1, column 69',
    ],
    ['START TRANSACTION READ ONLY', 'A transaction mode is not supported'],
    ['SHOW CREATE TABLE orders', 'is not supported here'],
    ['COMMIT; DROP TABLE orders', 'Statement 2: DROP is not supported here'],
  ])('%s', async (text, part) => {
    expect(await problem(text)).toContain(part);
  });

  it('is refused when it is too long, or too many', async () => {
    expect(await problem(' '.repeat(4_001))).toContain('4000 fit');
    expect(await problem('COMMIT;'.repeat(21))).toContain('20 may run at once');
    const rows = Array.from({ length: 201 }, (_, i) => `(${i})`).join();
    expect(await problem(`INSERT INTO t VALUES ${rows}`)).toContain('takes 200 rows');
  });

  it('never makes the reader throw, whatever it is', { timeout: 60_000 }, async () => {
    const word = fc.constantFrom(
      ...'SELECT * FROM orders WHERE id = 1 AND ( ) , ; INSERT INTO VALUES UPDATE SET DELETE CREATE TABLE'.split(
        ' ',
      ),
      ...[
        "'",
        '"',
        '`',
        '\\',
        '--',
        '/*',
        '0x1',
        '1e9',
        'NULL',
        'IS',
        'NOT',
        'IN',
        'BETWEEN',
        ':=',
        '@a',
      ],
      ...[
        'PRIMARY KEY',
        'VARCHAR(3)',
        'DEFAULT',
        'ON DUPLICATE KEY',
        'CASE',
        'EXISTS',
        '__proto__',
      ],
    );
    const soup = fc.array(word, { maxLength: 25 }).map((words) => words.join(' '));
    const text = fc.oneof(soup, fc.string({ maxLength: 200 }));
    await fc.assert(
      fc.asyncProperty(text, async (each) => {
        const parsed = await parseSql(each);
        expect(parsed.ok || /\S/.test(parsed.problem)).toBe(true);
      }),
      { numRuns: 300 },
    );
    expect(await problem(`SELECT * FROM t WHERE ${'('.repeat(1_900)}id`)).toMatch(/\.$/);
  });
});

const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-z0-9_]{0,9}x$/),
  fc.constantFrom('order', 'select', 'key', 'my table', 'Größe'),
);
const whole = fc.maxSafeInteger().map((n) => n + 0);
const letter = fc.constantFrom(
  ...['a', 'Z', '0', ' ', "'", '"', '\\', 'n', '`', ';', '%', '_', '-', 'é', '😀', '\n'],
);
const text = fc.string({ maxLength: 12, unit: letter });
const value = fc.oneof(whole, text, fc.constant(null));
const table = fc.record({ database: fc.option(name), table: name });
const where: fc.Arbitrary<readonly Condition[]> = fc.array(
  fc.oneof(
    fc.record({
      column: name,
      is: fc.constantFrom('=' as const, '!=' as const, '<' as const, '<=' as const, '>=' as const),
      value: fc.oneof(whole, text),
    }),
    fc.record({ column: name, is: fc.constantFrom('null' as const, 'not-null' as const) }),
  ),
  { maxLength: 3 },
);
const amount = fc.integer({ min: -1_000, max: 1_000 }).map((n) => n + 0);
const assignment: fc.Arbitrary<Assignment> = fc.oneof(
  fc.record({ column: name, value }),
  fc.record({ column: name, of: name, plus: amount }),
);
const type: fc.Arbitrary<ColumnType> = fc.oneof(
  fc.constantFrom<ColumnType>({ kind: 'int' }, { kind: 'bigint' }),
  fc.record({ kind: fc.constant('varchar' as const), length: fc.integer({ min: 1, max: 255 }) }),
);
const column: fc.Arbitrary<ColumnDefinition> = fc.record(
  { name, type, notNull: fc.boolean(), default: value },
  { requiredKeys: ['name', 'type', 'notNull'] },
);
const is = <K extends string>(kind: K) => fc.constant(kind);
const statement: fc.Arbitrary<Statement> = fc.oneof(
  fc.constantFrom<Statement>(
    { kind: 'begin' },
    { kind: 'commit' },
    { kind: 'rollback' },
    { kind: 'set-isolation', level: 'repeatable-read' },
    { kind: 'set-isolation', level: 'read-committed' },
    { kind: 'show-tables' },
    { kind: 'show-databases' },
  ),
  fc.record({ kind: is('use'), database: name }),
  fc.record({ kind: is('create-database'), name, ifMissing: fc.boolean() }),
  fc.record({
    kind: is('create-table'),
    name: table,
    columns: fc.array(column, { minLength: 1, maxLength: 3 }),
    primaryKey: name,
    ifMissing: fc.boolean(),
  }),
  fc.integer({ min: 1, max: 3 }).chain((width) => {
    const columns = fc.array(name, { minLength: width, maxLength: width });
    const row = fc.array(value, { minLength: width, maxLength: width });
    return fc.record({
      kind: is('insert'),
      table,
      columns: fc.option(columns),
      rows: fc.array(row, { minLength: 1, maxLength: 3 }),
      onDuplicate: fc.array(assignment, { maxLength: 2 }),
    });
  }),
  fc.record({
    kind: is('update'),
    table,
    set: fc.array(assignment, { minLength: 1, maxLength: 3 }),
    where,
  }),
  fc.record({ kind: is('delete'), table, where }),
  fc.record({
    kind: is('select'),
    table,
    columns: fc.oneof(
      fc.constantFrom('all' as const, 'count' as const),
      fc.array(name, { minLength: 1, maxLength: 3 }),
    ),
    where,
    limit: fc.option(fc.nat()),
  }),
);

describe('a printed statement', () => {
  it('reads back as the same statement', { timeout: 60_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(statement, async (each) => {
        expect(await statements(printStatement(each))).toEqual([each]);
      }),
      { numRuns: 300 },
    );
  });
});
