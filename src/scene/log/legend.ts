import type { Arrival } from '../../history/log-history.ts';
import { rect } from '../geometry.ts';
import type { LegendEntry } from '../legend.ts';
import type { Pen } from '../pen.ts';
import { drawCell, drawSent } from './cells.ts';
import type { CellState } from './rows.ts';

interface Middle {
  readonly x: number;
  readonly y: number;
}

const HALF_PX = 7;
const box = ({ x, y }: Middle) => rect(x - HALF_PX, y - HALF_PX, 2 * HALF_PX, 2 * HALF_PX);

const cell =
  (state: CellState, how: Arrival = 'write', folded = false): LegendEntry['draw'] =>
  (pen, middle) =>
    drawCell(pen, 'cell', { state, how, folded }, box(middle));

const line =
  (stroke: (pen: Pen) => string): LegendEntry['draw'] =>
  (pen, { x, y }) => {
    pen.lines('bar', 'ruler', [x - 14, y, x + 8, y], { stroke: stroke(pen), width: 2 });
    pen.circle('end', 'mark', x + 8, y, 3, { fill: stroke(pen) });
  };

/** What the marks of the log mean. */
export const LOG_LEGEND: readonly LegendEntry[] = [
  {
    name: 'Sent',
    says: 'in the writer’s row: the record has left for its six copies',
    draw: (pen, middle) => drawSent(pen, 'sent', box(middle)),
  },
  { name: 'On its way', says: 'sent to this copy, not stored there yet', draw: cell('sent') },
  { name: 'Stored', says: 'on this copy’s disk', draw: cell('stored') },
  { name: 'Acknowledged', says: 'ringed: the writer knows', draw: cell('acknowledged') },
  {
    name: 'By gossip',
    says: 'a peer gave it, not the writer',
    draw: cell('acknowledged', 'gossip'),
  },
  { name: 'Missing', says: 'later records are there, this one is not', draw: cell('gap') },
  {
    name: 'In its page',
    says: 'underlined: folded into a version of the page',
    draw: cell('acknowledged', 'write', true),
  },
  {
    name: 'Cancelled',
    says: 'recovery annulled the number; it never comes back',
    draw: cell('annulled'),
  },
  {
    name: 'Durable to here',
    says: 'PGCL of the group; VCL and VDL of the volume, as lines through all rows',
    draw: line(({ ink }) => ink.ackStroke),
  },
  {
    name: 'Read to here',
    says: 'the read view of each replica',
    draw: line(({ ink }) => ink.pageStroke),
  },
  {
    name: 'End of a mini-transaction',
    says: 'CPL: the volume is durable to one of these, never between',
    draw: (pen, { x, y }) =>
      pen.poly(
        'cpl',
        'mark',
        [x, y - 4, x + 4, y, x, y + 4, x - 4, y],
        { fill: pen.ink.muted },
        true,
      ),
  },
];
