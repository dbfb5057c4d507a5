import type { Act } from '../protocol/intervention.ts';
import { begin, commit, insert, sql, you } from '../scenario/demonstration.ts';

/** A row for the table of orders, on the reader's own connection. */
export const insertOrder = (id: number, item: string): Act =>
  sql(you(1), 'cluster', insert(id, item));

/** Several rows, each in a transaction of its own, one after the other. */
export const insertOrders = (orders: readonly (readonly [id: number, item: string])[]): Act =>
  sql(you(1), 'cluster', ...orders.map(([id, item]) => insert(id, item)));

/** Several rows in one transaction. */
export const insertTogether = (orders: readonly (readonly [id: number, item: string])[]): Act =>
  sql(you(1), 'cluster', begin, ...orders.map(([id, item]) => insert(id, item)), commit);
