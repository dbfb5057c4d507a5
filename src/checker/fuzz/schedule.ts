import type { Micros } from '../../engine/time.ts';
import type { ClusterConfig } from '../../protocol/config.ts';
import type { Intervention } from '../../protocol/intervention.ts';

/** One thing to try: a cluster, what is done to it and when, until everything is made whole again. */
export interface Schedule {
  readonly profile: string;
  readonly config: ClusterConfig;
  readonly seed: number;
  readonly interventions: readonly Intervention[];
  /** From when on nothing is broken any more and no load is added; null when it is never healed. */
  readonly healedUs: Micros | null;
  /** When it is over: nothing has to be true sooner. */
  readonly endUs: Micros;
  /** Invariants that may fail under these faults, because nobody promises them (protocol's own limits). */
  readonly excused: readonly string[];
}
