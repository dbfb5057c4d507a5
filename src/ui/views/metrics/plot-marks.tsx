import type { ScaleLinear } from 'd3';
import { memo } from 'react';
import { isDense, pathOf } from '../../../scene/metrics/paths.ts';
import type { Panel } from '../../../scene/metrics/plot.ts';

type Scale = ScaleLinear<number, number>;

interface MarksProps {
  readonly panel: Panel;
  readonly x: Scale;
  readonly y: Scale;
  readonly barPx: number;
}

/** What is drawn against one axis, in its own coordinates: whatever lies beyond them is cut off. */
export const Marks = memo(function Marks({ panel, x, y, barPx }: MarksProps) {
  return panel.marks.map((mark, i) => (
    <path
      // biome-ignore lint/suspicious/noArrayIndexKey: marks lie upon each other in this order, and are known by it.
      key={`${i} ${mark.kind} ${mark.ink}`}
      data-kind={mark.kind}
      data-ink={mark.ink}
      data-dense={isDense(mark, barPx) || undefined}
      d={pathOf(mark, x, y, barPx)}
    />
  ));
});
