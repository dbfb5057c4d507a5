import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  createActor,
  type EventObject,
  getNextTransitions,
  initialTransition,
} from 'xstate';
import { type Effect, type Message, NO_EFFECTS, type Rule } from './effect.ts';
import { ruleOf } from './step.ts';

/** What one event did to one machine. `accepted` is false when the chart has no transition for it. */
export interface Stepped {
  readonly snapshot: AnyMachineSnapshot;
  readonly context: unknown;
  readonly effects: readonly Effect[];
  readonly accepted: boolean;
}

/**
 * Advances one machine by one event. Pure. The context is passed beside the snapshot so that the
 * compiled driver need not rebuild a snapshot for a transition that only changes context; a
 * snapshot's own `context` may therefore be stale.
 */
export type Driver = (
  machine: AnyStateMachine,
  snapshot: AnyMachineSnapshot,
  context: unknown,
  event: EventObject,
) => Stepped;

/** What XState hands an executor: our own `effects`, or the timers that `after` compiles to. */
type Asked = { readonly type: string; readonly params?: unknown };

/** Reads an XState action as effects. `after` becomes a timer the kernel owns, in microseconds. */
function effectsOf({ type, params }: Asked): readonly Effect[] {
  switch (type) {
    case 'effects':
      return params as readonly Effect[];
    case 'xstate.raise': {
      const { id, delay, event } = params as { id: string; delay: number; event: Message };
      return [{ kind: 'arm', timer: id, delay, message: event }];
    }
    case 'xstate.cancel':
      return [{ kind: 'disarm', timer: (params as { sendId: string }).sendId }];
    default:
      throw new Error(`a protocol machine may not use the action "${type}"`);
  }
}

/** A machine's first snapshot, and what it asks for on entry. */
export function begin(machine: AnyStateMachine, input: unknown): Stepped {
  const [snapshot, actions] = initialTransition(machine, input);
  const effects = actions.flatMap((action) => effectsOf(action as Asked));
  return { snapshot, context: snapshot.context, effects, accepted: true };
}

/**
 * The meaning of a chart: XState's own transition function, with one inert actor scope kept per
 * machine instead of the throwaway actor that XState's `transition` builds on every call.
 */
export function interpreted(): Driver {
  let effects: readonly Effect[] = NO_EFFECTS;
  const collect = (action: unknown): void => {
    const more = effectsOf(action as Asked);
    effects = effects.length === 0 ? more : [...effects, ...more];
  };
  const scopes = new WeakMap<AnyStateMachine, AnyActorScope>();
  const scopeOf = (machine: AnyStateMachine): AnyActorScope => {
    const known = scopes.get(machine);
    if (known !== undefined) return known;
    const scope = inertScope(machine, collect);
    scopes.set(machine, scope);
    return scope;
  };
  return (machine, snapshot, context, event) => {
    effects = NO_EFFECTS;
    const from =
      snapshot.context === context ? snapshot : ({ ...snapshot, context } as AnyMachineSnapshot);
    const next = machine.transition(from as never, event, scopeOf(machine)) as AnyMachineSnapshot;
    return {
      snapshot: next,
      context: next.context,
      effects,
      // A transition that changes nothing leaves the very same snapshot, so only the chart can tell.
      accepted: next !== from || effects.length > 0 || from.can(event),
    };
  };
}

function inertScope(machine: AnyStateMachine, collect: (action: unknown) => void): AnyActorScope {
  const self = createActor(machine);
  const nothing = (): void => {};
  return {
    self,
    system: self.system,
    id: machine.id,
    sessionId: machine.id,
    logger: nothing,
    defer: nothing,
    emit: nothing,
    stopChild: nothing,
    actionExecutor: collect,
  } as AnyActorScope;
}

/**
 * The fast driver. Where the chart leaves no choice (one unguarded, targetless transition whose only
 * action is a `step`, or no transition at all) it does not interpret; everything else it leaves to
 * the reference. A property test holds the two equal.
 */
export function compiled(reference: Driver = interpreted()): Driver {
  const charts = new WeakMap<AnyStateMachine, Plans>();
  return (machine, snapshot, context, event) => {
    let plans = charts.get(machine);
    if (plans === undefined) {
      plans = new Plans();
      charts.set(machine, plans);
    }
    const plan = plans.find(snapshot, event.type);
    if (plan === 'interpret') return reference(machine, snapshot, context, event);
    if (plan === 'ignore') return { snapshot, context, effects: NO_EFFECTS, accepted: false };
    const [next, effects] = plan(context, event);
    return { snapshot, context: next, effects, accepted: true };
  };
}

type Plan = Rule<unknown, unknown> | 'interpret' | 'ignore';

type Row = Map<string, Plan>;

/** One machine's plans, by state value and event type. */
class Plans {
  readonly #byName = new Map<string, Row>();
  /** A nested value is a new object after every change of state: known ones are found by identity. */
  readonly #byValue = new WeakMap<object, Row>();

  find(snapshot: AnyMachineSnapshot, type: string): Plan {
    const row = this.#rowOf(snapshot.value);
    let plan = row.get(type);
    if (plan === undefined) {
      plan = planFor(snapshot, type);
      row.set(type, plan);
    }
    return plan;
  }

  #rowOf(value: string | object): Row {
    if (typeof value === 'string') return this.#rowNamed(value);
    let row = this.#byValue.get(value);
    if (row === undefined) {
      row = this.#rowNamed(JSON.stringify(value));
      this.#byValue.set(value, row);
    }
    return row;
  }

  #rowNamed(name: string): Row {
    let row = this.#byName.get(name);
    if (row === undefined) {
      row = new Map();
      this.#byName.set(name, row);
    }
    return row;
  }
}

/** What to do with an event in a state, decided once from the chart alone. */
function planFor(snapshot: AnyMachineSnapshot, type: string): Plan {
  const candidates = getNextTransitions(snapshot);
  if (candidates.some((t) => t.eventType === '' || t.eventType.includes('*'))) return 'interpret';
  const [only, ...others] = candidates.filter((t) => t.eventType === type);
  if (only === undefined) return 'ignore';
  if (others.length > 0 || only.guard || only.target || only.actions.length !== 1)
    return 'interpret';
  return ruleOf(only.actions[0]) ?? 'interpret';
}
