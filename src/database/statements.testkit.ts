import type { Statement } from './statement.ts';

type Rows = readonly (readonly (number | string | null)[])[];

/** The statements that change rows of the table `orders`, in a named database or the session's own. */
export function changesTo(database: string | null) {
  const table = { database, table: 'orders' };
  const where = (id: number) => [{ column: 'id', is: '=', value: id }] as const;
  const insert = (...rows: Rows): Statement => ({
    ...{ kind: 'insert', table, columns: null },
    ...{ rows, onDuplicate: [] },
  });
  const put = (id: number, item: string): Statement => ({
    ...{ kind: 'insert', table, columns: null },
    ...{ rows: [[id, item]], onDuplicate: [{ column: 'item', value: item }] },
  });
  const update = (id: number, item: string): Statement => ({
    kind: 'update',
    table,
    set: [{ column: 'item', value: item }],
    where: where(id),
  });
  const remove = (id: number): Statement => ({ kind: 'delete', table, where: where(id) });
  return { insert, put, update, remove };
}

export const begin: Statement = { kind: 'begin' };
export const commit: Statement = { kind: 'commit' };
export const rollback: Statement = { kind: 'rollback' };
