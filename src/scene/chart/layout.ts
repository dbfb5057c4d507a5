import type { ChartView } from '../../protocol/view-chart.ts';
import { type Detail, type Nest, nestOf, type Port, type Taken } from './tree.ts';

export type { Detail, Taken } from './tree.ts';

/** A rectangle with what is written in its head. */
export interface StateBox extends Pick<Nest, 'path' | 'name' | 'lit' | 'initial' | 'folded'> {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
  readonly depth: number;
  readonly stays: readonly { readonly text: string; readonly x: number; readonly y: number }[];
}

/** The words from which an arrow starts: where they begin, and the middle of their first line. */
interface PortLabel extends Port {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly lit: boolean;
}

/** From one state's edge through the gutter beside it to another's. */
export interface ChartArrow extends Port {
  readonly points: readonly (readonly [x: number, y: number])[];
  readonly lit: boolean;
}

/** A chart with everything in its place; the same chart in the same states, the same places. */
export interface ChartLayout {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly boxes: readonly StateBox[];
  readonly labels: readonly PortLabel[];
  readonly arrows: readonly ChartArrow[];
}

/** The line of a state's name, in CSS pixels. */
export const HEAD = 28;
/** A line of words under the head, and the room above and below those of one arrow. */
export const LINE = 16;
const PORT_ROOM = 4;
const PAD = 6;
const GAP = 6;
const LANE = 8;
/** Between a box and the first lane beside it, so that an arrow's head has room. */
const REACH = 10;
/** A character of the names, and of the events in their narrower type. */
const NAME_CHAR = 7.2;
const EVENT_CHAR = 7.25;

type Side = Port['side'];

/** One lane of a gutter: arrows to one state share it. */
interface Lane {
  readonly side: Side;
  readonly to: string;
  readonly index: number;
}

interface Measured {
  readonly nest: Nest;
  readonly w: number;
  readonly h: number;
  readonly children: readonly Measured[];
  /** Arrows between its children run here. */
  readonly lanes: readonly Lane[];
}

/** Lays a chart out: states below each other, parallel regions side by side, arrows in gutters beside them. */
export function layoutChart(
  view: ChartView,
  detail: Detail,
  leastWidthPx = 0,
  taken: Taken | null = null,
): ChartLayout {
  const root = nestOf(view, detail, taken);
  const drawn = new Set(pathsOf(root));
  const ports = portsIn(root).map((port) => ({ ...port, to: nearest(port.to, drawn) }));
  const measured = measure(root, ports);
  const widthPx = Math.max(leastWidthPx, measured.w);
  const placing = new Placing();
  placing.place({ ...measured, w: widthPx }, 0, 0, 0);
  const { boxes, labels, gutters } = placing;
  const arrows = labels.flatMap((label) => arrowOf(label, drawn, boxes, gutters));
  return { widthPx, heightPx: measured.h, boxes, labels, arrows };
}

const pathsOf = ({ path, children }: Nest): readonly string[] => [
  path,
  ...children.flatMap(pathsOf),
];

const portsIn = ({ ports, children }: Nest): readonly Port[] => [
  ...ports,
  ...children.flatMap(portsIn),
];

/** A state that is drawn: the one meant, or the one that hides it. */
function nearest(path: string, drawn: ReadonlySet<string>): string {
  let shown = path;
  while (!drawn.has(shown)) shown = shown.slice(0, Math.max(0, shown.lastIndexOf('.')));
  return shown;
}

const isWithin = (path: string, outer: string): boolean =>
  outer === '' || path === outer || path.startsWith(`${outer}.`);

/** The innermost state that holds both ends of an arrow: its arrow runs there. */
function commonOf(from: string, to: string): string {
  let common = from;
  while (common === from || !isWithin(to, common)) {
    if (common === '') return '';
    common = common.slice(0, Math.max(0, common.lastIndexOf('.')));
  }
  return common;
}

