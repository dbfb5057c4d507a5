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

function drawEndpoint(
  pen: Pen,
  instance: InstanceView,
  inlet: Point,
  rail: number,
  from: number | null,
): void {
  const { ink } = pen;
  const writer = instance.role === 'writer';
  const tone = writer ? ink.muted : ink.lineStrong;
  const dash = instance.state === 'down' ? { dash: [2, 4] } : {};
  const stroke = { stroke: tone, width: writer ? 2 : 1, ...dash };
  pen.lines('endpoint', 'edge', [inlet.x, rail, inlet.x, inlet.y - 1], stroke);
  pen.circle('endpoint-joint', 'mark', inlet.x, rail, writer ? 3 : 2, { fill: tone });
  if (from === null) return;
  const { font } = faces.caption;
  const names = writer ? ['writer endpoint', 'writer'] : ['reader'];
  const fits = names.find((name) => pen.measure(name, font) <= inlet.x - 4 - from);
  if (!fits) return;
  pen.text('endpoint-name', fits, inlet.x - 4, rail - 9, {
    face: 'caption',
    fill: ink.faint,
    align: 'right',
    role: 'detail',
  });
}

/** The clients' rail and the endpoints that hang from it: bold to the writer, fine to the readers. */
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
  for (const { instance, inlet } of ends) {
    pen.for(instance.id, 1, () => {
      drawEndpoint(pen, instance, inlet, rail, named ? lastClient + 18 : null);
    });
  }
}
