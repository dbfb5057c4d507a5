import { begin, commit, put, select, update } from './faults.testkit.ts';
import type { Intervention } from './intervention.ts';
import { at, config, quiet, records, sql, Trial } from './trial.testkit.ts';

const off = at(700, { op: 'workload', workload: { ...config().workload, on: false } });
const reading = (from: number, count: number, stepMs: number): readonly Intervention[] =>
  Array.from({ length: count }, (_, i) =>
    at(from + i * stepMs, sql(110 + (i % 9), [select(1_000 + 40 * (i % 30))], `R${1 + (i % 2)}`)),
  );

/** Runs in which, between them, everything happens to hosts, replicas, sessions, the backup and growth. */
export const SCRIPTS: readonly (readonly [ms: number, script: () => Trial])[] = [
  // A slow host that restarts, read from while it catches up.
  [
    450,
    () =>
      new Trial(
        config({
          cachePages: 16,
          builtPages: 0,
          groups: 1,
          pagesPerGroup: 31,
          hostsPerZone: 2,
          allocationLimit: 60,
          workload: { perSecond: 500, skewPermille: 900 },
        }),
        [
          ...['B1', 'B2'].flatMap((target) => [
            at(20, { op: 'slow', target, on: true }),
            at(100, { op: 'crash', target }),
            at(200, { op: 'restore', target }),
            at(201, { op: 'slow', target, on: true }),
            at(202, { op: 'slow', target, on: false }),
            at(203, { op: 'isolate', target, on: true }),
            at(204, { op: 'isolate', target, on: false }),
            at(205, { op: 'restore', target }),
            at(206, { op: 'slow', target, on: true }),
          ]),
          at(120, { op: 'write', count: 3 }),
          at(130, { op: 'read', target: 'W' }),
          ...reading(250, 60, 1),
        ],
      ),
  ],
  // A host that comes back cut off, and goes again.
  [
    1650,
    () =>
      new Trial(
        config({ groups: 1, pagesPerGroup: 31, hostsPerZone: 2, workload: { perSecond: 100 } }),
        [
          at(20, { op: 'slow', target: 'C1', on: true }),
          at(30, { op: 'isolate', target: 'C1', on: true }),
          at(40, { op: 'restore', target: 'C1' }),
          at(80, { op: 'crash', target: 'C1' }),
          at(90, { op: 'restore', target: 'C1' }),
          at(100, { op: 'crash', target: 'C1' }),
          at(120, { op: 'restore', target: 'C1' }),
          at(121, { op: 'isolate', target: 'C1', on: true }),
          at(180, { op: 'isolate', target: 'C1', on: true }),
          at(1_500, { op: 'crash', target: 'C1' }),
          at(1_510, { op: 'restore', target: 'C1' }),
          at(1_511, { op: 'isolate', target: 'C1', on: true }),
          at(1_570, { op: 'isolate', target: 'C1', on: true }),
          at(1_600, { op: 'isolate', target: 'C1', on: false }),
          off,
        ],
      ),
  ],
  // Replicas that crash, fall behind and come back.
  [
    2600,
    () =>
      new Trial(config({ cachePages: 16, workload: { perSecond: 150, readPermille: 400 } }), [
        ...['A1', 'A2', 'A3', 'A4'].flatMap((target) => [
          at(300, { op: 'slow', target, on: true }),
          at(500, { op: 'slow', target, on: false }),
        ]),
        at(50, { op: 'isolate', target: 'R1', on: true }),
        at(80, { op: 'isolate', target: 'R1', on: false }),
        at(120, { op: 'isolate', target: 'R1', on: true }),
        at(122, { op: 'isolate', target: 'R1', on: false }),
        ...[126, 128, 130, 132, 134, 136].map((ms) => at(ms, { op: 'read', target: 'R1' })),
        at(150, { op: 'crash', target: 'R2' }),
        at(160, { op: 'read', target: 'R2' }),
        at(170, { op: 'restore', target: 'R2' }),
        at(170.1, { op: 'isolate', target: 'R2', on: true }),
        at(180, { op: 'read', target: 'R2' }),
        at(190, { op: 'crash', target: 'R2' }),
        at(200, { op: 'restore', target: 'R2' }),
        at(200.1, { op: 'isolate', target: 'R2', on: true }),
        at(1_250, { op: 'isolate', target: 'R2', on: false }),
        off,
        at(1_600, { op: 'restore', target: 'R2' }),
        at(2_500, { op: 'read', target: 'R2' }),
      ]),
  ],
  // A replica that is cut off from the writer alone: storage has collected what it still reads.
  [
    4_400,
    () => {
      const workload = { perSecond: 100, readPermille: 0 };
      const cut = (ms: number, on: boolean) => [
        at(ms, { op: 'partition', from: ['W'], to: ['R1'], on }),
        at(ms, { op: 'partition', from: ['R1'], to: ['W'], on }),
      ];
      return new Trial(
        config({
          ...{ replicas: 1, cachePages: 16, backupEveryUs: 200_000, replicaBehindUs: 3_000_000 },
          workload,
        }),
        [
          ...cut(200, true),
          ...Array.from({ length: 60 }, (_, i) => at(2_500 + i * 20, { op: 'read', target: 'R1' })),
          ...cut(3_900, false),
          at(4_160, { op: 'read', target: 'R1' }),
          at(4_200, { op: 'crash', target: 'R1' }),
        ],
      );
    },
  ],
  // Sessions with more statements than one, and a writer that crashes.
  [
    250,
    () =>
      new Trial(config({ workload: { perSecond: 200 } }), [
        at(20, sql(101, [begin, update(1_000, 'anvil'), commit])),
        at(20.1, sql(101, [select(1_000)])),
        at(200, { op: 'crash', target: 'W' }),
        at(210, sql(101, [select(1_000)])),
      ]),
  ],
  // Blocks that go bad while segments catch up, and a volume restored from the backup, twice.
  [
    1200,
    () =>
      new Trial(
        config({
          ...{ groups: 1, pagesPerGroup: 31, hostsPerZone: 2, replicas: 0 },
          ...{ backupEveryUs: 5_000, scrubEveryUs: 4_000, segmentBytes: 10_000_000 },
          workload: { perSecond: 400, skewPermille: 900 },
        }),
        [
          at(20, sql(101, [select(1_000)], 'restored')),
          at(40, { op: 'restore-volume', toUs: 30_000 }),
          at(40.6, sql(102, [select(1_000)], 'restored')),
          at(42, { op: 'restore-volume', toUs: 20_000 }),
          at(100, sql(103, [select(1_000)], 'restored')),
          at(120, { op: 'restore-volume', toUs: 90_000 }),
          ...['A1', 'A2', 'B2'].map((target) => at(150, { op: 'crash', target })),
          at(160, { op: 'corrupt', target: '0/a', page: 4 }),
          // B1 hears the writer and the object store, but no peer: it cannot catch up for a while.
          at(140, { op: 'partition', from: ['A1', 'A2', 'B2', 'C1', 'C2'], to: ['B1'], on: true }),
          at(141, { op: 'crash', target: 'B1' }),
          at(145, { op: 'restore', target: 'B1' }),
          at(1_000, {
            op: 'partition',
            from: ['A1', 'A2', 'B2', 'C1', 'C2'],
            to: ['B1'],
            on: false,
          }),
          ...['A1', 'A2', 'B2'].flatMap((target) => [
            at(300, { op: 'restore', target }),
            at(301, { op: 'slow', target, on: true }),
          ]),
          ...[360, 380, 400, 420, 440, 460, 480].flatMap((ms) =>
            ['0/a', '0/b', '0/c', '0/d', '0/e'].map((target) =>
              at(ms, { op: 'corrupt', target, page: 4 }),
            ),
          ),
          off,
        ],
      ),
  ],
  // A volume that is filled while a host, and at first the control plane, are away.
  [
    5_500,
    () =>
      new Trial(quiet({ groups: 3, maxGroups: 12, cachePages: 60 }), [
        at(5, { op: 'control', on: false }),
        at(5, { op: 'crash', target: 'B3' }),
        at(
          10,
          sql(
            101,
            Array.from({ length: 120 }, (_, i) => put(10_000 + i, 'tea')),
          ),
        ),
        at(2_000, { op: 'control', on: true }),
        at(4_000, { op: 'grow' }),
      ]),
  ],
  // A log without a database.
  [50, () => new Trial(records())],
];
