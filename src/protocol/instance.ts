import type { Delivery, Outcome, Rule } from '../engine/effect.ts';
import type { Replica } from './replica.ts';
import type { Writer } from './writer.ts';

/**
 * A database instance. What it is may change during its life: a reader that is promoted becomes the
 * writer, a writer that was replaced becomes a reader (SIGMOD'18 §3.2).
 */
export type Instance = Writer | Replica;

/**
 * A rule of the writer, for a state of the chart in which an instance is one. The chart is what makes
 * this true, so nothing is tested when an event arrives.
 */
export const asWriter = <D extends Delivery>(rule: Rule<Writer, D>): Rule<Instance, D> =>
  rule as unknown as Rule<Instance, D>;

/** The same for a reader. */
export const asReplica = <D extends Delivery>(
  rule: (replica: Replica, delivery: D) => Outcome<Instance>,
): Rule<Instance, D> => rule as unknown as Rule<Instance, D>;
