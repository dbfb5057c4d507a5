import { DEFAULT_VOLUME } from '../../database/volume.ts';
import { millis } from '../../engine/time.ts';
import { type ClusterConfig, HARDINESS } from '../../protocol/config.ts';
import type { Act, Intervention } from '../../protocol/intervention.ts';
import type { MutationName } from '../../protocol/mutations.ts';
import { hostOf, type Slot, STORE } from '../../protocol/topology.ts';
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

const reading: Act = {
  op: 'sql',
  session: 102,
  endpoint: 'R1',
  statements: [
    { kind: 'begin' },
    {
      kind: 'select',
      table: { database: 'shop', table: 'orders' },
      columns: 'all',
      where: [],
      limit: null,
    },
  ],
  text: '',
};

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
  return scripted(still(mutations), acts, 400);
}

/** Written to for long enough that log is collected, which happens once a second. */
const writing = (mutations: readonly MutationName[]): ClusterConfig => {
  const { workload, ...rest } = still(mutations);
  const steady = { ...workload, on: true, perSecond: 60 };
  return { ...rest, pgclRule: 'scl', backupEveryUs: 50_000, workload: steady };
};
const LONG_MS = 1_400;

/** The object store is out of reach while log comes of an age to be collected. */
export const storeCutOff = (mutations: readonly MutationName[]): Schedule =>
  scripted(writing(mutations), [[300, cut(hosts('abcdef'), [STORE], true)]], LONG_MS);

/** A transaction on a replica keeps its read view open. */
export const longReader = (mutations: readonly MutationName[]): Schedule =>
  scripted({ ...writing(mutations), replicas: 1 }, [[100, reading]], LONG_MS);

/** Full and tail copies, of which some tail is the first whose turn it is to collect. */
export const tailsFirst = (mutations: readonly MutationName[]): Schedule => ({
  ...scripted({ ...writing(mutations), quorumModel: 'full-tail' }, [], LONG_MS),
  seed: 6,
});

const scripted = (
  config: ClusterConfig,
  acts: readonly (readonly [atMs: number, act: Act])[],
  endMs: number,
): Schedule => ({
  profile: 'scripted',
  config,
  seed: 1,
  interventions: acts.map(([ms, act]): Intervention => ({ at: { timeUs: millis(ms), n: 0 }, act })),
  healedUs: null,
  endUs: millis(endMs),
  excused: [],
});
