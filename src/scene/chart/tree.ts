import type { ChartMove, ChartState, ChartView } from '../../protocol/view-chart.ts';
import { plainName } from './words.ts';

/** What is drawn of a chart: all of it, or, where there is little room, where it stands and where it can go. */
export type Detail = 'whole' | 'here';

/** Transitions of one state to one other, which are one arrow. */
export interface Port {
  readonly from: string;
  readonly to: string;
  readonly events: readonly string[];
  /** The events in words, in lines. */
  readonly lines: readonly string[];
  /** It leaves to the right when it leads further down, to the left when it leads up. */
  readonly side: 'left' | 'right';
}

/** A state with what is drawn inside it. */
export interface Nest {
  readonly path: string;
  readonly name: string;
  readonly sideways: boolean;
  readonly lit: boolean;
  readonly initial: boolean;
  readonly children: readonly Nest[];
  /** States inside that are not drawn. */
  readonly folded: number;
  readonly ports: readonly Port[];
  /** Events that leave the state as it is, in lines; told only where all is drawn. */
  readonly stays: readonly string[];
}

/** Characters of a line of events: those that leave a state, and those that do not. */
const PORT_LINE = 24;
/** Regions stand side by side: there is less room in them. */
const REGION_LINE = 10;
const STAY_LINE = 40;

/** The transition by which an actor came where it is. */
export interface Taken {
  readonly from: string;
  readonly to: string;
}

/** What of a chart is drawn, before anything has a place: in any case what was just taken. */
export function nestOf(
  { chart, active }: ChartView,
  detail: Detail,
  taken: Taken | null = null,
): Nest {
  const { root } = chart;
  const order = new Map(inOrder(root).map(({ path }, i) => [path, i]));
  const isForward = (from: string, to: string): boolean =>
    (order.get(to) ?? 0) > (order.get(from) ?? 0);

  const nest = (state: ChartState, isInitial: boolean): Nest => {
    const lit = active.includes(state.path);
    const whole = detail === 'whole';
    const open = whole || lit || state === root;
    return {
      path: state.path,
      name: plainName(state.name),
      sideways: state.kind === 'parallel',
      lit,
      initial: isInitial,
      children: open ? state.states.map((one) => nest(one, one.name === state.initial)) : [],
      folded: open ? 0 : inOrder(state).length - 1,
      ports: portsOf(state, whole, isForward).filter(
        ({ to }) => whole || lit || (taken?.from === state.path && taken.to === to),
      ),
      stays: whole ? linesOf(staying(state.moves), STAY_LINE) : [],
    };
  };
  return nest(root, false);
}

const staying = (moves: readonly ChartMove[]): readonly string[] =>
  moves.filter(({ to }) => to === null).map(({ event }) => event);

const inOrder = (state: ChartState): readonly ChartState[] => [
  state,
  ...state.states.flatMap(inOrder),
];

function portsOf(
  { path, moves }: ChartState,
  bothSides: boolean,
  isForward: (from: string, to: string) => boolean,
): readonly Port[] {
  const events = new Map<string, string[]>();
  for (const { event, to } of moves) {
    if (to === null) continue;
    const known = events.get(to) ?? [];
    if (!known.includes(event)) events.set(to, [...known, event]);
  }
  return [...events].map(([to, named]) => ({
    from: path,
    to,
    events: named,
    lines: linesOf(named, path.split('.').length > 2 ? REGION_LINE : PORT_LINE),
    side: bothSides && !isForward(path, to) ? 'left' : 'right',
  }));
}

/** Events in words, broken into lines. */
function linesOf(events: readonly string[], length: number): readonly string[] {
  const lines: string[] = [];
  for (const name of new Set(events.map(plainName))) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 3 <= length)
      lines[lines.length - 1] = `${last} · ${name}`;
    else lines.push(name);
  }
  return lines;
}
