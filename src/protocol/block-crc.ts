import type { Key, Row, UndoPointer, Value } from '../database/ids.ts';
import type { Child, EndMark, Page, UndoEntry } from '../database/page.ts';
import type { DatabaseEntry } from '../database/table.ts';
import { hashText, mix, scatter } from '../engine/chance.ts';

/**
 * The check sum of a block (SIGMOD'17 §3.3 step 8: "periodically validate CRC codes on pages"): 32 bits
 * that depend on the page's number, its LSN and everything on it. An image never changes, so its sum is
 * computed once; a damaged copy is another image, with another sum.
 */
export function crcOf(page: Page): number {
  let sum = known.get(page);
  if (sum === undefined) {
    sum = scatter(overBody(overNumber(overNumber(0, page.no), page.lsn), page));
    known.set(page, sum);
  }
  return sum;
}

const known = new WeakMap<Page, number>();

function overBody(hash: number, { body }: Page): number {
  switch (body.kind) {
    case 'free':
      return mix(hash, 1);
    case 'leaf':
      return body.rows.reduce(overRow, mix(hash, 2));
    case 'branch':
      return body.children.reduce(overChild, overNumber(mix(hash, 3), body.level));
    case 'undo':
      return body.ends.reduce(overEnd, body.entries.reduce(overEntry, mix(hash, 4)));
    case 'space':
      return overNumber(mix(hash, 5), body.used);
    case 'catalogue':
      return body.databases.reduce(overDatabase, overNumber(mix(hash, 6), body.openGroups));
  }
}

/** Both halves of a whole number of up to 53 bits. */
const overNumber = (hash: number, number: number): number =>
  mix(mix(hash, number | 0), Math.floor(number / 0x1_0000_0000));

function overText(hash: number, text: string): number {
  let next = mix(hash, text.length);
  for (let i = 0; i < text.length; i++) next = mix(next, text.charCodeAt(i));
  return next;
}

function overValue(hash: number, value: Value): number {
  if (value === null) return mix(hash, 7);
  return typeof value === 'number' ? overNumber(hash, value) : overText(hash, value);
}

const overKey = (hash: number, key: Key | null): number => overValue(hash, key);

function overPointer(hash: number, pointer: UndoPointer | null): number {
  return pointer === null ? mix(hash, 8) : mix(overNumber(hash, pointer.page), pointer.slot);
}

function overRow(hash: number, row: Row): number {
  let next = overPointer(overNumber(overKey(hash, row.key), row.txn), row.undo);
  next = mix(next, row.deleted ? 1 : 0);
  for (const value of row.values) next = overValue(next, value);
  return next;
}

const overChild = (hash: number, { from, page }: Child): number =>
  overNumber(overKey(hash, from), page);

function overEntry(hash: number, entry: UndoEntry): number {
  let next = overNumber(overNumber(hash, entry.txn), entry.root);
  next = overNumber(mix(overKey(next, entry.key), entry.nth), entry.home);
  next = mix(overPointer(next, entry.previous), entry.deletes ? 1 : 0);
  return entry.before === null ? mix(next, 9) : overRow(next, entry.before);
}

const overEnd = (hash: number, { txn, lsn, outcome }: EndMark): number =>
  mix(overNumber(overNumber(hash, txn), lsn), outcome === 'committed' ? 1 : 0);

/** The catalogue changes rarely and is deep: its text form will do. */
const overDatabase = (hash: number, database: DatabaseEntry): number =>
  mix(hash, hashText(JSON.stringify(database)));

/**
 * What a failing disk makes of a block: one bit of it flipped. The copy differs from the image in one
 * place only, and looks like a page.
 */
export function damaged(page: Page): Page {
  const { no, lsn, body } = page;
  switch (body.kind) {
    case 'leaf': {
      const [first, ...rest] = body.rows;
      if (first === undefined) return { no, lsn, body: { kind: 'free' } };
      return { no, lsn, body: { kind: 'leaf', rows: [rowDamaged(first), ...rest] } };
    }
    case 'space':
      return { no, lsn, body: { kind: 'space', used: body.used ^ (1 << 7) } };
    case 'undo': {
      const [first, ...rest] = body.entries;
      if (first === undefined) return { no, lsn, body: { kind: 'space', used: 1 } };
      const entries = [{ ...first, nth: first.nth ^ 1 }, ...rest];
      return { no, lsn, body: { kind: 'undo', entries, ends: body.ends } };
    }
    case 'branch':
      return { no, lsn, body: { ...body, level: body.level ^ 4 } };
    case 'catalogue':
      return { no, lsn, body: { ...body, openGroups: body.openGroups ^ 1 } };
    case 'free':
      return { no, lsn, body: { kind: 'space', used: 1 } };
  }
}

/** The last column with another value, or, where that cannot be told from the key, another writer. */
function rowDamaged(row: Row): Row {
  const last = row.values.length - 1;
  const value = row.values[last];
  if (last < 1) return { ...row, txn: row.txn ^ 1 };
  const flipped = typeof value === 'string' && value.length > 0 ? flippedText(value) : 'x';
  return { ...row, values: row.values.with(last, typeof value === 'number' ? value ^ 1 : flipped) };
}

const flippedText = (text: string): string =>
  String.fromCharCode(text.charCodeAt(0) ^ 1) + text.slice(1);
