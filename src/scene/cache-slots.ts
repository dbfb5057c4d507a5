import type { InstanceView } from '../protocol/view.ts';
import { rect } from './geometry.ts';
import type { Pen } from './pen.ts';

const SLOT = 9;
const PITCH = 13;

/** A page may be evicted once its changes are durable; until then it is hollow with an amber heart. */
function drawSlot(
  pen: Pen,
  at: number,
  x: number,
  y: number,
  page: InstanceView['cache'][number] | undefined,
) {
  const { ink } = pen;
  const box = rect(x + 0.5, y + 0.5, SLOT, SLOT + 1);
  const name = `slot-${at}`;
  if (!page) {
    pen.rect(name, 'slot', box, 2, { stroke: ink.nodeLine, width: 1 });
    return;
  }
  if (page.durable) {
    pen.rect(name, 'slot', box, 2, { fill: ink.pageRest, stroke: ink.pageRest, width: 1 });
    return;
  }
  pen.rect(name, 'slot', box, 2, { stroke: ink.redoStroke, width: 1.25 });
  pen.rect(`${name}-heart`, 'mark', rect(x + 3.5, y + 4, 3, 3), 0, { fill: ink.redo });
}

/** The buffer cache as slots, most recent first, with its count; returns the width it took. */
export function drawCache(
  pen: Pen,
  instance: InstanceView,
  x: number,
  y: number,
  w: number,
): number {
  const { ink } = pen;
  const { cache, cacheCapacity } = instance;
  const count = `${cache.length}/${cacheCapacity}`;
  const label = 'cache ';
  const font = { face: 'caption', fill: ink.faint, role: 'detail' } as const;
  const wide = pen.text('cache', label + count, x, y + 10, { ...font, room: w });
  if (wide === 0) return 0;
  const start = x + wide + 8;
  const slots = Math.min(cacheCapacity, Math.floor((w - wide - 8 + PITCH - SLOT) / PITCH));
  for (let k = 0; k < slots; k++) drawSlot(pen, k, start + k * PITCH, y, cache[k]);
  return wide + 8 + Math.max(0, slots) * PITCH;
}
