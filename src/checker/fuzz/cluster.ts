import { DEFAULT_VOLUME } from '../../database/volume.ts';
import { type Micros, millis } from '../../engine/time.ts';
import { type ClusterConfig, HARDINESS } from '../../protocol/config.ts';
import type { Dice } from './dice.ts';

/** What a fault profile changes of the cluster it plays in. */
export type Changes = Partial<Omit<ClusterConfig, 'workload' | 'detection'>> & {
  readonly detects?: boolean;
  readonly endpointUs?: Micros;
  readonly perSecond?: number;
  readonly readPermille?: number;
};

/** Bare records reach states of the log that statements, which read first, seldom come to. */
const BARE_PERMILLE = 300;
/** Others are written to in bursts, which fill batches. */
const STEADY_PERMILLE = 500;

/**
 * Small clusters in which everything meets soon: few pages cached, few groups, failures noticed within
 * tens of milliseconds, segments that weigh little.
 */
export function smallCluster(dice: Dice, changes: Changes): ClusterConfig {
  const { detects = true, endpointUs, perSecond, readPermille, ...own } = changes;
  const groups = dice.pick([1, 1, 1, 2, 3]);
  const source = dice.permille(BARE_PERMILLE) ? 'records' : 'sql';
  return {
    source,
    ...HARDINESS,
    groups,
    pagesPerGroup: groups < 3 ? 31 : 16,
    hostsPerZone: dice.pick([2, 3, 4]),
    replicas: dice.pick([0, 1, 1, 1, 2, 3]),
    connections: dice.between(2, 5),
    cachePages: dice.between(16, 40),
    builtPages: dice.pick([1, 2, 8]),
    allocationLimit: dice.pick([20, 60, 200, 1_000]),
    pgclRule: 'scl',
    lossPpm: 0,
    tailPpm: dice.pick([0, 0, 10_000, 100_000]),
    tailUs: millis(20),
    segmentBytes: dice.pick([100_000, 10_000_000, 50_000_000]),
    backupEveryUs: millis(dice.pick([20, 100])),
    scrubEveryUs: millis(dice.pick([50, 300])),
    replicaBehindUs: dice.pick([millis(20), millis(500)]),
    detection: {
      on: detects,
      heartbeatUs: millis(5),
      instanceUs: millis(dice.pick([12, 18])),
      segmentUs: millis(dice.pick([15, 40])),
      endpointUs: endpointUs ?? millis(dice.pick([5, 20])),
    },
    workload: {
      on: dice.permille(STEADY_PERMILLE),
      perSecond: perSecond ?? dice.pick(source === 'sql' ? [400, 600, 900] : [800, 1_200]),
      readPermille: readPermille ?? dice.pick([0, 100, 300]),
      skewPermille: dice.below(1_000),
      statementsPerTransaction: dice.pick([1, 1, 2, 3]),
    },
    volume: DEFAULT_VOLUME,
    ...own,
  };
}