function measure(nest: Nest, ports: readonly Port[]): Measured {
  const children = nest.children.map((child) => measure(child, ports));
  const own = ports.filter(({ from, to }) => commonOf(from, to) === nest.path && from !== to);
  const lanes = nest.sideways ? [] : lanesOf(nest, own);
  const inner = nest.sideways
    ? sum(children.map(({ w }) => w)) + GAP * Math.max(0, children.length - 1)
    : Math.max(0, ...children.map(({ w }) => w));
  const innerH = nest.sideways
    ? Math.max(0, ...children.map(({ h }) => h))
    : sum(children.map(({ h }) => h)) + GAP * Math.max(0, children.length - 1);
  const gutters = gutterOf(lanes, 'left') + gutterOf(lanes, 'right');
  const pads = nest.path === '' ? 0 : 2 * PAD;
  const w = Math.max(ownWidth(nest), inner + gutters + pads);
  const below = children.length > 0 && nest.path !== '' ? PAD : 0;
  return { nest, w, h: headOf(nest) + innerH + below, children, lanes };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Of a state itself, without those inside it. */
function headOf({ path, ports, stays }: Nest): number {
  if (path === '') return 1;
  const lines = sum(ports.map(portHeight)) + stays.length * LINE;
  return HEAD + lines + (lines > 0 ? GAP : 0);
}

const portHeight = ({ lines }: Port): number => lines.length * LINE + PORT_ROOM;

const longest = (lines: readonly string[]): number =>
  Math.max(0, ...lines.map(({ length }) => length));

function ownWidth({ path, name, folded, ports, stays }: Nest): number {
  if (path === '') return 0;
  const title = (name.length + (folded > 0 ? 12 : 0)) * NAME_CHAR + 30;
  const words = longest([...ports.flatMap(({ lines }) => lines), ...stays]);
  return Math.max(title, words * EVENT_CHAR + 2 * PAD + 8);
}

const gutterOf = (lanes: readonly Lane[], side: Side): number => {
  const own = lanes.filter((lane) => lane.side === side).map(({ index }) => index);
  return own.length === 0 ? 0 : REACH + (Math.max(...own) + 1) * LANE;
};

/** Which child of a state something lies in, by number. */
const childIndex = ({ children }: Nest, path: string): number =>
  children.findIndex((child) => isWithin(path, child.path));

/** Lanes for the arrows between a state's children: short ones nearest, so that they cross the fewest. */
function lanesOf(nest: Nest, ports: readonly Port[]): readonly Lane[] {
  const spans = new Map<string, { side: Side; to: string; first: number; last: number }>();
  for (const { from, to, side } of ports) {
    const ends = [childIndex(nest, from), childIndex(nest, to)];
    const known = spans.get(`${side} ${to}`);
    const all = known ? [...ends, known.first, known.last] : ends;
    spans.set(`${side} ${to}`, { side, to, first: Math.min(...all), last: Math.max(...all) });
  }
  const inOrder = [...spans.values()].toSorted(
    (a, b) => a.last - a.first - (b.last - b.first) || a.first - b.first,
  );
  const taken: (readonly { first: number; last: number; side: Side }[])[] = [];
  return inOrder.map(({ side, to, first, last }) => {
    let index = 0;
    const isFree = (at: number): boolean =>
      (taken[at] ?? []).every((o) => o.side !== side || o.last < first || o.first > last);
    while (!isFree(index)) index++;
    taken[index] = [...(taken[index] ?? []), { first, last, side }];
    return { side, to, index };
  });
}

/** Where the lanes of a state begin, beside its children. */
interface Gutter {
  readonly lanes: readonly Lane[];
  readonly left: number;
  readonly right: number;
}

class Placing {
  readonly boxes: StateBox[] = [];
  readonly labels: PortLabel[] = [];
  readonly gutters = new Map<string, Gutter>();

  place({ nest, w, h, children, lanes }: Measured, x: number, y: number, depth: number): void {
    const pad = nest.path === '' ? 0 : PAD;
    if (nest.path !== '') this.#box(nest, { x, y, w, h, depth });
    const left = x + pad + gutterOf(lanes, 'left');
    const right = x + w - pad - gutterOf(lanes, 'right');
    this.gutters.set(nest.path, { lanes, left, right });
    const top = y + headOf(nest);
    if (nest.sideways) this.#aside(children, { left, right, top, depth });
    else this.#below(children, { left, right, top, depth });
  }

  #below(children: readonly Measured[], at: Room): void {
    let y = at.top;
    for (const child of children) {
      this.place({ ...child, w: at.right - at.left }, at.left, y, at.depth + 1);
      y += child.h + GAP;
    }
  }

  /** Regions share what is left over, and are as high as the highest. */
  #aside(children: readonly Measured[], at: Room): void {
    const wanted = sum(children.map(({ w }) => w)) + GAP * (children.length - 1);
    const more = Math.max(0, at.right - at.left - wanted) / Math.max(1, children.length);
    const h = Math.max(0, ...children.map((child) => child.h));
    let x = at.left;
    for (const child of children) {
      this.place({ ...child, w: child.w + more, h }, x, at.top, at.depth + 1);
      x += child.w + more + GAP;
    }
  }

  #box(nest: Nest, at: Pick<StateBox, 'x' | 'y' | 'w' | 'h' | 'depth'>): void {
    const { path, name, lit, initial, folded, ports, stays } = nest;
    const under = at.y + HEAD + sum(ports.map(portHeight));
    this.boxes.push({
      ...{ path, name, lit, initial, folded },
      ...at,
      stays: stays.map((text, i) => ({ text, x: at.x + PAD + 2, y: under + LINE * (i + 0.5) })),
    });
    let top = at.y + HEAD;
    for (const port of ports) {
      const w = longest(port.lines) * EVENT_CHAR;
      this.labels.push({
        ...port,
        x: port.side === 'right' ? at.x + at.w - PAD - w : at.x + PAD,
        y: top + LINE / 2,
        w,
        lit,
      });
      top += portHeight(port);
    }
  }
}

