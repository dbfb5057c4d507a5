import type { Delta } from './delta.ts';
import type { Row, Value } from './ids.ts';
import { PAGE_BYTES, type UndoEntry } from './page.ts';

const RECORD_HEADER_BYTES = 50;
const NUMBER_BYTES = 8;
const ROW_HEADER_BYTES = 20;
const DESCRIPTION_LIMIT = 60;

/** A change in plain words, at most 60 characters: "row 123 put". */
export function describeDelta(delta: Delta): string {
  const words = wordsOf(delta);
  return words.length <= DESCRIPTION_LIMIT ? words : `${words.slice(0, DESCRIPTION_LIMIT - 1)}…`;
}

function wordsOf(delta: Delta): string {
  switch (delta.kind) {
    case 'put-row':
      return `row ${delta.row.key} ${delta.row.deleted ? 'marked as deleted' : 'put'}`;
    case 'remove-row':
      return `row ${delta.key} removed`;
    case 'format-leaf':
      return `new leaf with ${count(delta.rows.length, 'row', 'rows')}`;
    case 'format-branch':
      return `new branch with ${count(delta.children.length, 'child', 'children')}`;
    case 'cut-from':
      return `cut from ${delta.key} on`;
    case 'add-child':
      return `child page ${delta.child.page} from ${delta.child.from ?? 'the lowest key'} on`;
    case 'format-space':
      return 'new space map';
    case 'use-page':
      return `page ${delta.index} of the group taken`;
    case 'append-undo':
      return undoWords(delta.entry);
    case 'end':
      return `transaction ${delta.txn} ${delta.outcome === 'committed' ? 'committed' : 'rolled back'}`;
    case 'reset-undo':
      return 'undo page emptied';
    case 'touch':
      return 'page touched';
    case 'open-group':
      return `group ${delta.group} opened`;
    case 'add-database':
      return `database ${delta.name} created`;
    case 'add-table':
      return `table ${delta.database}.${delta.table.name} created`;
  }
}

const count = (n: number, one: string, many: string): string => `${n} ${n === 1 ? one : many}`;

const undoWords = ({ key, before }: UndoEntry): string =>
  before === null ? `row ${key} was not there before` : `row ${key} as it was before`;

/**
 * Nominal size of the redo record of a change, in bytes, its header of about 50 bytes included. A record
 * never says more than the page it changes holds.
 */
export function deltaBytes(delta: Delta): number {
  return RECORD_HEADER_BYTES + Math.min(PAGE_BYTES, payloadBytes(delta));
}

function payloadBytes(delta: Delta): number {
  switch (delta.kind) {
    case 'put-row':
      return rowBytes(delta.row);
    case 'append-undo':
      return 3 * NUMBER_BYTES + valueBytes(delta.entry.key) + rowBytes(delta.entry.before);
    case 'format-leaf':
      return delta.rows.reduce((sum, row) => sum + rowBytes(row), 0);
    case 'format-branch':
      return delta.children.reduce((sum, { from }) => sum + NUMBER_BYTES + valueBytes(from), 0);
    case 'remove-row':
    case 'cut-from':
      return valueBytes(delta.key);
    case 'add-child':
      return NUMBER_BYTES + valueBytes(delta.child.from);
    case 'add-database':
      return delta.name.length;
    case 'add-table':
      return delta.table.columns.reduce((sum, { name }) => sum + NUMBER_BYTES + name.length, 16);
    case 'format-space':
    case 'use-page':
    case 'end':
    case 'reset-undo':
    case 'touch':
    case 'open-group':
      return NUMBER_BYTES;
  }
}

const valueBytes = (value: Value): number =>
  typeof value === 'string' ? value.length + 1 : NUMBER_BYTES;

function rowBytes(row: Row | null): number {
  if (row === null) return 0;
  return row.values.reduce<number>((sum, value) => sum + valueBytes(value), ROW_HEADER_BYTES);
}
