import { mixed } from '../../scene/colour.ts';
import type { Ink } from '../../scene/display.ts';
import type { Theme } from '../../scene/palettes.ts';
import type { LegendRow } from '../../scene/plate.ts';
import { shades } from '../../scene/shades.ts';
import type { ViewTab } from '../../store/views.ts';
import { shapeOf } from '../kit/glyph.tsx';
import { DRAWN, MARKS, NOTES } from '../stage/legend-rows.ts';

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

/** What the marks of a view mean; empty for a view that says it in its own picture. */
export function legendOf(view: ViewTab, theme: Theme): readonly LegendRow[] {
  const own = view === 'cluster' ? marks(theme) : drawn(view);
  const note = NOTES[view];
  return note === undefined ? own : [...own, { mark: null, name: '', says: note }];
}

const drawn = (view: ViewTab): readonly LegendRow[] =>
  (DRAWN[view] ?? []).map(({ name, says, draw }) => ({ mark: null, draw, name, says }));