interface Room {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly depth: number;
}

function arrowOf(
  label: PortLabel,
  drawn: ReadonlySet<string>,
  boxes: readonly StateBox[],
  gutters: ReadonlyMap<string, Gutter>,
): readonly ChartArrow[] {
  const to = nearest(label.to, drawn);
  const source = boxes.find(({ path }) => path === label.from);
  const target = boxes.find(({ path }) => path === to);
  const gutter = gutters.get(commonOf(label.from, to));
  const lane = gutter?.lanes.find((one) => one.side === label.side && one.to === to);
  if (!source || !target || !gutter || !lane) return [];
  const right = label.side === 'right';
  const away = REACH + LANE * lane.index;
  const x = right ? gutter.right + away : gutter.left - away;
  const endY = target.y + HEAD / 2;
  const begin = [right ? source.x + source.w : source.x, label.y] as const;
  const end = [right ? target.x + target.w : target.x, endY] as const;
  const { from, events, lines, side, lit } = label;
  return [
    { ...{ from, to, events, lines, side, lit }, points: [begin, [x, label.y], [x, endY], end] },
  ];
}

const CORNER = 6;

/** An arrow as a path with rounded corners. */
export function arrowPath({ points }: Pick<ChartArrow, 'points'>): string {
  const [a, b, c, d] = points;
  if (!a || !b || !c || !d) return '';
  const down = Math.sign(c[1] - b[1]);
  const out = Math.sign(b[0] - a[0]);
  const r = Math.min(
    CORNER,
    Math.abs(c[1] - b[1]) / 2,
    Math.abs(b[0] - a[0]),
    Math.abs(d[0] - c[0]),
  );
  return [
    `M${a[0]},${a[1]}H${b[0] - out * r}`,
    `Q${b[0]},${b[1]} ${b[0]},${b[1] + down * r}`,
    `V${c[1] - down * r}Q${c[0]},${c[1]} ${c[0] - out * r},${c[1]}`,
    `H${d[0]}`,
  ].join('');
}
