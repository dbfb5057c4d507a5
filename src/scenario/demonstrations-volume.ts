import { seconds } from '../engine/time.ts';
import { BY_HAND, insert, load, type Script, selectAll, sql, you } from './demonstration.ts';

/** The volume: how it grows, is kept whole, and comes back as it was. */
export const ON_THE_VOLUME: readonly Script[] = [
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
