import * as v from 'valibot';
import type { Statement } from '../database/statement.ts';

/** Bounds that no honest statement reaches and no hostile one passes. */
const MOST_ROWS = 200;
const MOST_COLUMNS = 32;
const LONGEST_NAME = 64;
const LONGEST_VALUE = 2_000;

/** What a database, table or column is called. */
export const nameSchema = v.pipe(v.string(), v.minLength(1), v.maxLength(LONGEST_NAME));
const text = v.pipe(v.string(), v.maxLength(LONGEST_VALUE));
const whole = v.pipe(v.number(), v.safeInteger());
const value = v.union([whole, text, v.null()]);
const names = v.pipe(v.array(nameSchema), v.maxLength(MOST_COLUMNS));
const table = v.strictObject({ database: v.nullable(nameSchema), table: nameSchema });

const columnType = v.variant('kind', [
  v.strictObject({ kind: v.literal('bigint') }),
  v.strictObject({ kind: v.literal('int') }),
  v.strictObject({
    kind: v.literal('varchar'),
    length: v.pipe(whole, v.minValue(1), v.maxValue(65_535)),
  }),
]);

const column = v.strictObject({
  name: nameSchema,
  type: columnType,
  notNull: v.boolean(),
  default: v.exactOptional(value),
});

const condition = v.variant('is', [
  v.strictObject({
    column: nameSchema,
    is: v.picklist(['=', '!=', '<', '<=', '>', '>=']),
    value: v.union([whole, text]),
  }),
  v.strictObject({ column: nameSchema, is: v.picklist(['null', 'not-null']) }),
]);
const where = v.pipe(v.array(condition), v.maxLength(MOST_COLUMNS));

const assignment = v.union([
  v.strictObject({ column: nameSchema, value }),
  v.strictObject({ column: nameSchema, of: nameSchema, plus: whole }),
]);
const assignments = v.pipe(v.array(assignment), v.maxLength(MOST_COLUMNS));
/** The values of one row. */
export const rowSchema = v.pipe(v.array(value), v.maxLength(MOST_COLUMNS));

/** CREATE TABLE, which a volume's first content is told with as well. */
export const createTableSchema = v.strictObject({
  kind: v.literal('create-table'),
  name: table,
  columns: v.pipe(v.array(column), v.minLength(1), v.maxLength(MOST_COLUMNS)),
  primaryKey: nameSchema,
  ifMissing: v.boolean(),
});

/** A statement tree from outside: every field known, every list and text bounded. */
export const statementSchema: v.GenericSchema<unknown, Statement> = v.variant('kind', [
  v.strictObject({ kind: v.literal('create-database'), name: nameSchema, ifMissing: v.boolean() }),
  v.strictObject({ kind: v.literal('use'), database: nameSchema }),
  createTableSchema,
  v.strictObject({
    kind: v.literal('insert'),
    table,
    columns: v.nullable(names),
    rows: v.pipe(v.array(rowSchema), v.maxLength(MOST_ROWS)),
    onDuplicate: assignments,
  }),
  v.strictObject({ kind: v.literal('update'), table, set: assignments, where }),
  v.strictObject({ kind: v.literal('delete'), table, where }),
  v.strictObject({
    kind: v.literal('select'),
    table,
    columns: v.union([names, v.picklist(['all', 'count'])]),
    where,
    limit: v.nullable(v.pipe(whole, v.minValue(0))),
  }),
  v.strictObject({ kind: v.literal('show-databases') }),
  v.strictObject({ kind: v.literal('show-tables') }),
  v.strictObject({ kind: v.literal('begin') }),
  v.strictObject({
    kind: v.literal('set-isolation'),
    level: v.picklist(['repeatable-read', 'read-committed']),
  }),
  v.strictObject({ kind: v.literal('commit') }),
  v.strictObject({ kind: v.literal('rollback') }),
]);
