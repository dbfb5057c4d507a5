import type { ClusterView, InstanceView } from '../protocol/view.ts';
import type { Point } from './display.ts';
import { faces } from './fonts.ts';
import { bottom } from './geometry.ts';
import { SLIM_STRIP } from './layout-metrics.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Pen } from './pen.ts';

/** Lines are drawn to a zone's uppermost console; they would cross it on the way to the others. */
function inletOf(layout: ClusterLayout, id: string): Point | null {
  const place = layout.instances.get(id);
  const zone = layout.zones.find(({ az }) => az === place?.az);
  return place && place.rect.y === zone?.consoles.y ? place.inlet : null;
}

/** What an endpoint's line says of its instance. */
type Line = 'writer' | 'moving' | 'stale' | 'reader';

function lineOf(view: ClusterView, { id, role }: InstanceView): Line {
  if (view.endpoint.writer === id) return view.endpoint.moving ? 'moving' : 'writer';
  const stale = view.clients.some(({ endpoint }) => endpoint === id);
  return stale && role === 'zombie' ? 'stale' : 'reader';
}

const NAMES: Readonly<Record<Line, readonly string[]>> = {
  writer: ['writer endpoint', 'writer'],
  moving: ['endpoint: no answer', 'no answer'],
  stale: ['old address'],
  reader: ['reader'],
};

/** A retry each time a client asks again: dots between the rail and the plug that hangs loose. */
function drawLoose(pen: Pen, { x, y }: Point, rail: number, waiting: number): void {
  const { ink } = pen;
  const end = rail + Math.round((y - rail) * 0.45);
  pen.lines('endpoint', 'edge', [x, rail, x, end], {
    stroke: ink.failText,
    width: 2,
    dash: [3, 3],
  });
  pen.circle('endpoint-plug', 'state', x, end, 3.5, { stroke: ink.failText, width: 1.5 });
  for (let k = 0; k < Math.min(6, waiting); k++)
    pen.circle(`retry-${k}`, 'state', x + 9 + 6 * k, rail - 1, 1.75, { fill: ink.redoStroke });
}

function drawLine(pen: Pen, line: Line, { state }: InstanceView, at: Point, rail: number): void {
  const { ink } = pen;
  const { x, y } = at;
  const bold = line === 'writer';
  const tone = { writer: ink.muted, stale: ink.failText, reader: ink.lineStrong, moving: '' }[line];
  const dash = state === 'down' || line === 'stale' ? { dash: [2, 4] } : {};
  pen.lines('endpoint', 'edge', [x, rail, x, y - 1], {
    stroke: tone,
    width: bold ? 2 : 1,
    ...dash,
  });
  pen.circle('endpoint-joint', 'mark', x, rail, bold ? 3 : 2, { fill: tone });
}

function drawName(pen: Pen, line: Line, { x }: Point, rail: number, from: number): void {
  const { font } = faces.caption;
  const fits = NAMES[line].find((name) => pen.measure(name, font) <= x - 4 - from);
  if (!fits) return;
  const wrong = line === 'moving' || line === 'stale';
  pen.text('endpoint-name', fits, x - 4, rail - 9, {
    face: 'caption',
    fill: wrong ? pen.ink.failText : pen.ink.faint,
    align: 'right',
    role: 'detail',
  });
}

/**
 * The clients' rail and the endpoints that hang from it: bold to the writer, fine to the readers. One
 * that moves hangs loose while clients try again; one that leads to a writer of old is broken.
 */
export function drawEndpoints(pen: Pen, view: ClusterView, layout: ClusterLayout): void {
  const rail = bottom(layout.clients) - 4;
  const ends = view.instances.flatMap((instance) => {
    const inlet = inletOf(layout, instance.id);
    return inlet ? [{ instance, inlet }] : [];
  });
  if (ends.length === 0) return;
  const [first] = layout.clientSpots.values();
  const lastClient = Math.max(0, ...[...layout.clientSpots.values()].map(({ x }) => x));
  const xs = [first?.x ?? layout.clients.x + 16, ...ends.map(({ inlet }) => inlet.x)];
  pen.lines('rail', 'edge', [Math.min(...xs), rail, Math.max(...xs), rail], {
    stroke: pen.ink.wire,
    width: 1,
  });
  // In a strip one line high the clients' own name takes the room.
  const named = !layout.narrow && layout.clients.h > SLIM_STRIP;
  const waiting = view.clients.filter(({ waitingSinceUs }) => waitingSinceUs !== null).length;
  for (const { instance, inlet } of ends) {
    const line = lineOf(view, instance);
    pen.for(instance.id, 1, () => {
      if (line === 'moving') drawLoose(pen, inlet, rail, waiting);
      else drawLine(pen, line, instance, inlet, rail);
      if (named) drawName(pen, line, inlet, rail, lastClient + 18);
    });
  }
}
