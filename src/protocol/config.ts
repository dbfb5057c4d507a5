import type { VolumeSpec } from '../database/volume.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import type { Micros } from '../engine/time.ts';
import type { MutationName } from './mutations.ts';

/** How PGCL is decided: from SCLs (the definition) or by counting each record's acks (Figure 3 as printed). */
export type PgclRule = 'scl' | 'perRecord';

/**
 * Which sets of copies make a write durable. `4/6` is Aurora's; `3/4` is what an extended loss of a zone
 * leaves (SIGMOD'18 §4.1), `full-tail` three full and three log-only copies (§4.2); the others are there
 * to be compared. Reads use the dual expression.
 */
export type QuorumModelName = '4/6' | '3/4' | '2/3' | '6/6' | 'full-tail';

/** Who notices failures by itself, and after how long. Off: only what a person asks for is done. */
export interface DetectionConfig {
  readonly on: boolean;
  /** How often an instance tells the control plane that it lives. */
  readonly heartbeatUs: Micros;
  /** An instance that was not heard of for this long is taken for dead. */
  readonly instanceUs: Micros;
  /** A member that leaves writes unacknowledged for this long is suspected (protocol choice: 1 s). */
  readonly segmentUs: Micros;
  /** How long clients go on using an address of the cluster endpoint that they know. */
  readonly endpointUs: Micros;
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
  /** Chance that a message to or from a segment arrives twice, in parts per million. */
  readonly duplicatePpm: number;
  /** Every time the network, disks and processors take, in thousandths of the usual. */
  readonly latencyPermille: number;
  readonly quorumModel: QuorumModelName;
  readonly detection: DetectionConfig;
  /** The volume grows up to so many groups. */
  readonly maxGroups: number;
  /** What a segment weighs when it is copied, whatever its toy pages do: 10 GB (SIGMOD'17 §2.2). */
  readonly segmentBytes: number;
  /** Speed of copying a segment, in megabits a second: 10 Gbit/s (SIGMOD'17 §2.2). */
  readonly copyMbps: number;
  /** How often a segment stages log and pages to the object store; 0 for never. */
  readonly backupEveryUs: Micros;
  /** How often a segment checks what it stores; 0 for never. */
  readonly scrubEveryUs: Micros;
  /** A replica that lags more than this starts over (protocol choice: 30 s; no figure is published). */
  readonly replicaBehindUs: Micros;
  /** Rules that are broken on purpose. */
  readonly mutations: readonly MutationName[];
  readonly workload: WorkloadConfig;
  readonly volume: VolumeSpec;
}

/** How a cluster deals with what goes wrong, unless a scenario says otherwise. */
export const HARDINESS = {
  duplicatePpm: 0,
  latencyPermille: 1_000,
  quorumModel: '4/6',
  detection: {
    on: true,
    heartbeatUs: 1_000_000,
    instanceUs: 5_000_000,
    segmentUs: 1_000_000,
    endpointUs: 5_000_000,
  },
  maxGroups: 16,
  segmentBytes: 10_000_000_000,
  copyMbps: 10_000,
  backupEveryUs: 1_000_000,
  scrubEveryUs: 10_000_000,
  replicaBehindUs: 30_000_000,
  mutations: [],
} as const satisfies Partial<ClusterConfig>;
