import type { ClusterView, GroupView } from '../protocol/view.ts';
import { drawGlyph, glyphs, tint } from './glyphs.ts';
import type { ClusterLayout } from './layout-types.ts';
import type { Look } from './look.ts';
import type { Pen } from './pen.ts';
import { pointOn } from './route.ts';
import { routeOf } from './routes.ts';

/** Percent that one pair of sheets stands for on its way: a copy comes in sixteen parts. */
const PART = 100 / 16;

interface Filling {
  readonly group: GroupView;
  readonly replacement: NonNullable<GroupView['places'][number]['replacement']>;
  readonly fromHost: string;
}

/** New copies that are being filled from somewhere on the stage. */
const fillings = (view: ClusterView, layout: ClusterLayout): readonly Filling[] =>
  view.groups.flatMap((group) =>
    group.places.flatMap(({ replacement }) => {
      const from = group.segments.find(({ id }) => id === replacement?.source);
      if (!replacement || replacement.hydrated || !from) return [];
      const onStage = layout.hosts.has(from.host) && layout.hosts.has(replacement.host);
      return onStage ? [{ group, replacement, fromHost: from.host }] : [];
    }),
  );

/**
 * What fills a new copy comes all the time while it is filled: a dotted line from its source, with
 * sheets whose place follows from how much is here.
 */
export function drawHydration(
  pen: Pen,
  view: ClusterView,
  layout: ClusterLayout,
  look: Look,
): void {
  const { stroke } = tint(pen.ink, glyphs.hydration.colour);
  for (const { group, replacement, fromHost } of fillings(view, layout)) {
    const strength = look.focusGroup === 'all' || look.focusGroup === group.id ? 1 : 0.5;
    const { source, segment, host, percent } = replacement;
    const route = routeOf(layout, { from: source ?? '', to: segment, fromHost, toHost: host });
    const { x, y } = pointOn(route, (percent % PART) / PART);
    pen.for(`fill:${segment}`, strength, () => {
      pen.poly('way', 'edge', route.samples, { stroke, width: 1.5, dash: [1, 5] });
      drawGlyph(pen, 'hydration', x, y);
    });
  }
}
