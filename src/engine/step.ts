import { type EventObject, enqueueActions } from 'xstate';
import type { Effect, Rule } from './effect.ts';

type AnyRule = Rule<unknown, unknown>;
const rules = new WeakMap<object, AnyRule>();

/** The one action a protocol machine declares: "ask the kernel for these". */
export type EffectsParams = readonly Effect[];

/**
 * Lifts a pure rule into an XState action: the chart says *when*, the rule says *what*. The result
 * is typed by the delivery the rule takes, so wiring it to another event is a compile error.
 */
export function step<C, D extends EventObject>(
  rule: Rule<C, D>,
): (args: { context: C; event: D }) => void {
  const action = enqueueActions(({ context, event, enqueue }) => {
    const [next, effects] = (rule as unknown as AnyRule)(context, event);
    if (next !== context) enqueue.assign(next as object);
    if (effects.length > 0) enqueue({ type: 'effects', params: effects } as never);
  });
  rules.set(action, rule as unknown as AnyRule);
  return action as unknown as (args: { context: C; event: D }) => void;
}

/** The rule behind an action made by `step`, if it is one. */
export const ruleOf = (action: unknown): AnyRule | undefined => rules.get(action as object);

/** What every protocol machine passes to XState's `setup` as its actions. */
export const protocolActions = { effects: (_: unknown, _params: EffectsParams): void => {} };
