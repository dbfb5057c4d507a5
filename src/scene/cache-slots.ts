import type { InstanceView } from '../protocol/view.ts';
import { faces } from './fonts.ts';
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
  pen.rect(`${name}-heart`, 'slot', rect(x + 3.5, y + 4, 3, 3), 0, { fill: ink.redo });
}

/** The buffer cache as slots, most recent first, with its count. The word goes before any slot does. */
export function drawCache(pen: Pen, instance: InstanceView, x: number, y: number, w: number): void {
  const { ink } = pen;
  const { cache, cacheCapacity } = instance;
  const count = `${cache.length}/${cacheCapacity}`;
  const row = cacheCapacity * PITCH - (PITCH - SLOT);
  const { font } = faces.caption;
  const words = [`cache ${count}`, count];
  const label = words.find((text) => pen.measure(text, font) + 8 + row <= w) ?? count;
  const wide = pen.text('cache', label, x, y + 10, {
    face: 'caption',
    fill: ink.faint,
    role: 'detail',
    room: w,
  });
  const slots = Math.min(cacheCapacity, Math.floor((w - wide - 8 + PITCH - SLOT) / PITCH));
  for (let k = 0; k < slots; k++) drawSlot(pen, k, x + wide + 8 + k * PITCH, y, cache[k]);
}
