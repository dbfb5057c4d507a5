import { mixed } from '../../scene/colour.ts';
import type { Ink } from '../../scene/display.ts';
import type { LegendRow } from '../../scene/plate.ts';
import { shades } from '../../scene/shades.ts';
import type { Theme } from '../../scene/tokens.ts';
import type { ViewTab } from '../../store/views.ts';
import { shapeOf } from '../kit/glyph.tsx';
import { IN_WORDS, MARKS } from '../stage/legend-rows.ts';

type Looks = Readonly<Record<string, Ink>>;

/** The looks of the page's marks where there is no style sheet. */
function looksOf(theme: Theme): Looks {
  const p = shades(theme);
  return {
    redo: { fill: p.redo, stroke: p.redoStroke, width: 1.5 },
    stream: { stroke: p.redoStroke, width: 2, dash: [2, 1.5] },
    ack: { stroke: p.ackStroke, width: 2.25 },
    durable: { fill: mixed(p.bg, p.ack, 0.3), stroke: p.ackStroke, width: 2 },
    'page-request': { fill: p.page, stroke: p.pageStroke, width: 1.75 },
    page: { stroke: p.pageStroke, width: 1.75 },
    gossip: { fill: p.gossip, stroke: p.gossipStroke, width: 1.75 },
    fail: { stroke: p.failText, width: 2.5 },
    'fail-thin': { stroke: p.failText, width: 1.75 },
    open: { stroke: p.muted, width: 1.75 },
    joining: { stroke: p.pageStroke, width: 1.75, dash: [1.5, 2] },
    suspected: { stroke: p.warnText, width: 1.75, dash: [4, 2] },
  };
}

function marks(theme: Theme): readonly LegendRow[] {
  const looks = looksOf(theme);
  return MARKS.map(([glyph, name, says]) => {
    const shape = shapeOf(glyph);
    const ink = shape && looks[shape.look];
    return { mark: shape && ink ? { d: shape.d, ...ink } : null, name, says };
  });
}

const words = (name: string, says: string): LegendRow => ({ mark: null, name, says });

type Legends = Partial<Record<ViewTab, readonly LegendRow[]>>;

const IN_OTHER_VIEWS: Legends = {
  log: [
    words('Columns', 'records in the order of their numbers; a bracket is one mini-transaction.'),
    words('Rows', 'the six copies of a group, then the points of the volume.'),
    words('Cells', 'filled: stored and acknowledged; empty inside what is complete: a gap.'),
    words('VCL, VDL', 'vertical lines: complete, and durable, up to here.'),
  ],
  spacetime: [
    words('Lanes', 'who sends and receives, by zone; time runs down.'),
    words('Lines', 'one message each; steeper is slower, a cross is where one was lost.'),
    words('Marks', 'what happened there; solid: redo, ring: acknowledgement, dotted: stream.'),
    words('Bar at the writer', 'how long a commit waited for its write quorum.'),
  ],
  fleet: [
    words('Hexagon', 'one protection group of 10 GB.'),
    words('Sectors', 'its six copies, two in each zone; solid: well, hatched: gone.'),
    words('Outline', 'closed: it can write; broken: its writes wait.'),
  ],
  metrics: [
    words(
      'Commit latency',
      'dot: one commit; solid line: half of them, dashed: 95 %, dotted: 99 %.',
    ),
    words('Quorum fan', 'heavy: up to the write quorum; pale: nobody waited for these.'),
    words('Durability', 'allocated, VCL and VDL; filled: records in flight.'),
    words('Copies', 'of the group that is worst off; dotted: what a write and a recovery need.'),
  ],
};

/** What the marks of a view mean; empty for a view that says it in its own picture. */
export function legendOf(view: ViewTab, theme: Theme): readonly LegendRow[] {
  if (view !== 'cluster') return IN_OTHER_VIEWS[view] ?? [];
  return [...marks(theme), words('', IN_WORDS)];
}
