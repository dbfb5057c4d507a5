import type { Act } from '../protocol/intervention.ts';
import { insert, sql, you } from '../scenario/demonstration.ts';

/** A row for the table of orders, on the reader's own connection. */
export const insertOrder = (id: number, item: string): Act =>
  sql(you(1), 'cluster', insert(id, item));
