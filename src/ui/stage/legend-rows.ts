import { FLEET_LEGEND } from '../../scene/fleet/legend.ts';
import type { LegendEntry } from '../../scene/legend.ts';
import { LOG_LEGEND } from '../../scene/log/legend.ts';
import { SPACETIME_LEGEND } from '../../scene/spacetime/legend.ts';
import type { ViewTab } from '../../store/views.ts';

/** What the marks on the stage mean: on the page, in files and on paper. */
export const MARKS: readonly (readonly [glyph: string, name: string, says: string])[] = [
  ['redo', 'Redo record', 'solid line, from the writer down to six segments'],
  ['undo', 'Undo record', 'redo that points back: it takes a change of a transaction back'],
  ['ack', 'Acknowledgement', 'ring, back up to the writer'],
  ['stream', 'Log stream', 'hollow square on a dotted line, to each replica'],
  ['page-request', 'Page read', 'triangle, to one segment'],
  ['page', 'Page', 'sheet with a folded corner, back to its reader'],
  ['gossip', 'Gossip', 'diamond on a dotted line, between segments'],
  ['fail', 'Lost message', 'a cross where it was lost'],
  ['durable', 'Durable', 'closed hexagon: the write quorum is reached'],
  ['refused', 'Refused', 'barred ring, with its reason: an old epoch, or a copy that cannot say'],
  ['recovery', 'Recovery asks', 'hollow hexagon down, filled one back: what does this copy have?'],
  ['cancelled', 'Cancelled numbers', 'hatched block: recovery annulled them, they never come back'],
  ['joining', 'New copy', 'dotted outline with a bar: filled so far, not counted for reads'],
  ['suspected', 'Suspected copy', 'dashed outline: a successor is on its way'],
  ['hydration', 'Filling a copy', 'two sheets, from a healthy copy to the new one'],
  ['damaged', 'Damaged page', 'a wave in the copy’s lower edge'],
];

/** What on the stage has no mark of its own. */
const IN_WORDS =
  'A ruler is a segment’s log: solid up to “complete up to”, a notch where a record is missing, a bar at its start where log was collected into pages. Writer: thick border; fenced: a broken double one; opening the volume: a dotted one.';

/** Marks of the views that draw them themselves. */
export const DRAWN: Partial<Readonly<Record<ViewTab, readonly LegendEntry[]>>> = {
  log: LOG_LEGEND,
  spacetime: SPACETIME_LEGEND,
  fleet: FLEET_LEGEND,
};

/** What is not a mark of its own. */
export const NOTES: Partial<Readonly<Record<ViewTab, string>>> = {
  cluster: IN_WORDS,
  spacetime: 'A zig-zag across the lanes stands for idle time that was cut out; it says how much.',
  fleet:
    'Redder means fewer copies, and the count in the middle says how many. Far away, a hexagon is one colour and its group’s worst news. Stripes need room: where hexagons are too small for them, go closer. Pointing at a group counts and names its databases.',
  metrics:
    'Under the title of each chart stands what its marks are; lines and areas are named at their ends. A ring is a commit that still waits.',
};
