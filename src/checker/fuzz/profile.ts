import type { ClusterConfig } from '../../protocol/config.ts';
import type { Act } from '../../protocol/intervention.ts';
import type { Changes } from './cluster.ts';
import type { Dice } from './dice.ts';
import type { Fault } from './faults.ts';

/** A kind of trouble: what the cluster is like, what goes wrong, and what is promised nevertheless. */
export interface Profile {
  readonly id: string;
  readonly title: string;
  readonly says: string;
  /** The rows of the fault matrix that it plays. */
  readonly rows: readonly string[];
  readonly changes: (dice: Dice) => Changes;
  /** What may go wrong, each as often as it stands here. */
  readonly faults: readonly Fault[];
  /** How many of them a schedule has. */
  readonly count: readonly [least: number, most: number];
  /** How long the trouble lasts, in milliseconds. */
  readonly lengthMs?: readonly [least: number, most: number];
  /** What always happens, as a share of the time of trouble in thousandths. */
  readonly always?: (
    dice: Dice,
    cluster: ClusterConfig,
  ) => readonly { readonly atPermille: number; readonly act: Act }[];
  /** Invariants and promises of liveness that these faults may break, because nobody claims otherwise. */
  readonly excused?: readonly string[];
  /** False when what was lost does not come back, so that no progress is promised. */
  readonly heals?: boolean;
}
