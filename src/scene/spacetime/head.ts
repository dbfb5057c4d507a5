import { faces } from '../fonts.ts';
import type { Pen } from '../pen.ts';
import type { Lane } from './lanes.ts';
import { HEAD_PX, type Plan } from './plan.ts';

/** Whose lanes these are. Stands above whatever scrolls away below it. */
export function drawHead(pen: Pen, plan: Plan): void {
  const { ink } = pen;
  const { lanes, widthPx, leftPx, look } = plan;
  pen.rect('head', 'frame', { x: 0, y: 0, w: widthPx, h: HEAD_PX }, 0, { fill: ink.stage });
  for (const { zone, x, w } of lanes.bands) {
    pen.rect(`head ${zone}`, 'band', { x, y: 0, w, h: HEAD_PX }, 0, { fill: ink.band });
    pen.text(`zone name ${zone}`, w > 80 ? `AZ ${zone}` : zone, x + w / 2, 15, {
      face: 'caption',
      fill: ink.faint,
      align: 'center',
    });
  }
  pen.lines('head line', 'edge', [0, HEAD_PX - 0.5, widthPx, HEAD_PX - 0.5], {
    stroke: ink.line,
    width: 1,
  });
  pen.text('unit', 'ms', leftPx - 10, 48, { face: 'caption', fill: ink.faint, align: 'right' });
  for (const lane of lanes.all) drawName(pen, lane, lanes.stepPx, isSelected(lane, look.selected));
}

const isSelected = ({ stands }: Lane, selected: Plan['look']['selected']): boolean =>
  stands !== null && stands.kind === selected?.kind && stands.id === selected.id;

function drawName(
  pen: Pen,
  { id, name, more, x, kind }: Lane,
  stepPx: number,
  selected: boolean,
): void {
  const { ink } = pen;
  const room = stepPx - 4;
  const quiet = kind === 'others' || kind === 'clients';
  pen.text(`name ${id}`, shortened(name, stepPx), x, 33, {
    face: quiet ? 'caption' : 'name',
    fill: selected ? ink.selected : quiet ? ink.muted : ink.text,
    align: 'center',
    room,
  });
  // Half a word says less than none.
  if (pen.measure(more, faces.caption.font) <= stepPx)
    pen.text(`more ${id}`, more, x, 48, { face: 'caption', fill: ink.faint, align: 'center' });
  if (selected)
    pen.lines(`selected ${id}`, 'frame', [x - 12, HEAD_PX - 2, x + 12, HEAD_PX - 2], {
      stroke: ink.selected,
      width: 3,
    });
}

/** Narrower lanes have short names. */
const SHORT_PX = 46;

const SHORT: Readonly<Record<string, string>> = { Clients: 'Cl', Others: '…' };

const shortened = (name: string, stepPx: number): string =>
  stepPx < SHORT_PX ? (SHORT[name] ?? name) : name;
