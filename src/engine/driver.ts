import {
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyStateNode,
  type AnyTransitionDefinition,
  createActor,
  type EventObject,
  getNextTransitions,
  initialTransition,
} from 'xstate';
import { disarm, type Effect, type Message, NO_EFFECTS, type Rule } from './effect.ts';
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
      return [disarm((params as { sendId: string }).sendId)];
    default:
      throw new Error(`a protocol machine may not use the action "${type}"`);
  }
}

/**
 * Machines that do nothing on entry: what an actor's input decides is its context alone, so that all begin
 * in one snapshot. XState takes a tenth of a short run's time to find that out for every actor anew.
 */
const quiet = new WeakMap<AnyStateMachine, AnyMachineSnapshot>();

/** A machine's first snapshot, and what it asks for on entry. */
export function begin(machine: AnyStateMachine, input: unknown): Stepped {
  const known = quiet.get(machine);
  const { context: contextOf } = machine.config;
  if (known !== undefined && typeof contextOf === 'function') {
    const context: unknown = contextOf({ input } as Parameters<typeof contextOf>[0]);
    return { snapshot: { ...known, context }, context, effects: NO_EFFECTS, accepted: true };
  }
  const [snapshot, actions] = initialTransition(machine, input);
  if (actions.length === 0 && snapshot._nodes.every(({ always }) => !always?.length))
    quiet.set(machine, snapshot);
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
 * The fast driver. Where the chart alone says what an event does (see `planFor`) it calls the rule and
 * takes the next state from the plan; everything else it leaves to the reference. A property test
 * holds the two equal.
 */
export function compiled(reference: Driver = interpreted()): Driver {
  const plans = new Plans();
  return (machine, snapshot, context, event) => {
    const plan = plans.find(machine, snapshot, event.type);
    if (plan === 'interpret') return reference(machine, snapshot, context, event);
    const branch = chosen(plan, context, event);
    if (branch === undefined) return { snapshot, context, effects: NO_EFFECTS, accepted: false };
    if (!branch.moves) return answered(snapshot, branch.rule, context, event);
    if (branch.to !== null) return answered(branch.to, branch.rule, context, event);
    const stepped = reference(machine, snapshot, context, event);
    branch.to = stepped.snapshot;
    return stepped;
  };
}

function chosen(plan: readonly Branch[], context: unknown, event: EventObject): Branch | undefined {
  for (const branch of plan)
    if (branch.guard === null || branch.guard({ context, event })) return branch;
  return undefined;
}

function answered(
  snapshot: AnyMachineSnapshot,
  rule: Branch['rule'],
  context: unknown,
  event: EventObject,
): Stepped {
  if (rule === null) return { snapshot, context, effects: NO_EFFECTS, accepted: true };
  const [next, effects] = rule(context, event);
  return { snapshot, context: next, effects, accepted: true };
}

type Guard = (args: { readonly context: unknown; readonly event: EventObject }) => boolean;

/** One transition that needs no interpretation. */
interface Branch {
  readonly guard: Guard | null;
  readonly rule: Rule<unknown, unknown> | null;
  readonly moves: boolean;
  /** Where a transition with a target leads: filled in by the reference when first taken. */
  to: AnyMachineSnapshot | null;
}

/** The transitions to try in order, the first whose guard holds being taken. */
type Plan = readonly Branch[] | 'interpret';

type Row = Map<string, Plan>;

/** What was decided so far, by machine, state value and event type. */
class Plans {
  readonly #byName = new WeakMap<AnyStateMachine, Map<string, Row>>();
  /** The same rows by snapshot: an actor keeps its snapshot for as long as it keeps its state. */
  readonly #bySnapshot = new WeakMap<AnyMachineSnapshot, Row>();

  find(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, type: string): Plan {
    let row = this.#bySnapshot.get(snapshot);
    if (row === undefined) {
      row = this.#rowNamed(machine, JSON.stringify(snapshot.value));
      this.#bySnapshot.set(snapshot, row);
    }
    let plan = row.get(type);
    if (plan === undefined) {
      plan = planFor(machine, snapshot, type);
      row.set(type, plan);
    }
    return plan;
  }

  #rowNamed(machine: AnyStateMachine, name: string): Row {
    let rows = this.#byName.get(machine);
    if (rows === undefined) {
      rows = new Map();
      this.#byName.set(machine, rows);
    }
    let row = rows.get(name);
    if (row === undefined) {
      row = new Map();
      rows.set(name, row);
    }
    return row;
  }
}

/**
 * What to do with an event in a state, decided once from the chart alone. Interpretation is needed
 * where several transitions could be taken together (those of different states), where a transition
 * moves through a chart that does something on the way, and for any action or guard that is not ours.
 */
function planFor(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, type: string): Plan {
  const candidates = getNextTransitions(snapshot);
  if (candidates.some((t) => t.eventType === '' || t.eventType.includes('*'))) return 'interpret';
  const named = candidates.filter((t) => t.eventType === type);
  if (named.some((t) => t.source !== named[0]?.source)) return 'interpret';
  const plan: Branch[] = [];
  for (const transition of named) {
    const branch = branchFor(machine, transition);
    if (branch === null) return 'interpret';
    plan.push(branch);
  }
  return plan;
}

function branchFor(machine: AnyStateMachine, transition: AnyTransitionDefinition): Branch | null {
  const { actions, target } = transition;
  const guard = transition.guard === undefined ? null : guardOf(machine, transition.guard);
  const rule = actions.length === 0 ? null : ruleOf(actions[0]);
  const moves = target !== undefined;
  if (guard === undefined || rule === undefined || actions.length > 1) return null;
  if (moves ? !isQuiet(machine.root) : rule === null) return null;
  return { guard, rule, moves, to: null };
}

/** The predicate behind a guard, unless it takes parameters or is made of other guards. */
function guardOf(machine: AnyStateMachine, guard: unknown): Guard | undefined {
  const found = typeof guard === 'string' ? machine.implementations.guards[guard] : guard;
  return typeof found === 'function' && !('check' in found) ? (found as Guard) : undefined;
}

/** Whether nothing happens in a state, or in those below, but by the transitions that events name. */
function isQuiet(node: AnyStateNode): boolean {
  const { entry, exit, invoke, initial, always, type } = node;
  const acts = entry.length + exit.length + invoke.length + (initial?.actions.length ?? 0);
  if (acts > 0 || (always?.length ?? 0) > 0 || type === 'final' || type === 'history') return false;
  return Object.values(node.states).every(isQuiet);
}
