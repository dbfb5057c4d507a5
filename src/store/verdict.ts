import type { Violation } from '../checker/invariant.ts';
import { type Position, START } from '../engine/time.ts';

/** What the checker has to say of the run so far. */
export interface Verdict {
  /** Invariants that are watched; 0 while the checker has not come yet. */
  readonly rules: number;
  /** The first violation of each invariant, in the order they were found. */
  readonly violations: readonly Violation[];
  /** How far it has looked: it follows what is shown, and may lie behind. */
  readonly upTo: Position;
}

export const NOTHING_CHECKED: Verdict = { rules: 0, violations: [], upTo: START };
