import type { Key, PageNo, Value } from './ids.ts';

export type ColumnType =
  | { readonly kind: 'bigint' }
  | { readonly kind: 'int' }
  | { readonly kind: 'varchar'; readonly length: number };

export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly nullable: boolean;
  /** What a missing value becomes. */
  readonly default: Value;
  /** No DEFAULT and no NULL: every INSERT must give a value. */
  readonly required: boolean;
}

/** A table as the catalogue page holds it. */
export interface Table {
  readonly name: string;
  readonly columns: readonly Column[];
  /** Index of the primary key in `columns`. */
  readonly key: number;
  /** Root page of its clustered B+tree; a split of the root keeps the number. */
  readonly root: PageNo;
}

export interface DatabaseEntry {
  readonly name: string;
  readonly tables: readonly Table[];
}

/** A row's primary key; a key is never NULL. */
export const keyOf = (table: Table, values: readonly Value[]): Key => values[table.key] ?? 0;

/** Names are compared without regard to case. */
export const sameName = (a: string, b: string): boolean =>
  a === b || a.toLowerCase() === b.toLowerCase();

/** A column type as SQL writes it: "VARCHAR(40)". */
export function typeText(type: ColumnType): string {
  return type.kind === 'varchar' ? `VARCHAR(${type.length})` : type.kind.toUpperCase();
}

/**
 * Why a column cannot hold a value, or null when it can. Text is never taken for a number nor a number
 * for text: a silent conversion would hide a mistake.
 */
export function problemOfValue(column: Column, value: Value): string | null {
  const { name, type, nullable } = column;
  if (value === null) return nullable ? null : `Column ${name} may not be NULL: give it a value.`;
  return type.kind === 'varchar'
    ? problemOfText(column, type.length, value)
    : problemOfNumber(column, type.kind, value);
}

function problemOfText({ name }: Column, limit: number, value: number | string): string | null {
  if (typeof value !== 'string') {
    return `Column ${name} holds text: write the value in quotes, '${value}'.`;
  }
  // No text has more characters than code units, and most are short.
  if (value.length <= limit) return null;
  const length = [...value].length;
  if (length <= limit) return null;
  return `Column ${name} holds ${limit} characters and this value has ${length}: shorten it.`;
}

function problemOfNumber(
  { name }: Column,
  kind: 'bigint' | 'int',
  value: number | string,
): string | null {
  if (typeof value === 'string') {
    return `Column ${name} is ${kind.toUpperCase()}: give it a whole number, not text.`;
  }
  const highest = kind === 'int' ? 2_147_483_647 : Number.MAX_SAFE_INTEGER;
  const lowest = kind === 'int' ? -highest - 1 : -highest;
  if (Number.isInteger(value) && value >= lowest && value <= highest) return null;
  return `Column ${name} is ${kind.toUpperCase()}: give it a whole number from ${lowest} to ${highest}.`;
}

/** What a catalogue page has room for: so many of each in the whole volume. */
export const CATALOGUE_LIMITS = { databases: 16, tables: 32, columns: 200 } as const;
