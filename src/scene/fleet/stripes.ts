import type { DatabasePages, GroupPages } from '../../history/page-owners.ts';
import { mixed } from '../colour.ts';
import type { Pen } from '../pen.ts';
import type { Shades } from '../shades.ts';

type Pages = DatabasePages['tables'][number]['pages'];

/** From here on a hexagon has room for a stripe a page between its number and its count. */
const LARGE_R = 104;
/** From here on there is room above the count, if there are not too many pages. */
const SMALL_R = 64;
/** Narrower stripes would run together. */
const LEAST_STEP_PX = 2;
const HEIGHT = 7;
/** Width of all stripes, in radii: what is between the sectors at their height. */
const SPANS = { large: 0.68, small: 0.6 } as const;

/** How the stripes of so many pages find room in a hexagon; null where they find none. */
export function stripesIn(r: number, pages: number): keyof typeof SPANS | null {
  if (r >= LARGE_R) return 'large';
  return r >= SMALL_R && (SPANS.small * r) / pages >= LEAST_STEP_PX ? 'small' : null;
}

/** Part of a stripe's height: from the top, in shares of it. */
type Piece = readonly [from: number, to: number];

/** Each database by the shape of its stripes, in the order in which databases came; the fifth is as the first. */
const SHAPES: readonly (readonly Piece[])[] = [
  [[0, 1]],
  [[0.5, 1]],
  [[0, 0.5]],
  [
    [0, 0.25],
    [0.75, 1],
  ],
];
/** So many databases are told apart by shape; after that the shapes come again. */
export const SHAPE_COUNT = SHAPES.length;
const SYSTEM: readonly Piece[] = [[0.38, 0.62]];

/** Where stripes stand. */
interface Row {
  readonly x: number;
  readonly y: number;
  /** From one stripe to the next. */
  readonly step: number;
}

/** A stripe for each page of a group, in their order: whose it is by its shape, a gap where it is free. */
export function drawStripes(
  pen: Pen,
  pages: GroupPages,
  { x, y, r }: { readonly x: number; readonly y: number; readonly r: number },
  room: keyof typeof SPANS,
): void {
  const step = (SPANS[room] * r) / pages.size;
  const row: Row = { x: x - (step * pages.size) / 2, y, step };
  const place = (all: Pages): Pages => all.map((page) => page - pages.first);
  for (const each of pages.databases) {
    const of = each.tables.flatMap(({ pages: own }) => place(own));
    drawKind(pen, `pages of ${each.database}`, of, row, shapeOf(each.number, pen.ink));
  }
  const system = place([...pages.map, ...pages.undo, ...pages.catalogue]);
  drawKind(pen, 'pages of the system', system, row, { pieces: SYSTEM, fill: pen.ink.faint });
}

interface Shape {
  readonly pieces: readonly Piece[];
  readonly fill: string;
}

/** Shape first, tone second. */
const shapeOf = (number: number, ink: Shades): Shape => ({
  pieces: SHAPES[number % SHAPES.length] ?? [],
  fill: [ink.pageText, ink.text, mixed(ink.pageText, ink.text, 0.5), ink.muted][number % 4] ?? '',
});

function drawKind(
  pen: Pen,
  name: string,
  places: Pages,
  { x, y, step }: Row,
  { pieces, fill }: Shape,
): void {
  const w = (step * 0.72).toFixed(2);
  const d = places.flatMap((at) =>
    pieces.map(([from, to]) => {
      const h = ((to - from) * HEIGHT).toFixed(2);
      return `M${(at * step).toFixed(2)} ${(from * HEIGHT).toFixed(2)}h${w}v${h}h-${w}Z`;
    }),
  );
  if (d.length > 0) pen.path(name, 'state', d.join(''), [x, y, 1], { fill });
}

/** A few stripes of one database, by its number. */
export function drawSample(pen: Pen, number: number | 'system', x: number, y: number): void {
  const shape =
    number === 'system' ? { pieces: SYSTEM, fill: pen.ink.faint } : shapeOf(number, pen.ink);
  drawKind(pen, 'stripes', [0, 1, 2], { x: x - 9, y: y - HEIGHT / 2, step: 6.5 }, shape);
}
