import type { ClusterView, GroupView } from '../protocol/view.ts';
import type { Stroke } from './display.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { wireOf } from './routes.ts';

/** The copies that have acknowledged the record at hand, while it is not sealed yet. */
function saidSo({ meter }: GroupView): ReadonlySet<string> {
  if (!meter || meter.acked >= meter.needed) return new Set();
  return new Set(meter.slots.filter(({ state }) => state === 'acked').map(({ slot }) => slot));
}

function drawGroup(
  pen: Pen,
  group: GroupView,
  writer: string,
  layout: ClusterLayout,
  down: ReadonlySet<string>,
  strength: number,
): void {
  const { ink } = pen;
  const home = saidSo(group);
  for (const { id, slot, host } of group.segments) {
    if (!layout.segments.has(id)) continue;
    const { samples } = wireOf(layout, writer, id, host);
    const said = home.has(slot);
    const wire: Stroke = { stroke: said ? ink.ackStroke : ink.wire, width: 1 };
    pen.for(`wire:${id}`, said ? 0.5 : strength, () => {
      pen.poly('wire', 'edge', samples, down.has(host) ? { ...wire, dash: [2, 5] } : wire);
    });
  }
}

/** Hairlines from the writer to the copies of the group in focus: where its records will fly. */
export function drawWires(pen: Pen, view: ClusterView, layout: ClusterLayout, look: Look): void {
  const writer = view.instances.find(({ role }) => role === 'writer');
  if (!writer) return;
  const dead = writer.state === 'down';
  const down = new Set(view.hosts.filter((h) => dead || h.state === 'down').map(({ id }) => id));
  const focus = look.focusGroup;
  const strength = focus === 'all' ? 0.5 : 1;
  for (const group of view.groups) {
    if (focus === 'all' || group.id === focus) {
      drawGroup(pen, group, writer.id, layout, down, strength);
    }
  }
}
