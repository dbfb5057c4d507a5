import fc from 'fast-check';
import type { Statement } from '../database/statement.ts';
import { begin, changesTo, commit, rollback } from '../database/statements.testkit.ts';
import type { ClusterConfig } from './config.ts';
import type { Act } from './intervention.ts';
import { hostIds, replicaId, WRITER } from './topology.ts';

export const replicasOf = ({ replicas }: ClusterConfig): readonly string[] =>
  Array.from({ length: replicas }, (_, i) => replicaId(i));

/** Everything that can be broken, the writer apart: for it there is no way back. */
const hostsAndReplicas = (cluster: ClusterConfig): readonly string[] => [
  ...hostIds(cluster.hostsPerZone),
  ...replicasOf(cluster),
];

export const hostsAndInstances = (cluster: ClusterConfig): readonly string[] => [
  ...hostsAndReplicas(cluster),
  WRITER,
];

const orders = { database: 'shop', table: 'orders' };

export { begin, commit, rollback };
export const { insert, put, update, remove } = changesTo('shop');
export const select = (from: number, to: number = from): Statement => ({
  kind: 'select',
  table: orders,
  columns: 'all',
  where: [
    { column: 'id', is: '>=', value: from },
    { column: 'id', is: '<=', value: to },
  ],
  limit: null,
});

/** Few keys, so that sessions meet; some below 1,000, where the workload never goes. */
const key = fc.oneof(
  fc.integer({ min: 1, max: 40 }),
  fc.nat(15).map((n) => 1_000 + n * 80),
);
const item = fc.constantFrom('anvil', 'bell', 'comb', 'drum');

const statement: fc.Arbitrary<Statement> = fc.oneof(
  { weight: 4, arbitrary: fc.tuple(key, item).map(([id, name]) => put(id, name)) },
  { weight: 2, arbitrary: fc.tuple(key, item).map(([id, name]) => update(id, name)) },
  { weight: 2, arbitrary: fc.tuple(key, item).map(([id, name]) => insert([id, name])) },
  { weight: 2, arbitrary: key.map(remove) },
  // Many new rows at once: pages split, and one mini-transaction reaches several groups.
  {
    weight: 2,
    arbitrary: fc.tuple(fc.nat(900), item).map(([from, name]) => {
      const ids = Array.from({ length: 12 }, (_, i) => 2_200 + from + i);
      return insert(...ids.map((id) => [id, name]));
    }),
  },
  { weight: 2, arbitrary: fc.tuple(key, fc.nat(600)).map(([id, n]) => select(id, id + n)) },
);

/** A transaction as a person would type it: its statements, and how it ends. */
const transaction: fc.Arbitrary<readonly Statement[]> = fc
  .tuple(fc.array(statement, { minLength: 1, maxLength: 4 }), fc.constantFrom(commit, rollback))
  .map(([statements, end]) => [begin, ...statements, end]);

const zone = fc.constantFrom('A' as const, 'B' as const, 'C' as const);

/** Anything that can go wrong and come back, on storage, replicas and links. */
export function fault(cluster: ClusterConfig): fc.Arbitrary<Act> {
  const target = fc.constantFrom(...hostsAndReplicas(cluster));
  const host = fc.constantFrom(...hostIds(cluster.hostsPerZone));
  const linked = fc.constantFrom(...hostsAndInstances(cluster));
  const on = fc.boolean();
  return fc.oneof(
    { weight: 4, arbitrary: target.map((target): Act => ({ op: 'crash', target })) },
    { weight: 4, arbitrary: target.map((target): Act => ({ op: 'restore', target })) },
    {
      weight: 2,
      arbitrary: zone.filter((az) => az !== 'A').map((az): Act => ({ op: 'crash-zone', az })),
    },
    { weight: 2, arbitrary: zone.map((az): Act => ({ op: 'restore-zone', az })) },
    { weight: 3, arbitrary: linked.map((target): Act => ({ op: 'drop-next', target })) },
    {
      weight: 2,
      arbitrary: fc.tuple(linked, on).map(([target, on]): Act => ({ op: 'isolate', target, on })),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(host, on).map(([target, on]): Act => ({ op: 'slow', target, on })),
    },
    {
      weight: 1,
      arbitrary: fc.constantFrom(0, 1_000, 100_000).map((ppm): Act => ({ op: 'loss', ppm })),
    },
  );
}

/** What people at the console do. */
export function request(cluster: ClusterConfig): fc.Arbitrary<Act> {
  const session = fc.integer({ min: 101, max: 104 });
  const statements = fc.oneof(
    transaction,
    statement.map((each) => [each]),
    fc.constantFrom([begin], [commit], [rollback]),
  );
  const reader = fc.constantFrom(WRITER, ...replicasOf(cluster));
  return fc.oneof(
    {
      weight: 5,
      arbitrary: fc.tuple(session, statements).map(
        ([session, statements]): Act => ({
          op: 'sql',
          session,
          endpoint: WRITER,
          statements,
          text: '',
        }),
      ),
    },
    {
      weight: 2,
      arbitrary: fc.tuple(fc.integer({ min: 105, max: 107 }), reader, key).map(
        ([session, endpoint, id]): Act => ({
          op: 'sql',
          session,
          endpoint,
          statements: [select(id, id + 900)],
          text: '',
        }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.integer({ min: 1, max: 8 }).map((count): Act => ({ op: 'write', count })),
    },
    { weight: 1, arbitrary: reader.map((target): Act => ({ op: 'read', target })) },
  );
}
