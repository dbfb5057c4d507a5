import type { FlightKind } from '../protocol/view.ts';
import { rect } from './geometry.ts';
import { outlinePath } from './hexagon.ts';
import type { Pen } from './pen.ts';
import type { Shades } from './shades.ts';

/** What tells the kinds apart without colour: a shape, filled or hollow, on a line of some style. */
export interface Glyph {
  readonly shape:
    | 'square'
    | 'ring'
    | 'triangle'
    | 'page'
    | 'diamond'
    | 'pill'
    | 'check'
    | 'chevron'
    | 'bar'
    | 'hexagon'
    | 'sheets'
    | 'dot';
  readonly filled: boolean;
  readonly line: 'solid' | 'thin' | 'dotted';
  readonly colour: 'redo' | 'ack' | 'page' | 'gossip' | 'fail' | 'plain';
  /** Half its size in pixels. */
  readonly half: number;
}

export const glyphs: Readonly<Record<FlightKind, Glyph>> = {
  redo: { shape: 'square', filled: true, line: 'solid', colour: 'redo', half: 4.5 },
  ack: { shape: 'ring', filled: false, line: 'thin', colour: 'ack', half: 4.5 },
  stream: { shape: 'square', filled: false, line: 'dotted', colour: 'redo', half: 4 },
  feedback: { shape: 'chevron', filled: false, line: 'dotted', colour: 'plain', half: 3.5 },
  'page-request': { shape: 'triangle', filled: true, line: 'solid', colour: 'page', half: 5 },
  page: { shape: 'page', filled: true, line: 'solid', colour: 'page', half: 6 },
  refusal: { shape: 'bar', filled: false, line: 'thin', colour: 'fail', half: 5 },
  gossip: { shape: 'diamond', filled: false, line: 'dotted', colour: 'gossip', half: 4.5 },
  'gossip-fill': { shape: 'diamond', filled: true, line: 'dotted', colour: 'gossip', half: 5 },
  recovery: { shape: 'hexagon', filled: false, line: 'thin', colour: 'plain', half: 5 },
  'recovery-answer': { shape: 'hexagon', filled: true, line: 'thin', colour: 'ack', half: 4.5 },
  hydration: { shape: 'sheets', filled: true, line: 'solid', colour: 'page', half: 6 },
  backup: { shape: 'sheets', filled: false, line: 'dotted', colour: 'plain', half: 5 },
  heartbeat: { shape: 'dot', filled: true, line: 'thin', colour: 'plain', half: 1.75 },
  order: { shape: 'chevron', filled: true, line: 'thin', colour: 'plain', half: 4.5 },
  query: { shape: 'pill', filled: true, line: 'thin', colour: 'plain', half: 5 },
  reply: { shape: 'check', filled: true, line: 'thin', colour: 'ack', half: 5.5 },
};

interface Tint {
  readonly fill: string;
  readonly stroke: string;
  readonly text: string;
  readonly on: string;
}

/** Fill, outline and text of a family of messages. */
export function tint(ink: Shades, colour: Glyph['colour']): Tint {
  switch (colour) {
    case 'redo':
      return { fill: ink.redo, stroke: ink.redoStroke, text: ink.redoText, on: ink.onRedo };
    case 'ack':
      return { fill: ink.ack, stroke: ink.ackStroke, text: ink.ackText, on: ink.onAck };
    case 'page':
      return { fill: ink.pageStroke, stroke: ink.pageStroke, text: ink.pageText, on: ink.onPage };
    case 'gossip':
      return { fill: ink.gossip, stroke: ink.gossipStroke, text: ink.gossipText, on: ink.onGossip };
    case 'fail':
      return { fill: ink.fail, stroke: ink.failStroke, text: ink.failText, on: ink.onFail };
    case 'plain':
      return { fill: ink.muted, stroke: ink.muted, text: ink.muted, on: ink.stage };
  }
}

const PAGE = 'M-4 -6H2L5 -3V6H-4ZM2 -6V-3H5';
const TRIANGLE = 'M-4.2 -3.6H4.2L0 5Z';
const CHECK = 'M-2.6 0.2 -0.8 2.2 2.8 -2';

