import type { Point, Rect } from '../display.ts';
import { faces } from '../fonts.ts';
import { centre, inset } from '../geometry.ts';
import { drawIcon } from '../icons.ts';
import type { Pen } from '../pen.ts';

/** An instance, a storage node or a volume, small. */
export interface Machine {
  readonly id: string;
  readonly box: Rect;
  readonly name: string;
  /** A line below the name, where there is room for it. */
  readonly more: string;
  readonly state: 'up' | 'slow' | 'down' | 'busy';
  /** Has the frame of somebody who may write. */
  readonly strong: boolean;
  readonly selected: boolean;
}

const R = 5;
const ONE_LINE_PX = 34;

type Ink = Pen['ink'];

const FILLS = {
  up: (ink: Ink, strong: boolean) => (strong ? ink.console : ink.node),
  slow: (ink: Ink, strong: boolean) => (strong ? ink.console : ink.node),
  busy: (ink: Ink) => ink.console,
  down: (ink: Ink) => ink.bandDown,
} as const;

const DASHES = { up: [], slow: [], busy: [2, 3], down: [5, 4] } as const;

/** Draws a machine: what it is by its name, how it is by frame, pattern and icon. */
export function drawMachine(pen: Pen, machine: Machine): void {
  pen.for(machine.id, 1, () => {
    drawFrame(pen, machine);
    drawWords(pen, machine);
    if (!machine.selected) return;
    pen.rect('selected', 'frame', inset(machine.box, -3), R + 3, {
      ...{ stroke: pen.ink.selected, width: 2 },
    });
  });
}

function drawFrame(pen: Pen, { box, state, strong }: Machine): void {
  const { ink } = pen;
  const down = state === 'down';
  const usual = strong ? ink.lineStrong : ink.nodeLine;
  pen.rect('body', 'frame', box, R, { fill: FILLS[state](ink, strong) });
  if (down) pen.hatch('hatch', box, R, ink.failStroke, 0.3);
  pen.rect('frame', 'frame', box, R, {
    stroke: down ? ink.failStroke : usual,
    width: strong ? 2 : 1.25,
    dash: DASHES[state],
  });
  if (state === 'slow')
    pen.rect('frame-inner', 'state', inset(box, 3), R - 2, { stroke: ink.warnText, width: 1 });
}

const WITH_ICON_PX = 48;
const ICONS = { up: null, busy: null, slow: 'hourglass', down: 'cross' } as const;

function drawWords(pen: Pen, { box, name, more, state }: Machine): void {
  const { ink } = pen;
  const { x, y } = centre(box);
  // Where there is no room for both, frame and pattern say how it is.
  const icon = box.w < WITH_ICON_PX ? null : ICONS[state];
  const tone = state === 'down' ? ink.failText : ink.text;
  const fits = pen.measure(more, faces.caption.font) <= box.w - 6;
  const two = box.h >= ONE_LINE_PX && more !== '' && fits;
  const line = two ? y - 7 : y;
  const aside = icon ? 8 : 0;
  pen.text('name', name, x + aside, line + 4, {
    ...{ face: 'name', align: 'center', room: box.w - 2 - 2 * aside, fill: tone },
  });
  if (icon)
    drawIcon(pen, icon, box.x + 12, line, 12, state === 'down' ? ink.failText : ink.warnText);
  if (!two) return;
  pen.text('more', more, x, y + 11, {
    ...{ face: 'caption', align: 'center' },
    fill: state === 'slow' ? ink.warnText : ink.muted,
  });
}

/** Where a way begins or ends on a box: below, above or at a side, so that ways do not cross names. */
export function portOf({ x, y, w, h }: Rect, towards: Point, shift: number): Point {
  const middle = { x: x + w / 2, y: y + h / 2 };
  if (towards.y > y + h) return { x: middle.x + shift, y: y + h };
  if (towards.y < y) return { x: middle.x + shift, y };
  return { x: towards.x > middle.x ? x + w : x, y: middle.y + shift };
}
