import { DEFAULT_LAYOUT, DEFAULT_VOLUME } from '../database/volume.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import { type ClusterConfig, HARDINESS } from '../protocol/config.ts';

/** One write every 2.5 ms: at the usual pace, one on screen every 2.5 seconds. */
export const GENTLE: WorkloadConfig = {
  on: true,
  perSecond: 400,
  readPermille: 100,
  skewPermille: 200,
  statementsPerTransaction: 1,
};

export const BASE: ClusterConfig = {
  source: 'sql',
  ...DEFAULT_LAYOUT,
  hostsPerZone: 4,
  replicas: 2,
  connections: 4,
  cachePages: 24,
  builtPages: 8,
  allocationLimit: 1_000,
  ...HARDINESS,
  pgclRule: 'scl',
  lossPpm: 0,
  tailPpm: 0,
  tailUs: 0,
  workload: GENTLE,
  volume: DEFAULT_VOLUME,
};

/** The same without any load. */
export const QUIET: ClusterConfig = { ...BASE, workload: { ...GENTLE, on: false } };
