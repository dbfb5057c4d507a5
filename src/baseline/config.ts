import type { VolumeSpec } from '../database/volume.ts';
import type { WorkloadConfig } from '../database/workload.ts';
import type { Micros } from '../engine/time.ts';

/** MySQL on two mirrored block volumes, one pair in each of two zones (SIGMOD'17 §3.1, Figure 2). */
export interface BaselineConfig {
  /** What the workload is made of: SQL through the whole database, or bare log writes. */
  readonly source: 'sql' | 'records';
  readonly groups: number;
  readonly pagesPerGroup: number;
  readonly connections: number;
  readonly cachePages: number;
  /** Chance that one block write or read takes `tailUs` longer, in parts per million. */
  readonly tailPpm: number;
  readonly tailUs: Micros;
  /** What one volume carries: I/Os and bytes a second. */
  readonly iops: number;
  readonly bytesPerSecond: number;
  /** Records the redo log files hold; when they are full, changes wait for a checkpoint. */
  readonly logRecords: number;
  /** How often dirty pages are written in the background, and how many at a time. */
  readonly flushEveryUs: Micros;
  readonly flushPages: number;
  /** A standby that hears nothing for so long takes over. */
  readonly takeOverUs: Micros;
  /** A standby that has not confirmed a write for so long is given up, and writes go on without it. */
  readonly giveUpUs: Micros;
  readonly workload: WorkloadConfig;
  readonly volume: VolumeSpec;
}

/** What the papers and the products' manuals leave open, chosen (protocol choice). */
export const BASELINE_DEFAULTS = {
  // The paper's comparison ran on volumes with 30,000 provisioned I/Os a second (SIGMOD'17 §6.1).
  iops: 30_000,
  bytesPerSecond: 500_000_000,
  logRecords: 4_000,
  flushEveryUs: 100_000,
  flushPages: 32,
  takeOverUs: 30_000_000,
  giveUpUs: 5_000_000,
} as const satisfies Partial<BaselineConfig>;
