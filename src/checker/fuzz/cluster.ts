import { DEFAULT_VOLUME } from '../../database/volume.ts';
import { millis } from '../../engine/time.ts';
import { type ClusterConfig, HARDINESS } from '../../protocol/config.ts';
import type { Dice } from './dice.ts';

/** What a fault profile changes of the cluster it plays in. */
export type Changes = Partial<Omit<ClusterConfig, 'workload' | 'detection'>> & {
  readonly detects?: boolean;
  readonly perSecond?: number;
  readonly readPermille?: number;
};

/**
 * Small clusters in which everything meets soon: few pages cached, few groups, failures noticed within
 * tens of milliseconds, segments that weigh little.
 */
export function smallCluster(dice: Dice, changes: Changes): ClusterConfig {
  const { detects = true, perSecond, readPermille, ...own } = changes;
  const groups = dice.between(1, 3);
  return {
    source: 'sql',
    ...HARDINESS,
    groups,
    pagesPerGroup: groups < 3 ? 31 : 16,
    hostsPerZone: dice.pick([2, 3, 4]),
    replicas: dice.pick([0, 1, 1, 2, 2, 3]),
    connections: dice.between(2, 6),
    cachePages: dice.between(16, 40),
    builtPages: dice.pick([1, 2, 8]),
    allocationLimit: dice.pick([20, 60, 200, 1_000]),
    pgclRule: 'scl',
    lossPpm: 0,
    tailPpm: dice.pick([0, 0, 10_000, 100_000]),
    tailUs: millis(20),
    segmentBytes: dice.pick([100_000, 10_000_000, 50_000_000]),
    backupEveryUs: millis(dice.pick([10, 50, 200])),
    scrubEveryUs: millis(dice.pick([30, 200])),
    replicaBehindUs: dice.pick([millis(20), millis(500)]),
    detection: {
      on: detects,
      heartbeatUs: millis(2),
      instanceUs: millis(dice.pick([8, 15])),
      segmentUs: millis(dice.pick([15, 40])),
      endpointUs: millis(dice.pick([2, 10])),
    },
    workload: {
      on: true,
      perSecond: perSecond ?? dice.pick([150, 250, 350]),
      readPermille: readPermille ?? dice.pick([0, 100, 300]),
      skewPermille: dice.below(1_000),
      statementsPerTransaction: dice.pick([1, 1, 2, 3]),
    },
    volume: DEFAULT_VOLUME,
    ...own,
  };
}
