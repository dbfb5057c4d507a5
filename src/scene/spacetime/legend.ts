import type { Deed } from '../../history/message.ts';
import type { FlightKind } from '../../protocol/view.ts';
import { rect } from '../geometry.ts';
import { drawGlyph, drawLoss, glyphs, tint } from '../glyphs.ts';
import type { LegendEntry } from '../legend.ts';
import { drawDeed } from './marks.ts';

type Style = { readonly dash?: readonly number[]; readonly twin?: true };

const message =
  (kind: FlightKind, { dash, twin }: Style = {}): LegendEntry['draw'] =>
  (pen, { x, y }) => {
    const { stroke } = tint(pen.ink, glyphs[kind].colour);
    const ink = { stroke, width: 1.5, ...(dash ? { dash } : {}) };
    for (const by of twin ? [-1.75, 1.75] : [0])
      pen.lines(`line ${by}`, 'flight', [x - 16, y - 5 + by, x + 10, y + 4 + by], ink);
    drawGlyph(pen, kind, x + 10, y + 4, { scale: 0.8 });
  };

const deed =
  (which: Deed): LegendEntry['draw'] =>
  (pen, { x, y }) => {
    pen.lines('lane', 'ruler', [x, 0, x, 2 * y], { stroke: pen.ink.line, width: 1 });
    drawDeed(pen, 'deed', which, x, y);
  };

/** What the marks of the space-time diagram mean. */
export const SPACETIME_LEGEND: readonly LegendEntry[] = [
  { name: 'Redo', says: 'from the writer to a copy', draw: message('redo') },
  {
    name: 'A batch',
    says: 'double line: several records in one boxcar',
    draw: message('redo', { twin: true }),
  },
  { name: 'Acknowledgement', says: 'from a copy to the writer', draw: message('ack') },
  {
    name: 'Stream',
    says: 'from the writer to a replica',
    draw: message('stream', { dash: [1.5, 3] }),
  },
  { name: 'Page', says: 'asked for, and brought back', draw: message('page') },
  { name: 'Gossip', says: 'between copies', draw: message('gossip', { dash: [1.5, 3] }) },
  {
    name: 'Slow',
    says: 'dashed: three times as long as others of its kind',
    draw: message('redo', { dash: [8, 5] }),
  },
  {
    name: 'Lost',
    says: 'ends in a cross where it was lost',
    draw: (pen, { x, y }) => {
      const ink = { stroke: tint(pen.ink, 'redo').stroke, width: 1.5 };
      pen.lines('line', 'flight', [x - 16, y - 5, x + 8, y + 3], ink);
      drawLoss(pen, x + 8, y + 3, 1);
    },
  },
  {
    name: 'A commit waits',
    says: 'a bar beside the writer, more solid with every acknowledgement; the heavy line is the one that counts',
    draw: (pen, { x, y }) => {
      const { ink } = pen;
      for (const [k, alpha] of [0.14, 0.34, 0.54, 0.74].entries())
        pen.rect(
          `part ${k}`,
          'edge',
          rect(x - 3, y - 10 + 5 * k, 6, 5),
          0,
          { fill: ink.ack },
          alpha,
        );
      pen.lines('seal', 'seal', [x - 7, y + 10, x + 7, y + 10], {
        stroke: ink.ackStroke,
        width: 3,
      });
    },
  },
  { name: 'Durable', says: 'the volume’s durable point moves', draw: deed('durable') },
  { name: 'Stored', says: 'on a copy’s disk', draw: deed('persist') },
  { name: 'Gap', says: 'a copy notices that it lacks a record', draw: deed('gap') },
  {
    name: 'Down',
    says: 'a machine stops; its lane is hatched until it is back',
    draw: deed('down'),
  },
];