/** Redo that takes a change back: the square has become a tag that points back where it came from. */
function drawBack(pen: Pen, { filled, colour }: Glyph, x: number, y: number, r: number): void {
  const { fill, stroke } = tint(pen.ink, colour);
  const tag = [x - r - 3, y, x - 1, y - r, x + r + 1, y - r, x + r + 1, y + r, x - 1, y + r];
  const ink = { fill: filled ? fill : pen.ink.stage, stroke, width: 1.5 };
  pen.poly('glyph', 'flight', tag, ink, true);
}

interface Size {
  /** Times its usual size. */
  readonly scale?: number;
  /** What it carries takes changes back. */
  readonly back?: boolean;
}

/** Draws a kind's shape centred on a point. */
export function drawGlyph(
  pen: Pen,
  kind: FlightKind,
  x: number,
  y: number,
  { scale = 1, back = false }: Size = {},
): void {
  const { ink } = pen;
  const glyph = glyphs[kind];
  const { fill, stroke, on } = tint(ink, glyph.colour);
  const r = glyph.half * scale;
  const fine = { stroke, width: 1.5 };
  switch (glyph.shape) {
    case 'square':
      if (back) {
        drawBack(pen, glyph, x, y, r);
        break;
      }
      pen.rect('glyph', 'flight', rect(x - r, y - r, 2 * r, 2 * r), 1.5, {
        fill: glyph.filled ? fill : ink.stage,
        ...fine,
      });
      break;
    case 'ring':
      pen.circle('glyph', 'flight', x, y, r, { fill: ink.stage, stroke, width: 2.25 * scale });
      break;
    case 'triangle':
      pen.path('glyph', 'flight', TRIANGLE, [x, y, scale], { fill, ...fine });
      break;
    case 'page':
      pen.path('glyph', 'flight', PAGE, [x, y, scale], { fill: ink.stage, ...fine });
      break;
    case 'diamond':
      pen.poly(
        'glyph',
        'flight',
        [x, y - r, x + r, y, x, y + r, x - r, y],
        {
          fill: glyph.filled ? fill : ink.stage,
          ...fine,
        },
        true,
      );
      break;
    case 'pill':
      pen.rect('glyph', 'flight', rect(x - r, y - 2.5, 2 * r, 5), 2.5, { fill });
      break;
    case 'check':
      pen.circle('glyph', 'flight', x, y, r, { fill });
      pen.path('check', 'mark', CHECK, [x, y, scale], { stroke: on, width: 1.75 });
      break;
    case 'chevron':
      pen.poly('glyph', 'flight', [x + 2, y - r, x - 2, y, x + 2, y + r], { stroke, width: 1.75 });
      break;
    case 'hexagon':
      pen.path('glyph', 'flight', outlinePath(r), [x, y, 1], {
        fill: glyph.filled ? fill : ink.stage,
        ...fine,
      });
      break;
    case 'sheets':
      pen.rect('sheet-behind', 'mark', rect(x - r + 3, y - r, 2 * r - 3, 2 * r - 3), 1, {
        fill: ink.stage,
        ...fine,
      });
      pen.rect('glyph', 'flight', rect(x - r, y - r + 3, 2 * r - 3, 2 * r - 3), 1, {
        fill: glyph.filled ? fill : ink.stage,
        ...fine,
      });
      break;
    case 'dot':
      pen.circle('glyph', 'flight', x, y, r, { fill });
      break;
    case 'bar':
      pen.circle('glyph', 'flight', x, y, r, { fill: ink.stage, ...fine });
      pen.lines('bar', 'mark', [x - r * 0.6, y, x + r * 0.6, y], { stroke, width: 2 });
      break;
  }
}

/** The end of a lost message. */
export function drawLoss(pen: Pen, x: number, y: number, alpha: number): void {
  const s = 5.5;
  pen.lines(
    'cross',
    'mark',
    [x - s, y - s, x + s, y + s, x + s, y - s, x - s, y + s],
    {
      stroke: pen.ink.failText,
      width: 2.25,
    },
    alpha,
  );
}
