import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyDelta, type Delta } from './delta.ts';
import { deltaBytes, describeDelta } from './describe-delta.ts';
import type { Row } from './ids.ts';
import { emptyUndo, freePage, type Page, type UndoEntry } from './page.ts';
import type { Table } from './table.ts';

const row = (key: number, deleted = false): Row => ({
  key,
  values: [key, 'book'],
  txn: 7,
  undo: { page: 1, slot: 0 },
  deleted,
});
const entry: UndoEntry = {
  txn: 7,
  root: 5,
  key: 123,
  before: null,
  deletes: false,
  nth: 0,
  previous: null,
  home: 1,
};
const table: Table = { name: 'orders', columns: [], key: 0, root: 5 };

const deltas: readonly Delta[] = [
  { kind: 'format-leaf', rows: [row(1), row(2)] },
  { kind: 'format-branch', level: 1, children: [{ from: null, page: 6 }] },
  { kind: 'put-row', row: row(123) },
  { kind: 'put-row', row: row(123, true) },
  { kind: 'remove-row', key: 123 },
  { kind: 'cut-from', key: 500 },
  { kind: 'add-child', child: { from: 500, page: 22 } },
  { kind: 'format-space', used: 31 },
  { kind: 'use-page', index: 5 },
  { kind: 'append-undo', entry },
  { kind: 'append-undo', entry: { ...entry, before: row(123) } },
  { kind: 'end', txn: 7, outcome: 'committed' },
  { kind: 'end', txn: 7, outcome: 'rolled-back' },
  { kind: 'reset-undo' },
  { kind: 'open-group', group: 2 },
  { kind: 'add-database', name: 'shop' },
  { kind: 'add-table', database: 'shop', table },
];

const applied = (page: Page | undefined, ...changes: readonly Delta[]): Page =>
  changes.reduce<Page>(
    (image, delta, i) => applyDelta(image, 9, 100 + i, delta),
    page ?? freePage(9),
  );

describe('a change to a page', () => {
  it('says what it does in plain words', () => {
    expect(deltas.map(describeDelta).join('\n')).toMatchInlineSnapshot(`
      "new leaf with 2 rows
      new branch with 1 child
      row 123 put
      row 123 marked as deleted
      row 123 removed
      cut from 500 on
      child page 22 from 500 on
      new space map
      page 5 of the group taken
      row 123 was not there before
      row 123 as it was before
      transaction 7 committed
      transaction 7 rolled back
      undo page emptied
      group 2 opened
      database shop created
      table shop.orders created"
    `);
  });

  it('is described in 60 characters at most, whatever its names', () => {
    const name = 'n'.repeat(64);
    const long: Delta = { kind: 'add-table', database: name, table: { ...table, name } };
    expect(describeDelta(long).length).toBeLessThanOrEqual(60);
  });

  it('is a record of 50 bytes and more, that grows with what it carries', () => {
    for (const delta of deltas) expect(deltaBytes(delta)).toBeGreaterThanOrEqual(50);
    const wide = { ...row(1), values: [1, 'a long text about a book'] };
    expect(deltaBytes({ kind: 'put-row', row: wide })).toBeGreaterThan(
      deltaBytes({ kind: 'put-row', row: row(1) }),
    );
  });

  it('stamps its LSN on the page, and on an end mark', () => {
    expect(applyDelta(undefined, 3, 1042, { kind: 'end', txn: 7, outcome: 'committed' })).toEqual({
      no: 3,
      lsn: 1042,
      body: { ...emptyUndo, ends: [{ txn: 7, lsn: 1042, outcome: 'committed' }] },
    });
  });

  it('keeps rows in key order and one to a key', () => {
    const page = applied(
      undefined,
      { kind: 'put-row', row: row(3) },
      { kind: 'put-row', row: row(1) },
      { kind: 'put-row', row: row(2) },
      { kind: 'put-row', row: row(3, true) },
    );
    expect(page.body).toEqual({ kind: 'leaf', rows: [row(1), row(2), row(3, true)] });
  });

  it('cut from a leaf or a branch drops what a split moved away', () => {
    const children = [
      { from: null, page: 1 },
      { from: 5, page: 2 },
      { from: 9, page: 3 },
    ];
    const leaf = applied(undefined, { kind: 'format-leaf', rows: [row(1), row(5)] });
    const branch = applied(undefined, { kind: 'format-branch', level: 1, children });
    const cut: Delta = { kind: 'cut-from', key: 5 };
    expect(applied(leaf, cut).body).toEqual({ kind: 'leaf', rows: [row(1)] });
    expect(applied(branch, cut).body).toMatchObject({ children: [{ from: null, page: 1 }] });
    const added = applied(branch, { kind: 'add-child', child: { from: 7, page: 4 } });
    expect(added.body).toMatchObject({ children: [{}, { page: 2 }, { page: 4 }, { page: 3 }] });
  });

  it('applies to any page without throwing, and always alike', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...deltas), { maxLength: 30 }), (changes) => {
        expect(applied(undefined, ...changes)).toEqual(applied(undefined, ...changes));
      }),
    );
  });
});

it('one change applied to two pages makes two images', () => {
  const reset: Delta = { kind: 'reset-undo' };
  expect([1, 2].map((no) => applyDelta(undefined, no, 100, reset).no)).toEqual([1, 2]);
});
