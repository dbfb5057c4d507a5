import type { SegmentView } from '../protocol/view.ts';
import type { Rect } from './display.ts';
import { faces } from './fonts.ts';
import { bottom, inset, rect, right } from './geometry.ts';
import { drawIcon, type IconName } from './icons.ts';
import type { Pen } from './pen.ts';

interface Note {
  readonly icon: IconName;
  readonly words: string;
  readonly tone: 'warn' | 'fail' | 'plain';
}

/** What a copy's own state is called, where its newest record would stand; null for one at rest. */
export function noteOf(segment: SegmentView): Note | null {
  const { state, percent, damage } = segment;
  const [bad] = damage;
  if (bad) return { icon: 'warning', words: `bad page ${bad.page}`, tone: 'fail' };
  switch (state) {
    case 'hydrating':
      return { icon: 'copy', words: percent === null ? 'repair' : `${percent} %`, tone: 'warn' };
    case 'suspected':
      return { icon: 'question', words: 'suspected', tone: 'warn' };
    case 'retired':
      return { icon: 'ban', words: 'replaced', tone: 'plain' };
    case 'absent':
      return { icon: 'copy', words: 'to come', tone: 'plain' };
    default:
      return null;
  }
}

const dashes: Partial<Record<SegmentView['state'], readonly number[]>> = {
  hydrating: [1, 3],
  absent: [1, 3],
  suspected: [5, 3],
  retired: [1, 3],
};

/** The outline of a copy that comes or goes: dotted the new and the replaced one, dashed the suspected. */
export function drawChipFrame(pen: Pen, segment: SegmentView, box: Rect): void {
  const { ink } = pen;
  const dash = dashes[segment.state];
  const coming = segment.state === 'hydrating';
  if (coming) {
    const full = inset(box, 1);
    const share = Math.min(100, Math.max(0, segment.percent ?? 0)) / 100;
    const bar = rect(full.x, full.y, Math.max(2, full.w * share), full.h);
    pen.rect('filled', 'state', bar, 3, { fill: ink.page }, 0.22);
    const edge = right(bar);
    pen.lines('filled-edge', 'state', [edge, full.y, edge, bottom(full)], {
      stroke: ink.pageStroke,
      width: 1.25,
    });
  }
  if (!dash) return;
  const stroke = coming ? ink.pageText : segment.state === 'suspected' ? ink.warnText : ink.muted;
  pen.rect('coming', 'state', inset(box, 0.5), 4, { stroke, width: 1.25, dash });
}

/** A broken page shows as a wave cut into the chip's lower edge. */
export function drawDamage(pen: Pen, segment: SegmentView, box: Rect): void {
  if (segment.damage.length === 0) return;
  const y = bottom(box) - 1;
  const x = right(box) - 30;
  const wave = [0, 5, 10, 15, 20, 25].flatMap((dx, k) => [x + dx, y - (k % 2 === 0 ? 0 : 5)]);
  pen.poly('wave', 'state', wave, { stroke: pen.ink.failText, width: 1.5 });
}

/** `F` and a sheet for a copy with pages, `T` for one that is log only. */
export function drawKind(pen: Pen, { kind }: SegmentView, x: number, y: number): number {
  const { ink } = pen;
  const took = pen.text('kind', kind === 'full' ? 'F' : 'T', x, y, {
    face: 'caption',
    fill: ink.pageText,
    role: 'detail',
  });
  if (kind === 'tail') return took;
  const sheet = rect(x + took + 3, y - 9, 6.5, 9);
  pen.rect('kind-pages', 'mark', sheet, 1, { stroke: ink.pageStroke, width: 1.25 });
  return took + 11;
}

/** Draws what `noteOf` says, ending at `end`: in words where they fit, else its icon alone. */
export function drawNote(pen: Pen, note: Note, end: number, y: number, room: number): void {
  const { ink } = pen;
  const fill = { warn: ink.warnText, fail: ink.failText, plain: ink.muted }[note.tone];
  const fits = pen.measure(note.words, faces.caption.font) <= room - 16;
  const took = pen.text('state', fits ? note.words : '', end, y, {
    face: 'caption',
    fill,
    align: 'right',
    role: 'detail',
  });
  drawIcon(pen, note.icon, end - took - (took > 0 ? 9 : 6), y - 4.5, 12, fill);
}

/** A member that has answered what recovery asks wears a small closed hexagon, one that has not an open ring. */
export function drawAnswer(pen: Pen, answered: boolean, x: number, y: number): void {
  const { ink } = pen;
  if (answered) {
    pen.circle('answered', 'mark', x, y, 4, { fill: ink.ack });
    pen.lines(
      'answered-check',
      'mark',
      [x - 2, y, x - 0.4, y + 1.8, x - 0.4, y + 1.8, x + 2.2, y - 1.8],
      {
        stroke: ink.onAck,
        width: 1.25,
      },
    );
  } else {
    pen.circle('asked', 'mark', x, y, 3.5, { stroke: ink.redoStroke, width: 1.25, dash: [2, 2] });
  }
}
