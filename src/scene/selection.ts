import type { Rect } from './display.ts';
import { inset, rect } from './geometry.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';

/** The rectangles of what is pointed at; a group has one for each of its copies. */
function areasOf(layout: ClusterLayout, pointed: NonNullable<Look['selection']>): readonly Rect[] {
  const { kind, id } = pointed;
  switch (kind) {
    case 'node':
    case 'host':
      return [layout.hosts.get(id)?.rect ?? []].flat();
    case 'instance':
      return [layout.instances.get(id)?.rect ?? []].flat();
    case 'segment':
      return chips(layout, (chip) => chip === id);
    case 'group':
      return chips(layout, (chip) => chip.startsWith(`${id}/`));
    case 'zone':
      return layout.zones.filter(({ az }) => az === id).map(({ band }) => band);
    case 'service':
      return layout.services.filter((place) => place.id === id).map((place) => place.rect);
    case 'client':
      return [layout.clients];
    default:
      return [];
  }
}

const chips = (layout: ClusterLayout, wanted: (id: string) => boolean): readonly Rect[] =>
  [...layout.segments.values()].filter(({ id }) => wanted(id)).map((chip) => chip.rect);

/** Selection: a firm frame with a corner mark, unlike the focus ring that the overlay draws. */
function drawSelected(pen: Pen, box: Rect, k: number): void {
  const { ink } = pen;
  const outer = inset(box, -1);
  pen.rect(`selected-${k}`, 'mark', outer, 7, { stroke: ink.selected, width: 2 });
  const corner = rect(outer.x + outer.w - 4, outer.y - 4, 8, 8);
  pen.rect(`selected-corner-${k}`, 'mark', corner, 2, { fill: ink.selected });
}

/** Frames what is selected and, finer, what is hovered. */
export function drawFrames(pen: Pen, layout: ClusterLayout, look: Look): void {
  const { selection, hover } = look;
  if (hover) {
    areasOf(layout, hover).forEach((box, k) => {
      const frame = { stroke: pen.ink.selected, width: 1 };
      pen.rect(`hover-${k}`, 'mark', inset(box, -0.5), 7, frame, 0.75);
    });
  }
  if (selection) {
    areasOf(layout, selection).forEach((box, k) => {
      drawSelected(pen, box, k);
    });
  }
}
