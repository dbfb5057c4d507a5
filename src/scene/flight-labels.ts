import type { ClusterView, FlightView } from '../protocol/view.ts';
import { isLit } from './attention.ts';
import type { Rect } from './display.ts';
import { type Bundle, decidingAck } from './flights.ts';
import { rect } from './geometry.ts';
import { glyphs, tint } from './glyphs.ts';
import { type LabelWish, placeLabels } from './labels.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { pointOn } from './route.ts';
import type { Shades } from './shades.ts';
import { rangeText } from './words.ts';

/** Kinds in the order in which they lose their labels, last first; the others never have one. */
const RANK: Partial<Record<FlightView['kind'], number>> = {
  page: 46,
  'page-request': 44,
  redo: 42,
  refusal: 48,
  hydration: 38,
  'recovery-answer': 36,
  recovery: 34,
  order: 22,
  ack: 30,
  stream: 20,
  'gossip-fill': 16,
  gossip: 12,
};

/** What is lost, decides a quorum, or is pointed at comes to this much; a kind alone never does. */
const MATTERS = 60;

const ANCHORS_AT_MOST = 3;

const textOf = ({ kind, label, first, last, count }: FlightView): string =>
  kind === 'refusal'
    ? `refused${label ? `: ${label}` : ''}`
    : label || rangeText(first, last, count);

/** Messages sent together, with the same content, share one label. */
const bundleKey = ({ kind, from, to, first, last, sentUs, id }: FlightView): string =>
  kind === 'redo' || kind === 'stream'
    ? `${kind}|${from}|${first}|${last}|${sentUs}`
    : `${kind}|${kind === 'ack' ? id : to}|${id}`;

function pointedAt(flight: FlightView, pointed: Look['selection']): boolean {
  if (!pointed) return false;
  if (pointed.kind === 'record') {
    const lsn = Number(pointed.id);
    return (flight.first ?? Number.POSITIVE_INFINITY) <= lsn && lsn <= (flight.last ?? -1);
  }
  if (pointed.kind === 'transaction') return flight.txns.includes(Number(pointed.id));
  return [flight.from, flight.to, flight.fromHost, flight.toHost].includes(pointed.id);
}

function priorityOf(flight: FlightView, look: Look, deciding: boolean): number {
  const rank = RANK[flight.kind] ?? 0;
  const ladder = [
    pointedAt(flight, look.selection) ? 400 : 0,
    pointedAt(flight, look.hover) ? 200 : 0,
    deciding ? 100 : 0,
    flight.lost === null ? 0 : 60,
  ];
  // Newer before older, but never across ranks.
  return ladder.reduce((sum, step) => sum + step, rank) + (flight.sentUs % 1e9) / 1e10;
}

function wishOf(
  bundles: readonly Bundle[],
  look: Look,
  ink: Shades,
  deciding: ReadonlySet<number>,
): LabelWish | null {
  const [lead] = bundles;
  if (!lead) return null;
  const { flight } = lead;
  const decides = bundles.some((each) => deciding.has(each.flight.id));
  const lost = bundles.find(({ doom }) => doom > 0);
  const text = lost ? `${textOf(flight)} lost` : textOf(flight);
  const anchors = [...bundles]
    .sort((a, b) => b.route.length - a.route.length || a.flight.id - b.flight.id)
    .slice(0, ANCHORS_AT_MOST)
    .map(({ at }) => at);
  return {
    id: bundleKey(flight),
    text: lead.count > 1 ? `${text} ×${lead.count}` : text,
    fill: lost ? ink.failText : tint(ink, glyphs[flight.kind].colour).text,
    anchors: lost ? [lost.at] : anchors,
    clear: decides ? 13 : 10,
    priority: priorityOf(flight, look, decides),
  };
}

const fixed = new WeakMap<ClusterLayout, readonly Rect[]>();

/** What a label may never cover, whatever flies. */
function standing(layout: ClusterLayout): readonly Rect[] {
  const known = fixed.get(layout);
  if (known) return known;
  const fresh = [
    layout.clients,
    ...layout.zones.map(({ header, air }) =>
      layout.narrow ? rect(header.x, air.y + air.h - 22, header.w, 22) : header,
    ),
    ...[...layout.instances.values(), ...layout.stacks, ...layout.hosts.values()].map(
      (place) => place.rect,
    ),
  ];
  fixed.set(layout, fresh);
  return fresh;
}

/** Where a message just was: its tail should not run through a label. */
function behind({ route, at, share }: Bundle): Rect {
  const then = pointOn(route, share - Math.min(0.5, 44 / Math.max(1, route.length)));
  return rect((at.x + then.x) / 2 - 5, (at.y + then.y) / 2 - 4, 10, 8);
}

/** Names what flies: one label a bundle, none over another or over a node, the rest left out. */
export function drawLabels(
  pen: Pen,
  view: ClusterView,
  bundles: readonly Bundle[],
  layout: ClusterLayout,
  look: Look,
  also: readonly Rect[],
): void {
  const deciding = decidingAck(view);
  const groups = new Map<string, Bundle[]>();
  for (const bundle of bundles) {
    const { flight } = bundle;
    const named = RANK[flight.kind] !== undefined && isLit(flight, look);
    if (!named || (look.lod > 0 && !pointedAt(flight, look.selection))) continue;
    const key = bundleKey(flight);
    const same = groups.get(key);
    if (same) same.push(bundle);
    else groups.set(key, [bundle]);
  }
  const wishes = [...groups.values()].flatMap((each) => {
    const wish = wishOf(each, look, pen.ink, deciding);
    return wish?.text ? [wish] : [];
  });
  const { widthPx, heightPx } = layout.viewport;
  const glyphBoxes = bundles.map(({ at }) => rect(at.x - 7, at.y - 7, 14, 14));
  const obstacles = [...standing(layout), ...also, ...glyphBoxes, ...bundles.map(behind)];
  const area = rect(2, 2, widthPx - 4, heightPx - 4);
  const rules = { least: look.labels === 'few' ? MATTERS : 0 };
  const placed = placeLabels(wishes, area, obstacles, pen.measure, rules);
  for (const { wish, x, y, box } of placed) {
    pen.for(`label ${wish.id}`, 1, () => {
      pen.rect('ground', 'mark', box, 3, { fill: pen.ink.band }, 0.78);
      pen.text('text', wish.text, x, y, { face: 'figure', fill: wish.fill });
    });
  }
}
