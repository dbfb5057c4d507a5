import { DURABILITY } from './durability.ts';
import { EPOCHS } from './epochs.ts';
import { HOUSEKEEPING } from './housekeeping.ts';
import type { Invariant } from './invariant.ts';
import { LOG_ORDER } from './log-order.ts';
import { MEMBERSHIP } from './membership.ts';
import { POINTS } from './points.ts';
import { READS } from './reads.ts';
import { REPLICAS } from './replicas.ts';

/** Every statement that is watched while a run goes on, in the order of their numbers. */
export const INVARIANTS: readonly Invariant[] = [
  ...LOG_ORDER,
  ...POINTS,
  ...DURABILITY,
  ...READS,
  ...REPLICAS,
  ...EPOCHS,
  ...MEMBERSHIP,
  ...HOUSEKEEPING,
];
