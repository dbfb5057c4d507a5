import type { Condition, Statement } from '../database/statement.ts';
import type { Act } from '../protocol/intervention.ts';
import { begin, commit, insert, load, sql, update, you } from '../scenario/demonstration.ts';

/** The reader's own connection: the first console. */
export const YOURS = you(1);

/** A row for the table of orders, on the reader's own connection. */
export const insertOrder = (id: number, item: string): Act =>
  sql(YOURS, 'cluster', insert(id, item));

/** Several rows, each in a transaction of its own, one after the other. */
export const insertOrders = (orders: readonly (readonly [id: number, item: string])[]): Act =>
  sql(YOURS, 'cluster', ...orders.map(([id, item]) => insert(id, item)));

/** Several rows in one transaction. */
export const insertTogether = (orders: readonly (readonly [id: number, item: string])[]): Act =>
  sql(YOURS, 'cluster', begin, ...orders.map(([id, item]) => insert(id, item)), commit);

/** Another item for an order that is there, on a second connection of the reader. */
export const updateOrder = (id: number, item: string): Act =>
  sql(you(2), 'cluster', update(id, item));

/** One order, read at an instance, on a third connection of the reader. */
export const readOrder = (id: number, instance: string): Act =>
  sql(you(3), instance, selectOrder(id));

/** A range of orders, read at an instance: enough of them fill a small cache. */
export const readOrders = (from: number, to: number, instance: string): Act =>
  sql(you(3), instance, orders(from, to));

/** Changes an order, reads others until its page is evicted, and reads it again: all on one connection. */
export const updateEvictRead = (id: number, item: string, from: number, to: number): Act =>
  sql(you(4), 'cluster', update(id, item), orders(from, to), selectOrder(id));

/** One order, by its number. */
export const selectOrder = (id: number): Statement =>
  select([{ column: 'id', is: '=', value: id }]);

const orders = (from: number, to: number): Statement =>
  select([
    { column: 'id', is: '>=', value: from },
    { column: 'id', is: '<=', value: to },
  ]);

const select = (where: readonly Condition[]): Statement => ({
  ...{ kind: 'select', table: { database: 'shop', table: 'orders' } },
  ...{ columns: 'all', where, limit: null },
});

/** The application writes and reads at a steady rate. */
export const steadyLoad = (perSecond: number): Act => ({
  op: 'workload',
  workload: load(perSecond),
});

/** The next message to each of these is lost on its way. */
export const dropNext = (...targets: readonly string[]): readonly Act[] =>
  targets.map((target) => ({ op: 'drop-next', target }));

/** Nodes or instances that go down together. */
export const crashAll = (targets: readonly string[]): readonly Act[] =>
  targets.map((target) => ({ op: 'crash', target }));

/** Two sides that hear nothing of each other, or hear each other again. */
export const split = (
  one: readonly string[],
  other: readonly string[],
  on = true,
): readonly [Act, Act] => [
  { op: 'partition', from: one, to: other, on },
  { op: 'partition', from: other, to: one, on },
];
