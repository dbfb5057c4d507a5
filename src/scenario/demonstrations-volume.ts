import { itemFor, type VolumeSpec } from '../database/volume.ts';
import { seconds } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { BY_HAND, insert, load, type Script, selectAll, sql, you } from './demonstration.ts';

const tableOf = (database: string, table: string, rows: number) => ({
  create: {
    kind: 'create-table',
    name: { database, table },
    columns: [
      { name: 'id', type: { kind: 'bigint' }, notNull: true },
      { name: 'item', type: { kind: 'varchar', length: 40 }, notNull: false, default: null },
    ],
    primaryKey: 'id',
    ifMissing: false,
  } as const,
  rows: Array.from({ length: rows }, (_, i) => [1000 + 10 * i, itemFor(i)] as const),
});

/** Three databases whose pages share the groups of one volume. */
export const THREE_DATABASES: VolumeSpec = {
  databases: [
    { name: 'shop', tables: [tableOf('shop', 'orders', 24)] },
    { name: 'blog', tables: [tableOf('blog', 'posts', 16)] },
    { name: 'bank', tables: [tableOf('bank', 'accounts', 16)] },
  ],
};

/** New rows of one table, on a connection of its own. */
export const rowsFor = (
  session: number,
  database: string,
  table: string,
  from: number,
  count = 40,
): Act =>
  sql(
    session,
    'cluster',
    ...Array.from({ length: count }, (_, i) => ({
      ...({ kind: 'insert', table: { database, table }, columns: null } as const),
      ...{ rows: [[from + i, itemFor(i)]], onDuplicate: [] },
    })),
  );

/** The volume: how it grows, is kept whole, and comes back as it was. */
export const ON_THE_VOLUME: readonly Script[] = [
  {
    id: 'growth',
    title: 'The volume grows',
    says: 'Three databases fill a small volume page by page; protection groups are added while writes go on.',
    config: () => ({
      ...BY_HAND,
      ...{ groups: 2, pagesPerGroup: 12, maxGroups: 16, volume: THREE_DATABASES, cachePages: 48 },
    }),
    acts: [20, 300, 600, 900].flatMap((ms, i): readonly (readonly [number, Act])[] => [
      [ms, rowsFor(you(1), 'shop', 'orders', 5_000 + 100 * i)],
      [ms, rowsFor(you(2), 'blog', 'posts', 5_000 + 100 * i)],
      [ms, rowsFor(you(3), 'bank', 'accounts', 5_000 + 100 * i)],
    ]),
    atMs: 20,
    lengthUs: seconds(3),
  },
  {
    id: 'damaged-page',
    title: 'A damaged page',
    says: 'A stored page loses a bit on its disk: its checksum gives it away, and a peer has a good copy.',
    config: () => ({
      ...BY_HAND,
      ...{ groups: 1, pagesPerGroup: 31, hostsPerZone: 2, maxGroups: 1 },
      ...{ scrubEveryUs: 500_000, workload: load(100) },
    }),
    acts: [[200, { op: 'corrupt', target: '0/c', page: 4 }]],
    atMs: 200,
    lengthUs: seconds(3),
  },
  {
    id: 'restore',
    title: 'Back to a point in time',
    says: 'A bad day ends in a new volume, made from the backup as it was half a second before.',
    config: () => ({ ...BY_HAND, backupEveryUs: 200_000, copyMbps: 100_000, workload: load(200) }),
    acts: [
      [1_000, sql(you(1), 'cluster', insert(7, 'regretted'))],
      [2_000, { op: 'restore-volume', toUs: 900_000 }],
      [4_000, sql(you(2), 'restored', selectAll())],
    ],
    atMs: 1_000,
    lengthUs: seconds(5),
  },
];
