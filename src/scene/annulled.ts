import type { RangeView } from '../protocol/view-change.ts';
import type { Rect } from './display.ts';
import type { Pen } from './pen.ts';
import type { Lsn } from './view-types.ts';

/** Whether a record was cancelled by a recovery. */
export const annuls = ({ above, upTo }: RangeView, lsn: Lsn): boolean => above < lsn && lsn <= upTo;

/** `(104, 124]`: the first bound is kept, the second one is not. */
export const rangeName = ({ above, upTo }: RangeView): string => `(${above}, ${upTo}]`;

/**
 * Numbers that never come back: a hatched block between two posts. One who has not heard of it yet has
 * the block's outline only, around what it still holds.
 */
export function drawAnnulled(pen: Pen, name: string, box: Rect, known: boolean): void {
  const { ink } = pen;
  if (known) pen.hatch(`${name}-hatch`, box, 0, ink.failStroke, 0.75, 4);
  pen.rect(`${name}-frame`, 'state', box, 0, {
    stroke: ink.failStroke,
    width: 1,
    ...(known ? {} : { dash: [2, 2] }),
  });
}
