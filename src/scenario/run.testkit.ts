import fc from 'fast-check';
import type { Statement } from '../database/statement.ts';
import type { Position } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import type { Link } from './link.ts';
import { PRESETS } from './presets.ts';
import type { Run } from './run.ts';

/** Arbitrary runs, statements and links, as a person could make them. */

const preset = fc.constantFrom(...PRESETS);
const host = fc.constantFrom('A1', 'A2', 'B1', 'B2', 'C1', 'C2');
const word = fc.string({ minLength: 1, maxLength: 20 });
const on = fc.boolean();

const position: fc.Arbitrary<Position> = fc.record({
  timeUs: fc.nat(10 ** 9),
  n: fc.oneof(fc.nat(1_000), fc.constant(Number.MAX_SAFE_INTEGER)),
});

const value = fc.oneof(fc.nat(10 ** 6), word, fc.constant(null));
const table = fc.record({ database: fc.option(word), table: word });
const where = fc.array(
  fc.oneof(
    fc.record({
      column: word,
      is: fc.constantFrom('=' as const, '<=' as const),
      value: fc.oneof(fc.nat(99), word),
    }),
    fc.record({ column: word, is: fc.constantFrom('null' as const, 'not-null' as const) }),
  ),
  { maxLength: 3 },
);
const assignment = fc.oneof(
  fc.record({ column: word, value }),
  fc.record({ column: word, of: word, plus: fc.integer({ min: -9, max: 9 }).map((n) => n + 0) }),
);

const statement: fc.Arbitrary<Statement> = fc.oneof(
  fc.record({ kind: fc.constant('create-database' as const), name: word, ifMissing: on }),
  fc.record({ kind: fc.constant('use' as const), database: word }),
  fc.record({
    kind: fc.constant('create-table' as const),
    name: table,
    columns: fc.array(
      fc.record(
        {
          name: word,
          type: fc.constant({ kind: 'varchar' as const, length: 40 }),
          notNull: on,
          default: value,
        },
        { requiredKeys: ['name', 'type', 'notNull'] },
      ),
      { minLength: 1, maxLength: 4 },
    ),
    primaryKey: word,
    ifMissing: on,
  }),
  fc.record({
    kind: fc.constant('insert' as const),
    table,
    columns: fc.option(fc.array(word, { maxLength: 3 })),
    rows: fc.array(fc.array(value, { maxLength: 3 }), { maxLength: 3 }),
    onDuplicate: fc.array(assignment, { maxLength: 2 }),
  }),
  fc.record({
    kind: fc.constant('update' as const),
    table,
    set: fc.array(assignment, { maxLength: 2 }),
    where,
  }),
  fc.record({ kind: fc.constant('delete' as const), table, where }),
  fc.record({
    kind: fc.constant('select' as const),
    table,
    columns: fc.oneof(fc.constantFrom('all' as const, 'count' as const), fc.array(word)),
    where,
    limit: fc.option(fc.nat(99)),
  }),
  fc.record({ kind: fc.constantFrom('begin' as const, 'commit' as const, 'show-tables' as const) }),
);

const workload = fc.record({
  on,
  perSecond: fc.integer({ min: 1, max: 9_999 }),
  readPermille: fc.nat(1_000),
  skewPermille: fc.nat(1_000),
  statementsPerTransaction: fc.integer({ min: 1, max: 9 }),
});
const az = fc.constantFrom('A' as const, 'B' as const, 'C' as const);
const op = <O extends Act['op']>(name: O) => fc.constant(name);

const some = (names: fc.Arbitrary<string>) => fc.array(names, { minLength: 1, maxLength: 3 });
const node = fc.constantFrom('A1', 'B2', 'C1');
const segment = fc.constantFrom('0/c', '0/g@B2', '0/z12@C1');

const act: fc.Arbitrary<Act> = fc.oneof(
  fc.record({ op: fc.oneof(op('crash'), op('restore'), op('drop-next')), target: host }),
  fc.record({ op: fc.oneof(op('crash-zone'), op('restore-zone')), az }),
  fc.record({ op: fc.oneof(op('slow'), op('isolate')), target: host, on }),
  fc.record({ op: op('loss'), ppm: fc.nat(1_000_000) }),
  fc.record({
    op: op('sql'),
    session: fc.integer({ min: 1, max: 109 }),
    endpoint: fc.constant('W'),
    statements: fc.array(statement, { maxLength: 3 }),
    text: fc.string({ maxLength: 200 }),
  }),
  fc.record({ op: op('write'), count: fc.integer({ min: 1, max: 99 }) }),
  fc.record({ op: op('read'), target: fc.constant('W') }),
  fc.record({ op: op('workload'), workload }),
  fc.record({ op: op('duplicate'), ppm: fc.nat(1_000_000) }),
  fc.record({ op: op('partition'), from: some(host), to: some(host), on }),
  fc.record({ op: op('control'), on }),
  fc.record({ op: op('lose'), target: node }),
  fc.record({ op: op('corrupt'), target: segment, page: fc.nat(63) }),
  fc.record({ op: op('promote'), target: fc.constantFrom('W', null) }),
  fc.record({
    op: op('replace'),
    target: fc.oneof(node, segment),
    reason: fc.constantFrom('suspected', 'hot'),
  }),
  fc.record({ op: op('patch'), target: fc.oneof(node, az) }),
  fc.record({ op: op('extended-loss'), az, on }),
  fc.record({ op: op('grow') }),
  fc.record({ op: op('restore-volume'), toUs: fc.nat(60_000_000) }),
) as fc.Arbitrary<Act>;

const inOrder = (a: Intervention, b: Intervention): number =>
  a.at.timeUs - b.at.timeUs || a.at.n - b.at.n;

const interventions = fc
  .array(fc.record({ at: position, act }), { maxLength: 12 })
  .map((list) => list.toSorted(inOrder));

const changes: fc.Arbitrary<Partial<ClusterConfig>> = fc.record(
  {
    replicas: fc.nat(15),
    cachePages: fc.integer({ min: 16, max: 100 }),
    lossPpm: fc.nat(1_000_000),
    pgclRule: fc.constantFrom('scl' as const, 'perRecord' as const),
    workload,
  },
  { requiredKeys: [] },
);

export const run: fc.Arbitrary<Run> = fc
  .record({
    base: preset,
    changes,
    title: fc.string({ maxLength: 60 }),
    seed: fc.nat(0xffff_ffff),
    interventions,
  })
  .map(({ base, changes, title, ...rest }) => ({
    scenario: { ...base, title, config: { ...base.config, ...changes } },
    ...rest,
  }));

/** Names that reach an object's prototype are refused, so no look may be called so. */
const key = fc
  .stringMatching(/^[a-z]{1,10}$/)
  .filter((name) => name !== 'prototype' && name !== 'constructor');
const small = fc.oneof(fc.string({ maxLength: 80 }), fc.nat(99), fc.boolean(), fc.constant(null));

export const link: fc.Arbitrary<Link> = fc.record({
  run,
  at: fc.option(position),
  play: fc.boolean(),
  title: fc.string({ maxLength: 60 }),
  ui: fc.dictionary(key, small, { maxKeys: 8, noNullPrototype: true }),
});
