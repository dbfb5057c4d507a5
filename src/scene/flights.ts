import type { ClusterView, FlightView } from '../protocol/view.ts';
import { dimStrength, isAside, isFolded, isLit } from './attention.ts';
import { type Airborne, airborne, progress, trail } from './flight-path.ts';
import { drawGlyph, drawLoss, glyphs, tint } from './glyphs.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import type { Micros } from './view-types.ts';

/** One or more messages of a kind so close on one way that they are drawn as one. */
export interface Bundle extends Airborne {
  readonly count: number;
}

/** Messages of a kind on one edge closer than this share of the way make one bundle. */
const CLOSE = 0.08;

/** At level 0 every message is its own bundle; above, those that would cover each other are one. */
export function bundlesOf(
  flights: readonly FlightView[],
  layout: ClusterLayout,
  shownUs: Micros,
  look: Look,
): readonly Bundle[] {
  if (look.lod === 0) {
    return flights.map((flight) => ({ ...airborne(flight, layout, shownUs), count: 1 }));
  }
  const found = new Map<string, { readonly flight: FlightView; count: number }>();
  for (const flight of flights) {
    const place = Math.floor(progress(flight, shownUs) / CLOSE);
    const key = `${flight.kind}|${flight.from}|${flight.to}|${flight.toHost}|${place}`;
    const own = look.followedTxn !== null && flight.txns.includes(look.followedTxn);
    const same = own ? undefined : found.get(key);
    if (same) same.count++;
    else found.set(own ? `${key}|${flight.id}` : key, { flight, count: 1 });
  }
  return [...found.values()].map(({ flight, count }) => ({
    ...airborne(flight, layout, shownUs),
    count,
  }));
}

/** The acknowledgement that will complete the write quorum of its group's record at hand. */
export function decidingAck(view: ClusterView): ReadonlySet<number> {
  const found = new Set<number>();
  for (const { id, meter } of view.groups) {
    if (!meter || meter.acked >= meter.needed) continue;
    const acks = view.flights
      .filter((f) => f.kind === 'ack' && f.group === id && f.lost === null)
      .filter((f) => (f.last ?? 0) >= meter.lsn)
      .sort((a, b) => a.dueUs - b.dueUs || a.id - b.id);
    const decider = acks[meter.needed - meter.acked - 1];
    if (decider) found.add(decider.id);
  }
  return found;
}

/** Redo and acknowledgements of the group in focus fly along wires that are drawn already. */
function hasWire({ kind, group, lost }: FlightView, focus: Look['focusGroup']): boolean {
  if (lost !== null || !['redo', 'ack'].includes(kind)) return false;
  return focus === 'all' || group === focus;
}

function drawWay(
  pen: Pen,
  { flight, route }: Bundle,
  deciding: boolean,
  focus: Look['focusGroup'],
): void {
  const { line, colour } = glyphs[flight.kind];
  const { stroke } = tint(pen.ink, colour);
  if (line === 'dotted') {
    pen.poly('way', 'edge', route.samples, { stroke, width: 1.25, dash: [0.5, 4.5] });
  } else if (deciding) {
    pen.poly('way', 'edge', route.samples, { stroke, width: 1.25 });
  } else if (!hasWire(flight, focus) && colour !== 'plain' && flight.kind !== 'reply') {
    pen.poly('way', 'edge', route.samples, { stroke: pen.ink.wire, width: 1 });
  }
}

const TAIL_WIDTH: Readonly<Record<'solid' | 'thin' | 'dotted', number>> = {
  solid: 7,
  thin: 4.5,
  dotted: 0,
};

function drawTail(pen: Pen, bundle: Bundle, shownUs: Micros, wide: number): void {
  const { line, colour } = glyphs[bundle.flight.kind];
  const width = TAIL_WIDTH[line] * wide;
  if (width === 0) return;
  pen.items.push({
    kind: 'tail',
    id: `${bundle.flight.id}.tail`,
    role: 'tail',
    points: trail(bundle, shownUs),
    stroke: tint(pen.ink, colour).fill,
    width,
    alpha: pen.alpha * (1 - bundle.doom) * 1,
  });
}

function drawOne(pen: Pen, bundle: Bundle, shownUs: Micros, deciding: boolean): void {
  const { flight, at, doom } = bundle;
  const left = 1 - doom;
  drawTail(pen, bundle, shownUs, deciding ? 1.5 : 1);
  if (flight.kind === 'redo' || deciding) {
    const { fill } = tint(pen.ink, glyphs[flight.kind].colour);
    const strength = pen.ink.dark ? 0.75 : 0.4;
    pen.glow('glow', at.x, at.y, deciding ? 26 : 17, fill, left * strength);
  }
  pen.for(String(flight.id), left, () => {
    const back = flight.undoes > 0 && flight.undoes === flight.count;
    drawGlyph(pen, flight.kind, at.x, at.y, { scale: deciding ? 1.5 : 1, back });
  });
  if (doom > 0) drawLoss(pen, at.x, at.y, doom);
}

/** Behind the racks' messages fly those of the background; acknowledgements are never covered. */
const ORDER: readonly FlightView['kind'][] = [
  'heartbeat',
  'backup',
  'gossip',
  'gossip-fill',
  'hydration',
  'order',
  'feedback',
  'stream',
  'query',
  'recovery',
  'recovery-answer',
  'redo',
  'page-request',
  'page',
  'refusal',
  'ack',
  'reply',
];

/** Draws the messages in flight and returns what it drew, for labels. */
export function drawFlights(
  pen: Pen,
  view: ClusterView,
  shownUs: Micros,
  layout: ClusterLayout,
  look: Look,
): readonly Bundle[] {
  const shown = view.flights.filter((flight) => !isFolded(flight, look));
  const bundles = [...bundlesOf(shown, layout, shownUs, look)].sort(
    (a, b) => ORDER.indexOf(a.flight.kind) - ORDER.indexOf(b.flight.kind),
  );
  const deciding = decidingAck(view);
  const dim = dimStrength(look) * 0.6;
  for (const bundle of bundles) {
    const { flight } = bundle;
    const strength = isLit(flight, look) ? 1 : dim;
    const own = String(flight.id);
    pen.for(own, strength * 0.5, () => {
      drawWay(pen, bundle, deciding.has(flight.id), look.focusGroup);
    });
  }
  for (const bundle of bundles) {
    const strength = isLit(bundle.flight, look) ? (isAside(bundle.flight) ? 0.6 : 1) : dim;
    pen.for(String(bundle.flight.id), strength, () => {
      drawOne(pen, bundle, shownUs, deciding.has(bundle.flight.id));
    });
  }
  return bundles;
}
