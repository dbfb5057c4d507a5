import type { CopyState } from '../../history/fleet.ts';
import { sectorPath } from '../hexagon.ts';
import type { LegendEntry } from '../legend.ts';
import { sectorInk } from './hexagons.ts';
import { tonesOf } from './plan.ts';
import { brokenPath, CLOSED, hatchPath, NAMED } from './shapes.ts';
import { drawSample } from './stripes.ts';

/** One sector, large enough to tell its fill and its outline. */
const SCALE = 0.24;
/** The sector at the side: as wide as it is high. */
const SLOT = 'b';
const HEALTHY = 4;
/** A group's outline. */
const WHOLE = 0.1;

const sector =
  (state: CopyState): LegendEntry['draw'] =>
  (pen, { x, y }) => {
    const at = [x + 16, y, SCALE] as const;
    const ink = sectorInk(pen.ink, tonesOf(pen.ink), state, HEALTHY, SCALE);
    pen.path('sector', 'sector', sectorPath(SLOT, NAMED), at, ink);
    if (state === 'down' || state === 'unreachable')
      pen.path('hatch', 'state', hatchPath(SLOT, NAMED, Math.round(5 / SCALE)), at, {
        stroke: pen.ink.failStroke,
        width: 1,
      });
  };

/** What the marks of the fleet mean. */
export const FLEET_LEGEND: readonly LegendEntry[] = [
  { name: 'Answers', says: 'one copy; its host is named in it', draw: sector('up') },
  {
    name: 'Behind',
    says: 'answers, and lacks records that gossip will bring',
    draw: sector('catching up'),
  },
  {
    name: 'Being filled',
    says: 'a new copy; it counts for nothing until it is full',
    draw: sector('filling'),
  },
  { name: 'Suspected', says: 'answers, and a successor is on its way', draw: sector('suspected') },
  { name: 'Down', says: 'hatched: its host or its zone is down', draw: sector('down') },
  {
    name: 'Cut off',
    says: 'hatched, whole outline: up, but nobody reaches it',
    draw: sector('unreachable'),
  },
  {
    name: 'Closed outline',
    says: 'the group has its write quorum',
    draw: (pen, { x, y }) =>
      pen.path('seal', 'seal', CLOSED, [x, y, WHOLE], { stroke: pen.ink.ackStroke, width: 2 }),
  },
  {
    name: 'Broken outline',
    says: 'it has not: its writes wait',
    draw: (pen, { x, y }) =>
      pen.path('open', 'seal', brokenPath(0b000111), [x, y, WHOLE], {
        stroke: pen.ink.failStroke,
        width: 2.5,
      }),
  },
  {
    name: 'Stripes, full',
    says: 'pages of the first database; one stripe a page, in order',
    draw: (pen, { x, y }) => drawSample(pen, 0, x, y),
  },
  {
    name: 'Stripes, low half',
    says: 'pages of the second; upper half, the third; two ends, the fourth; then the shapes come again',
    draw: (pen, { x, y }) => drawSample(pen, 1, x, y),
  },
  {
    name: 'Dashes',
    says: 'undo, catalogue and maps; a gap is a free page',
    draw: (pen, { x, y }) => drawSample(pen, 'system', x, y),
  },
];
