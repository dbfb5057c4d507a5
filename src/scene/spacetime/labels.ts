import type { Deed, LocalEvent } from '../../history/message.ts';
import type { Rect } from '../display.ts';
import { rect } from '../geometry.ts';
import { glyphs, tint } from '../glyphs.ts';
import { type LabelWish, placeLabels } from '../labels.ts';
import type { Pen } from '../pen.ts';
import { durationText, rangeText } from '../words.ts';
import { eventStrength, strengthOf } from './emphasis.ts';
import { lineOf } from './lines.ts';
import { HEAD_PX, type Plan, type SeenMessage } from './plan.ts';
import { waitBoxes } from './waits.ts';

const MOST = 40;
/** From here on: what is lost or slow, goes down, changes hands, or becomes durable. */
const MATTERS = 7;
/** What is selected or pointed at comes before all else. */
const PICKED = 20;

/** Words beside the marks that matter most, wherever they cover nothing. */
export function drawLabels(pen: Pen, plan: Plan, taken: readonly Rect[]): void {
  const { heightPx, widthPx, leftPx } = plan;
  const area = rect(leftPx, HEAD_PX, widthPx - leftPx, heightPx - HEAD_PX);
  const wishes = [...eventWishes(pen, plan), ...messageWishes(pen, plan)].filter(
    ({ anchors: [at] }) => at !== undefined && at.y > HEAD_PX && at.y < heightPx,
  );
  const obstacles = [...taken, ...heads(plan), ...waitBoxes(plan)];
  const least = plan.look.labels === 'few' ? MATTERS : 0;
  const rules = { most: MOST, least, repeats: true };
  const placed = placeLabels(wishes, area, obstacles, pen.measure, rules);
  for (const { wish, x, y, box } of placed) {
    pen.rect(`paper ${wish.id}`, 'label', box, 2, { fill: pen.ink.stage }, 0.8);
    pen.text(`label ${wish.id}`, wish.text, x, y, { face: 'figure', fill: wish.fill });
  }
}

const HEAD_HALF_PX = 5;

/** Glyphs at the heads of messages: nothing may stand over them. */
const heads = (plan: Plan): readonly Rect[] =>
  plan.messages.map((seen) => {
    const { x1, y1 } = lineOf(plan, seen);
    return rect(x1 - HEAD_HALF_PX, y1 - HEAD_HALF_PX, 2 * HEAD_HALF_PX, 2 * HEAD_HALF_PX);
  });

/** Deeds that have a word, and how much it matters. */
const SAID: Partial<Readonly<Record<Deed, number>>> = {
  down: 10,
  open: 10,
  fenced: 10,
  failover: 9,
  stall: 9,
  'bad block': 8,
  durable: 7,
  truncate: 6,
  recover: 6,
  gap: 6,
  fill: 5,
  up: 5,
  member: 4,
  'page in': 3,
};

function* eventWishes({ ink }: Pen, plan: Plan): Generator<LabelWish> {
  for (const { event, lane } of plan.events) {
    const priority = SAID[event.deed];
    if (priority === undefined) continue;
    const anchors = [{ x: lane.x, y: plan.yOf(event.atUs) }];
    const text = wordOf(event);
    const fill = eventStrength(plan, event) < 1 ? ink.faint : ink.text;
    const wish = { id: `e${event.id}`, text, fill, anchors, clear: 15, priority };
    yield isPicked(plan, eventStrength(plan, event)) ? picked(wish) : wish;
  }
}

/** One word or two: of what has steps, which one. */
function wordOf({ deed, lsn, page, says }: LocalEvent): string {
  switch (deed) {
    case 'durable':
      return `VDL ${lsn}`;
    case 'fill':
      return 'filled';
    case 'page in':
      return `page ${page}`;
    case 'recover':
    case 'failover':
      return says.split(': ')[1] ?? (lsn === null ? 'endpoint' : `VDL ${lsn}`);
    default:
      return deed;
  }
}

function* messageWishes(pen: Pen, plan: Plan): Generator<LabelWish> {
  const said = new Set<string>();
  for (const seen of plan.messages) {
    const wish = fateWish(pen, plan, seen) ?? batchWish(pen, plan, seen, said);
    if (!wish) continue;
    const strength = strengthOf(plan, seen);
    // What steps back keeps its words, but they step back as well.
    if (strength < 1) yield { ...wish, fill: pen.ink.faint };
    else yield isPicked(plan, strength) ? picked(wish) : wish;
  }
}

/** Whether it stands out because something is selected or pointed at. */
const isPicked = ({ look, emphasised }: Plan, strength: number): boolean =>
  strength === 1 && (look.cone !== null || emphasised !== null);

const picked = (wish: LabelWish): LabelWish => ({ ...wish, priority: wish.priority + PICKED });

/** Whatever is lost or slow says so. */
function fateWish({ ink }: Pen, plan: Plan, seen: SeenMessage): LabelWish | null {
  const { order, lost, sentUs, dueUs } = seen.message;
  const { x0, y0, x1, y1, state } = lineOf(plan, seen);
  const id = `m${order}`;
  if (state === 'lost' && lost !== null) {
    const anchors = [{ x: x1, y: y1 }];
    return { id, text: lost, fill: ink.failText, anchors, clear: 9, priority: 12 };
  }
  if (state !== 'arrived' || !plan.telling.isSlow(seen.message)) return null;
  const text = `slow, ${durationText(dueUs - sentUs)}`;
  const anchors = [{ x: (x0 + x1) / 2, y: (y0 + y1) / 2 }];
  return { id, text, fill: ink.warnText, anchors, clear: 4, priority: 8 };
}

/** A batch tells its records once, where it leaves. */
function batchWish(
  { ink }: Pen,
  plan: Plan,
  seen: SeenMessage,
  said: Set<string>,
): LabelWish | null {
  const { order, first, last, count, kind } = seen.message;
  const batch = `${seen.from.id} ${first} ${last}`;
  if (count === 0 || kind === 'ack' || said.has(batch)) return null;
  said.add(batch);
  const { x0, y0 } = lineOf(plan, seen);
  const fill = tint(ink, glyphs[kind].colour).text;
  const text = rangeText(first, last, count);
  // Lines go down from here: the place above them is free.
  const anchors = [{ x: x0, y: y0 - 10 }];
  return { id: `m${order}`, text, fill, anchors, clear: 9, priority: kind === 'redo' ? 5 : 2 };
}
