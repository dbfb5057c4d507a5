import type { LocalEvent, SentMessage } from '../../history/message.ts';
import type { Pen } from '../pen.ts';
import type { Spot } from '../sketch.ts';
import type { Micros } from '../view-types.ts';
import { eventSubject, subjectOf } from './hit.ts';
import type { Lane } from './lanes.ts';
import { HEAD_PX, type Plan } from './plan.ts';
import { eventWords, messageWords } from './words.ts';

/** Something on a lane that the cursor can stand on: an end of a message, or a deed. */
export interface Stop {
  /** `m` and the order of a message, or `e` and the name of an event. */
  readonly mark: string;
  readonly lane: string;
  readonly n: number;
  readonly atUs: Micros;
  readonly message: SentMessage | null;
  readonly event: LocalEvent | null;
}

/** A lane by its name, or by that of somebody who stands on it. */
export const laneOf = ({ lanes }: Plan, name: string): Lane | null =>
  lanes.all.find(({ id }) => id === name) ?? lanes.of(name);

/** All that can be read on a lane, in order, seen or not. */
export function stopsOf(plan: Plan, lane: string): readonly Stop[] {
  const { telling, lanes } = plan;
  const stops = telling.messages.flatMap((message) => endsOn(plan, message, lane));
  for (const event of telling.events)
    if (lanes.of(event.actor)?.id === lane)
      stops.push({
        mark: `e${event.id}`,
        lane,
        n: event.n,
        atUs: event.atUs,
        message: null,
        event,
      });
  return stops.sort((a, b) => a.n - b.n);
}

/** The ends of a message that lie on a lane. */
function endsOn(
  { lanes, look }: Pick<Plan, 'lanes' | 'look'>,
  message: SentMessage,
  lane: string,
): readonly Stop[] {
  const from = lanes.of(message.from);
  const to = lanes.of(message.to);
  if (message.kind === 'heartbeat' || !from || !to || from === to) return [];
  const { order, sentN, sentUs, arrivedN, dueUs } = message;
  const stop = { mark: `m${order}`, lane, message, event: null };
  if (from.id === lane) return [{ ...stop, n: sentN, atUs: sentUs }];
  const here = to.id === lane && arrivedN !== null && dueUs <= look.nowUs;
  return here ? [{ ...stop, n: arrivedN, atUs: dueUs }] : [];
}

/** What stands there, in a sentence. */
export function stopWords({ view, look, telling }: Plan, { message, event }: Stop): string {
  if (message) return messageWords(view, message, look.nowUs, telling.isSlow(message));
  return event ? eventWords(view, event) : '';
}

/** What is selected by it. */
export function stopStands({ message, event }: Stop): Spot['stands'] {
  if (message) return subjectOf(message);
  return event ? eventSubject(event) : null;
}

/** Draws a ring where the cursor stands. */
export function drawCursor(pen: Pen, plan: Plan): void {
  const { cursor } = plan.look;
  const lane = cursor && laneOf(plan, cursor.lane);
  const atUs = lane ? momentOf(plan, { lane: lane.id, mark: cursor.mark }) : null;
  if (!lane || atUs === null) return;
  const y = plan.yOf(atUs);
  if (y > HEAD_PX) pen.circle('cursor', 'frame', lane.x, y, 9, { stroke: pen.ink.focus, width: 2 });
}

/** When what the cursor stands on happened on its lane; null where it is not in the picture. */
function momentOf(
  plan: Plan,
  { lane, mark }: { readonly lane: string; readonly mark: string },
): Micros | null {
  const event = plan.events.find((seen) => `e${seen.event.id}` === mark);
  if (event) return event.event.atUs;
  const seen = plan.messages.find(({ message }) => `m${message.order}` === mark);
  return (seen && endsOn(plan, seen.message, lane)[0]?.atUs) ?? null;
}
