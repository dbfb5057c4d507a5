import type { ClusterView, FlightView } from '../protocol/view.ts';
import { isFolded } from './attention.ts';
import { glyphs, tint } from './glyphs.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { pointOn } from './route.ts';
import { routeOf } from './routes.ts';

interface Edge {
  readonly flight: FlightView;
  messages: number;
  records: number;
}

/** Messages in flight by kind and edge. */
export function edgesOf(flights: readonly FlightView[]): readonly Edge[] {
  const edges = new Map<string, Edge>();
  for (const flight of flights) {
    const key = `${flight.kind}|${flight.from}|${flight.to}|${flight.toHost}`;
    const known = edges.get(key);
    if (known) {
      known.messages++;
      known.records += flight.count;
    } else edges.set(key, { flight, messages: 1, records: flight.count });
  }
  return [...edges.values()];
}

/** A ribbon per edge, as wide as what flows along it; its dashes run with the wall clock. */
function drawRibbon(pen: Pen, edge: Edge, layout: ClusterLayout, look: Look): void {
  const glyph = glyphs[edge.flight.kind];
  const { stroke } = tint(pen.ink, glyph.colour);
  const route = routeOf(layout, edge.flight);
  const width = Math.min(7, 1.25 + Math.log2(1 + edge.records));
  pen.items.push({
    kind: 'poly',
    id: `${edge.flight.id}.ribbon`,
    role: 'flight',
    of: String(edge.flight.id),
    points: route.samples,
    stroke,
    width,
    dash: glyph.line === 'dotted' ? [1, 8] : [10, 8],
    dashOffset: -look.dashPx,
    alpha: glyph.line === 'solid' ? 0.8 : 0.55,
  });
}

/** A lit edge with an arrow at its end and its count: the still picture of a message. */
function drawLamp(pen: Pen, edge: Edge, layout: ClusterLayout): void {
  const { flight, messages } = edge;
  const glyph = glyphs[flight.kind];
  const { stroke, text } = tint(pen.ink, glyph.colour);
  const route = routeOf(layout, flight);
  const end = pointOn(route, 0.97);
  const before = pointOn(route, 0.92);
  const angle = Math.atan2(end.y - before.y, end.x - before.x);
  const wing = (turn: number) => [
    end.x - 7 * Math.cos(angle + turn),
    end.y - 7 * Math.sin(angle + turn),
  ];
  pen.for(String(flight.id), 1, () => {
    pen.poly('lamp', 'flight', route.samples, {
      stroke,
      width: 1.75,
      ...(glyph.line === 'dotted' ? { dash: [1, 4] } : {}),
    });
    pen.poly('arrow', 'mark', [...wing(0.5), end.x, end.y, ...wing(-0.5)], { stroke, width: 1.75 });
    if (messages > 1) {
      const { x, y } = pointOn(route, 0.5);
      pen.text('count', `×${messages}`, x, y - 5, { face: 'figure', fill: text, align: 'center' });
    }
  });
}

/** Levels 2 and 3: what flows along each edge, without single messages. */
export function drawStreams(pen: Pen, view: ClusterView, layout: ClusterLayout, look: Look): void {
  const shown = view.flights.filter((flight) => !isFolded(flight, look));
  for (const edge of edgesOf(shown)) {
    if (look.lod === 2) drawRibbon(pen, edge, layout, look);
    else drawLamp(pen, edge, layout);
  }
}
