import type { Value } from './ids.ts';
import type { ColumnType } from './table.ts';

/** A table's name; without a database it is looked up in the session's current one. */
export interface TableName {
  readonly database: string | null;
  readonly table: string;
}

export interface ColumnDefinition {
  readonly name: string;
  readonly type: ColumnType;
  readonly notNull: boolean;
  /** What DEFAULT says, if it is there. */
  readonly default?: Value | undefined;
}

export type Comparison = '=' | '!=' | '<' | '<=' | '>' | '>=';

/** One condition of a WHERE; all of them must hold. Those on the primary key narrow the scan. */
export type Condition =
  | { readonly column: string; readonly is: Comparison; readonly value: number | string }
  | { readonly column: string; readonly is: 'null' | 'not-null' };

/** `column = value`, or `column = of + plus`. */
export type Assignment =
  | { readonly column: string; readonly value: Value }
  | { readonly column: string; readonly of: string; readonly plus: number };

/**
 * Which commits the SELECTs of one transaction see: those at its first SELECT, or at each one's own start.
 */
export type IsolationLevel = 'repeatable-read' | 'read-committed';

/**
 * What a session may ask for: a closed tree, so that a run never depends on a parser's version.
 * Rows come in key order.
 */
export type Statement =
  | { readonly kind: 'create-database'; readonly name: string; readonly ifMissing: boolean }
  | { readonly kind: 'use'; readonly database: string }
  | {
      readonly kind: 'create-table';
      readonly name: TableName;
      readonly columns: readonly ColumnDefinition[];
      readonly primaryKey: string;
      readonly ifMissing: boolean;
    }
  | {
      readonly kind: 'insert';
      readonly table: TableName;
      /** null: the table's own order; missing trailing values take their default. */
      readonly columns: readonly string[] | null;
      readonly rows: readonly (readonly Value[])[];
      /** ON DUPLICATE KEY UPDATE; empty: a duplicate is an error. */
      readonly onDuplicate: readonly Assignment[];
    }
  | {
      readonly kind: 'update';
      readonly table: TableName;
      readonly set: readonly Assignment[];
      readonly where: readonly Condition[];
    }
  | {
      readonly kind: 'delete';
      readonly table: TableName;
      readonly where: readonly Condition[];
    }
  | {
      readonly kind: 'select';
      readonly table: TableName;
      readonly columns: readonly string[] | 'all' | 'count';
      readonly where: readonly Condition[];
      readonly limit: number | null;
    }
  | { readonly kind: 'show-databases' }
  | { readonly kind: 'show-tables' }
  | { readonly kind: 'begin' }
  /** SET SESSION TRANSACTION ISOLATION LEVEL: for the session's next transactions. */
  | { readonly kind: 'set-isolation'; readonly level: IsolationLevel }
  | { readonly kind: 'commit' }
  | { readonly kind: 'rollback' };

/** What a finished statement answers. */
export type QueryResult =
  | {
      readonly kind: 'rows';
      readonly columns: readonly string[];
      readonly rows: readonly (readonly Value[])[];
    }
  | { readonly kind: 'done'; readonly changed: number; readonly says: string };
