import type { ClientView, ClusterView } from '../protocol/view.ts';
import type { Point } from './display.ts';
import { rect, right } from './geometry.ts';
import { SLIM_STRIP } from './layout-metrics.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Pen } from './pen.ts';

/** A client: square for a person's console, round for an application; hollow while it waits. */
function drawClient(pen: Pen, client: ClientView, { x, y }: Point): void {
  const { ink } = pen;
  const waiting = client.waitingSinceUs !== null;
  const look = waiting
    ? { fill: ink.stage, stroke: ink.redoStroke, width: 1.5 }
    : { fill: ink.lineStrong, stroke: ink.lineStrong, width: 1 };
  pen.for(client.id, 1, () => {
    pen.lines('stem', 'edge', [x, y + 5, x, y + 13], { stroke: ink.wire, width: 1 });
    if (client.kind === 'console') {
      pen.rect('client', 'mark', rect(x - 4, y - 4, 8, 8), 1.5, look);
    } else {
      pen.circle('client', 'mark', x, y, 4, look);
    }
    if (waiting) pen.circle('heart', 'mark', x, y, 1.5, { fill: ink.redo });
  });
}

/** The strip on top: who asks, and how many commits have come back. */
export function drawClients(pen: Pen, view: ClusterView, layout: ClusterLayout): void {
  const { ink } = pen;
  const { clients: strip, narrow } = layout;
  const spots = [...layout.clientSpots.values()].map(({ x }) => x);
  const y = strip.y + (strip.h >= 50 ? 17 : 14);
  // Above its clients, or after them where the strip is one line high.
  const above = strip.h > SLIM_STRIP;
  const x = above ? (spots[0] ?? strip.x + 16) - 4 : Math.max(strip.x, ...spots) + 12;
  pen.for('clients', 1, () => {
    pen.text('name', 'Clients', x, y, { face: 'caption', fill: ink.faint });
  });
  for (const client of view.clients) {
    const spot = layout.clientSpots.get(client.id);
    if (spot) drawClient(pen, client, spot);
  }
  pen.for('commits', 1, () => {
    const end = right(strip) - (narrow ? 6 : 12);
    const words = { face: 'caption', fill: ink.faint, align: 'right' } as const;
    const took = pen.text(
      'word',
      view.counters.commits === 1 ? 'commit' : 'commits',
      end,
      y,
      words,
    );
    pen.text('count', String(view.counters.commits), end - took - 6, y, {
      face: 'reading',
      fill: ink.text,
      align: 'right',
    });
  });
}
