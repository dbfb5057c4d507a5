import type { AnyStateMachine, AnyStateNode, StateValue } from 'xstate';

/** One arrow of a chart, or, without a target, something a state answers without leaving it. */
export interface ChartMove {
  readonly event: string;
  /** The path of the state it leads to; null when the state stays. */
  readonly to: string | null;
  /** Whether it is taken only when a condition holds: several may then be named alike. */
  readonly guarded: boolean;
}

/** A state and those inside it. */
export interface ChartState {
  /** Names from the outermost state inwards, joined by dots; empty for the chart itself. */
  readonly path: string;
  readonly name: string;
  readonly kind: 'simple' | 'nested' | 'parallel' | 'final';
  /** Where it begins, by name; null for one that holds no others, or all of them at once. */
  readonly initial: string | null;
  readonly states: readonly ChartState[];
  readonly moves: readonly ChartMove[];
}

/** A machine as plain data, for whoever draws it. */
export interface Chart {
  readonly id: string;
  readonly root: ChartState;
}

const charts = new WeakMap<AnyStateMachine, Chart>();

/** A machine's states and transitions, as XState itself has resolved them. The same machine, the same chart. */
export function chartOf(machine: AnyStateMachine): Chart {
  let chart = charts.get(machine);
  if (chart === undefined) {
    chart = { id: machine.id, root: stateOf(machine.root) };
    charts.set(machine, chart);
  }
  return chart;
}

const pathOf = ({ path }: AnyStateNode): string => path.join('.');

const stateOf = (node: AnyStateNode): ChartState => ({
  path: pathOf(node),
  name: node.path.at(-1) ?? node.key,
  kind: kindOf(node),
  initial: node.initial?.target[0]?.key ?? null,
  states: Object.values(node.states).map(stateOf),
  moves: [...node.transitions.values()].flat().map(({ eventType, target, guard }) => ({
    event: eventType,
    to: target?.[0] ? pathOf(target[0]) : null,
    guarded: guard !== undefined,
  })),
});

function kindOf({ type }: AnyStateNode): ChartState['kind'] {
  switch (type) {
    case 'parallel':
    case 'final':
      return type;
    case 'compound':
      return 'nested';
    default:
      return 'simple';
  }
}

/** The states that a value means, outermost first: `up`, `up.speed`, `up.speed.slow`, … */
export function activeStates(value: StateValue, outer = ''): readonly string[] {
  const within = (name: string): string => (outer === '' ? name : `${outer}.${name}`);
  if (typeof value === 'string') return [within(value)];
  return Object.entries(value).flatMap(([name, inner]) => [
    within(name),
    ...(inner === undefined ? [] : activeStates(inner, within(name))),
  ]);
}

/** A chart's states, each before those inside it; the chart itself is none of them. */
export const statesOf = ({ root }: Chart): readonly ChartState[] => root.states.flatMap(withInner);

const withInner = (state: ChartState): readonly ChartState[] => [
  state,
  ...state.states.flatMap(withInner),
];
