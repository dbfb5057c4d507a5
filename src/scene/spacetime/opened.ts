import { faces } from '../fonts.ts';
import { clamp, contains, rect } from '../geometry.ts';
import type { Pen } from '../pen.ts';
import type { Spot } from '../sketch.ts';
import type { Pill } from './marks.ts';
import { HEAD_PX, type Plan } from './plan.ts';
import { momentText, runWords } from './words.ts';

/** How a run of deeds is called. */
const nameOfRun = ({ run }: Pill): string => run.events[0]?.id ?? '';

const PREFIX = 'pill ';

/** The run that a spot unfolds; null when it is no pill. */
export const runAt = ({ id }: Spot): string | null =>
  id.startsWith(PREFIX) ? id.slice(PREFIX.length) : null;

/** The pill at a place: pressing it tells its deeds one by one. */
export function pillAt(plan: Plan, pills: readonly Pill[], px: number, py: number): Spot | null {
  const pill = pills.find(({ box }) => contains(box, { x: px, y: py }));
  if (pill === undefined || py < HEAD_PX) return null;
  const how = plan.look.opened === nameOfRun(pill) ? 'Press to fold.' : 'Press to unfold.';
  const name = `${runWords(plan.view, pill.run.events)} ${how}`;
  return { id: `${PREFIX}${nameOfRun(pill)}`, name, stands: null, ...pill.box };
}

const MOST_ROWS = 8;
const ROW_PX = 17;
const PAD_PX = 9;

/** The deeds of the opened run on a card beside its pill, oldest first. */
export function drawOpened(pen: Pen, plan: Plan, pills: readonly Pill[]): void {
  const pill = pills.find((each) => nameOfRun(each) === plan.look.opened);
  if (pill === undefined) return;
  const { events } = pill.run;
  const rows = events.slice(0, MOST_ROWS).map(({ atUs, says }) => `${momentText(atUs)}  ${says}`);
  if (events.length > MOST_ROWS) rows.push(`and ${events.length - MOST_ROWS} more`);
  const most = plan.widthPx - 2 * PAD_PX - 8;
  const wide = Math.min(most, Math.max(...rows.map((row) => pen.measure(row, faces.caption.font))));
  const [w, h] = [wide + 2 * PAD_PX, rows.length * ROW_PX + 2 * PAD_PX - 4];
  const x = clamp(pill.box.x, 4, Math.max(4, plan.widthPx - w - 4));
  const y = clamp(
    pill.box.y + pill.box.h + 4,
    HEAD_PX + 4,
    Math.max(HEAD_PX + 4, plan.heightPx - h - 4),
  );
  const { ink } = pen;
  pen.for('opened', 1, () => {
    pen.rect('card', 'frame', rect(x, y, w, h), 6, {
      ...{ fill: ink.surface, stroke: ink.lineStrong, width: 1 },
    });
    rows.forEach((row, i) => {
      const how = { face: 'caption', fill: ink.text, room: wide } as const;
      pen.text(`row ${i}`, row, x + PAD_PX, y + PAD_PX + 10 + i * ROW_PX, how);
    });
  });
}
