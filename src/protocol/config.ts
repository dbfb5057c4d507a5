import type { VolumeSpec } from '../database/volume.ts';
import type { Micros } from '../engine/time.ts';

/** How PGCL is decided: from SCLs (the definition) or by counting each record's acks (Figure 3 as printed). */
export type PgclRule = 'scl' | 'perRecord';

/** A steady load from the application's connections. */
export interface WorkloadConfig {
  readonly on: boolean;
  /** Transactions a second, over all connections. */
  readonly perSecond: number;
  /** Share of read-only transactions, 0–1000. */
  readonly readPermille: number;
  /** 0 spreads keys evenly, 1000 sends all to a few hot ones. */
  readonly skewPermille: number;
  readonly statementsPerTransaction: number;
}

export interface ClusterConfig {
  /** What the workload is made of: SQL through the whole database, or single bare records. */
  readonly source: 'sql' | 'records';
  readonly groups: number;
  readonly pagesPerGroup: number;
  readonly hostsPerZone: number;
  readonly replicas: number;
  readonly connections: number;
  readonly cachePages: number;
  /** Built pages each segment keeps. */
  readonly builtPages: number;
  /** LSN Allocation Limit: no LSN above VDL + this (SIGMOD'17 §4.2.1). */
  readonly allocationLimit: number;
  readonly pgclRule: PgclRule;
  /** Chance that any one message to or from a segment is lost, in parts per million. */
  readonly lossPpm: number;
  /** Chance that one disk write or page read takes `tailUs` longer, in parts per million. */
  readonly tailPpm: number;
  readonly tailUs: Micros;
  readonly workload: WorkloadConfig;
  readonly volume: VolumeSpec;
}
