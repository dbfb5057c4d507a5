import type { Act } from '../protocol/intervention.ts';
import { begin, commit, insert, sql, you } from '../scenario/demonstration.ts';

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
