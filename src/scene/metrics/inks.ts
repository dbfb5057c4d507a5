import { mixed } from '../colour.ts';
import type { Ink as Drawn } from '../display.ts';
import type { Shades } from '../shades.ts';
import { isDense } from './paths.ts';
import type { Ink, Mark } from './plot.ts';

type Looks = Readonly<Record<Ink, (p: Shades) => Drawn>>;

const line = (stroke: string, width: number, dash?: readonly number[]): Drawn =>
  dash ? { stroke, width, dash } : { stroke, width };

/** How each ink looks where there is no style sheet; on the page the same is said in CSS. */
const LOOKS: Looks = {
  commit: (p) => line(p.ackStroke, 5),
  waiting: (p) => ({ fill: p.stage, stroke: p.warnText, width: 1.75 }),
  median: (p) => line(p.text, 1.75),
  high: (p) => line(p.muted, 1.25, [6, 3]),
  highest: (p) => line(p.muted, 1.5, [1.5, 3]),
  counted: (p) => ({ fill: p.ack }),
  seal: (p) => line(p.text, 2.5),
  late: (p) => ({ fill: mixed(p.stage, p.lineStrong, 0.38) }),
  allocated: (p) => line(p.redoStroke, 1.5),
  'in flight': (p) => ({ fill: mixed(p.stage, p.redo, 0.3) }),
  complete: (p) => line(p.ackStroke, 1.25, [4, 3]),
  durable: (p) => line(p.ackStroke, 2.25),
  'read point': (p) => line(p.pageText, 2.25, [0.1, 5]),
  replica: (p) => line(p.pageStroke, 1.25),
  'other replica': (p) => line(p.pageStroke, 1.25, [2, 2.5]),
  copies: (p) => line(p.text, 2.25),
  'short of copies': (p) => ({ fill: mixed(p.stage, p.fail, 0.4) }),
  redo: (p) => ({ fill: mixed(p.stage, p.redo, 0.62) }),
  ack: (p) => ({ fill: mixed(p.stage, p.ack, 0.42) }),
  stream: (p) => ({
    ...{ fill: mixed(p.stage, p.redo, 0.2), stroke: p.redoStroke, width: 1, dash: [2, 2] },
  }),
  seeds: (p) => ({ fill: mixed(p.stage, p.gossip, 0.26) }),
  'seeds median': (p) => line(p.gossipText, 1.5),
};

/** Fill and stroke of a mark. */
export function inkOf(mark: Mark, barPx: number, p: Shades): Drawn {
  const look = LOOKS[mark.ink](p);
  const dense = isDense(mark, barPx);
  switch (mark.kind) {
    case 'dots':
      return { stroke: look.stroke ?? p.ackStroke, width: dense ? 2.5 : 4.5 };
    case 'bars':
      return dense ? look : { stroke: p.stage, width: 0.75, ...look };
    case 'caps':
      return dense ? { ...look, width: 1.5 } : look;
    case 'cuts':
      return { fill: p.stage, stroke: p.muted, width: 1.5 };
    default:
      return look;
  }
}
