import { DEFAULT_VOLUME } from '../../database/volume.ts';
import { millis } from '../../engine/time.ts';
import { type ClusterConfig, HARDINESS } from '../../protocol/config.ts';
import type { Act, Intervention } from '../../protocol/intervention.ts';
import type { MutationName } from '../../protocol/mutations.ts';
import { hostOf, type Slot } from '../../protocol/topology.ts';
import type { Schedule } from './schedule.ts';

const HOSTS_PER_ZONE = 2;

/** One group, nobody who reads or repairs, and nothing that happens unasked. */
const still = (mutations: readonly MutationName[]): ClusterConfig => ({
  source: 'sql',
  ...HARDINESS,
  groups: 1,
  pagesPerGroup: 31,
  hostsPerZone: HOSTS_PER_ZONE,
  replicas: 0,
  connections: 1,
  cachePages: 40,
  builtPages: 8,
  allocationLimit: 1_000,
  // So that the second row counts as durable with the rule whole, too: union at recovery saves it.
  pgclRule: 'perRecord',
  lossPpm: 0,
  tailPpm: 0,
  tailUs: 0,
  detection: { ...HARDINESS.detection, on: false },
  workload: {
    on: false,
    perSecond: 100,
    readPermille: 0,
    skewPermille: 0,
    statementsPerTransaction: 1,
  },
  volume: DEFAULT_VOLUME,
  mutations,
});

const hosts = (slots: string): readonly string[] =>
  [...slots].map((slot) => hostOf(HOSTS_PER_ZONE, 0, slot as Slot));

const cut = (from: readonly string[], to: readonly string[], on: boolean): Act => ({
  op: 'partition',
  from,
  to,
  on,
});

const inserted = (id: number): Act => ({
  op: 'sql',
  session: 101,
  endpoint: 'W',
  statements: [
    {
      kind: 'insert',
      table: { database: 'shop', table: 'orders' },
      columns: null,
      rows: [[id, 'bell']],
      onDuplicate: [],
    },
  ],
  text: '',
});

/**
 * One row is stored by a, b, c, d, the next by c, d, e, f: each has its four copies, and only c and d have
 * both. They go down with the writer, and whoever recovers hears of the second row from members whose
 * SCL is below it.
 */
export function twoRowsApart(mutations: readonly MutationName[]): Schedule {
  const all = hosts('abcdef');
  const acts: readonly (readonly [atMs: number, act: Act])[] = [
    [1, cut(all, all, true)],
    [2, cut(['W'], hosts('ef'), true)],
    [3, inserted(1)],
    [13, cut(['W'], hosts('ef'), false)],
    [13, cut(['W'], hosts('ab'), true)],
    [14, inserted(2)],
    [24, { op: 'crash', target: 'W' }],
    ...hosts('cd').map((target) => [24, { op: 'crash', target }] as const),
    [25, cut(['W'], hosts('ab'), false)],
    [26, { op: 'restore', target: 'W' }],
  ];
  return {
    profile: 'scripted',
    config: still(mutations),
    seed: 1,
    interventions: acts.map(
      ([ms, act]): Intervention => ({ at: { timeUs: millis(ms), n: 0 }, act }),
    ),
    healedUs: null,
    endUs: millis(400),
    excused: [],
  };
}
