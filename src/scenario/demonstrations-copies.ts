import { seconds } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import {
  BY_HAND,
  insert,
  load,
  type Script,
  selectAll,
  sql,
  TENFOLD,
  you,
} from './demonstration.ts';

/** One group of copies on two of three hosts in each zone, so that a lost copy has somewhere to go. */
const ONE_GROUP: Partial<ClusterConfig> = {
  ...{ groups: 1, pagesPerGroup: 31, hostsPerZone: 3, maxGroups: 1, replicas: 1 },
  workload: load(200),
};

/** Copying 10 GB in 0.8 s and failures noticed ten times as fast: a repair to watch. */
const SOON: Partial<ClusterConfig> = { ...ONE_GROUP, ...TENFOLD, copyMbps: 100_000 };

/** Six copies: what may be lost, and how it is mended. */
export const ON_COPIES: readonly Script[] = [
  {
    id: 'zone-lost',
    title: 'A zone is lost',
    says: 'Two of six copies go at once: writes go on, but now every one of the other four has to answer.',
    config: () => ({ ...ONE_GROUP, ...BY_HAND }),
    acts: [
      [500, { op: 'crash-zone', az: 'C' }],
      [1_500, { op: 'restore-zone', az: 'C' }],
    ],
    atMs: 500,
    lengthUs: seconds(2),
  },
  {
    id: 'zone-and-one',
    title: 'A zone and one more',
    says: 'Three copies are left: writes wait, reads go on; a repair from the survivors brings writes back.',
    config: () => SOON,
    acts: [
      [200, { op: 'crash-zone', az: 'C' }],
      [400, { op: 'lose', target: 'B1' }],
    ],
    atMs: 400,
    lengthUs: seconds(5),
  },
  {
    id: 'suspect-returns',
    title: 'A suspect comes back',
    says: 'A copy is suspected and a new one added; the suspect returns before that is filled, and stays.',
    config: () => SOON,
    acts: [
      [200, { op: 'isolate', target: 'C2', on: true }],
      [700, { op: 'isolate', target: 'C2', on: false }],
    ],
    atMs: 200,
    lengthUs: seconds(3),
  },
  {
    id: 'suspect-replaced',
    title: 'A suspect is replaced',
    says: 'A copy is lost for good; a new one is filled from its peers while writes need both quorums.',
    config: () => SOON,
    acts: [[200, { op: 'lose', target: 'C2' }]],
    atMs: 200,
    lengthUs: seconds(3),
  },
  {
    id: 'second-failure',
    title: 'A second failure in the middle',
    says: 'While one copy is being replaced another is lost: four quorums at once, and writes still go on.',
    config: () => ({ ...SOON, hostsPerZone: 4 }),
    acts: [
      [200, { op: 'lose', target: 'C2' }],
      [700, { op: 'lose', target: 'C1' }],
    ],
    atMs: 200,
    lengthUs: seconds(4),
  },
  {
    id: 'hot-disk',
    title: 'A hot disk',
    says: 'A copy on a busy disk is moved to a colder node by the same steps as a repair.',
    config: () => ({ ...SOON, ...BY_HAND }),
    acts: [
      [100, { op: 'slow', target: 'B2', on: true }],
      [300, { op: 'replace', target: '0/d', reason: 'hot' }],
    ],
    atMs: 300,
    lengthUs: seconds(3),
  },
  {
    id: 'patched-zone',
    title: 'A zone is patched',
    says: 'Its nodes go down one after another, never two copies of a group at once, and nobody waits.',
    config: () => ({ ...ONE_GROUP, ...BY_HAND }),
    acts: [[200, { op: 'patch', target: 'B' }]],
    atMs: 200,
    lengthUs: seconds(3),
  },
  {
    id: 'full-and-tail',
    title: 'Full and tail copies',
    says: 'Three copies keep pages and log, three only log: half the storage, and still a zone may go.',
    config: () => ({ ...ONE_GROUP, ...BY_HAND, quorumModel: 'full-tail' }),
    acts: [[300, { op: 'crash-zone', az: 'C' }]],
    atMs: 1,
    lengthUs: seconds(1),
  },
  {
    id: 'full-copies-lost',
    title: 'All full copies lost',
    says: 'Any three copies may not be lost here: without the three full ones no page can be read.',
    config: () => ({
      ...ONE_GROUP,
      ...BY_HAND,
      ...{ quorumModel: 'full-tail', cachePages: 16, workload: load(200, { on: false }) },
    }),
    acts: [
      [100, { op: 'crash', target: 'A1' }],
      [100, { op: 'crash', target: 'B1' }],
      [100, { op: 'crash', target: 'C1' }],
      [200, sql(you(1), 'cluster', insert(5, 'tea'))],
      [300, sql(you(2), 'cluster', selectAll())],
    ],
    atMs: 100,
    lengthUs: seconds(1),
  },
  {
    id: 'zone-given-up',
    title: 'A zone is given up for long',
    says: 'The four copies left are completed by gossip first; then three of four make a write durable.',
    config: () => ({ ...SOON, ...BY_HAND }),
    acts: [
      [200, { op: 'crash-zone', az: 'C' }],
      [600, { op: 'extended-loss', az: 'C', on: true }],
      [1_500, { op: 'crash', target: 'B1' }],
      [2_000, { op: 'restore', target: 'B1' }],
    ],
    atMs: 600,
    lengthUs: seconds(3),
  },
];
