import { bisectRight } from 'd3';
import type { Deed, LocalEvent } from '../../history/message.ts';
import type { Rect } from '../display.ts';
import { overlaps, rect } from '../geometry.ts';
import type { Pen } from '../pen.ts';
import type { Shades } from '../shades.ts';
import { eventStrength } from './emphasis.ts';
import type { Lane } from './lanes.ts';
import type { Plan, SeenEvent } from './plan.ts';

/** Deeds of one kind in a row at one place. */
export interface Run {
  readonly deed: Deed;
  readonly lane: Lane;
  /** At least one, in order. */
  readonly events: readonly LocalEvent[];
}

/** From so many on, a run is one pill. */
export const LEAST_RUN = 3;

/** The deeds of each lane in runs of the same kind with no message of that lane and no other deed between. */
export function runsOf({ events, messages }: Pick<Plan, 'events' | 'messages'>): readonly Run[] {
  const touched = touches(messages);
  const last = new Map<string, { deed: Deed; lane: Lane; events: LocalEvent[] }>();
  const runs: Run[] = [];
  for (const { event, lane } of events) {
    const before = last.get(lane.id);
    const prior = before?.events.at(-1);
    const between = prior ? isBetween(touched.get(lane.id) ?? [], prior.n, event.n) : true;
    if (before?.deed === event.deed && !between) before.events.push(event);
    else {
      const run = { deed: event.deed, lane, events: [event] };
      last.set(lane.id, run);
      runs.push(run);
    }
  }
  return runs;
}

/** Whether a message was sent or received after one event and before or with another. */
const isBetween = (touched: readonly number[], after: number, upTo: number): boolean =>
  (touched[bisectRight(touched, after)] ?? Number.POSITIVE_INFINITY) <= upTo;

/** The numbers of the events in which a message left or reached each lane, in order. */
function touches(messages: Plan['messages']): ReadonlyMap<string, readonly number[]> {
  const touched = new Map<string, number[]>();
  const touch = (lane: Lane, n: number | null): void => {
    if (n === null) return;
    const known = touched.get(lane.id);
    if (known) known.push(n);
    else touched.set(lane.id, [n]);
  };
  for (const { message, from, to } of messages) {
    touch(from, message.sentN);
    touch(to, message.arrivedN);
  }
  for (const each of touched.values()) each.sort((a, b) => a - b);
  return touched;
}

type Shape = 'dot' | 'ring' | 'tick' | 'bar' | 'cross' | 'notch' | 'diamond' | 'square';

/** A shape for every deed: what is rare and weighty is large. */
const SHAPES: Readonly<
  Record<Deed, readonly [Shape, 'redo' | 'ack' | 'page' | 'gossip' | 'fail' | 'plain']>
> = {
  persist: ['square', 'redo'],
  gap: ['notch', 'fail'],
  fill: ['diamond', 'gossip'],
  coalesce: ['square', 'page'],
  collect: ['tick', 'plain'],
  truncate: ['bar', 'fail'],
  'new epoch': ['tick', 'plain'],
  replay: ['dot', 'page'],
  close: ['tick', 'redo'],
  queue: ['tick', 'plain'],
  durable: ['bar', 'ack'],
  return: ['dot', 'ack'],
  apply: ['dot', 'redo'],
  skip: ['ring', 'plain'],
  'read view': ['tick', 'page'],
  'page in': ['square', 'page'],
  stall: ['cross', 'fail'],
  recover: ['ring', 'plain'],
  open: ['bar', 'ack'],
  fenced: ['cross', 'fail'],
  failover: ['ring', 'plain'],
  member: ['ring', 'gossip'],
  'bad block': ['cross', 'fail'],
  down: ['cross', 'fail'],
  up: ['ring', 'ack'],
};

function inkOf(ink: Shades, deed: Deed): string {
  switch (SHAPES[deed][1]) {
    case 'redo':
      return ink.redoStroke;
    case 'ack':
      return ink.ackStroke;
    case 'page':
      return ink.pageStroke;
    case 'gossip':
      return ink.gossipStroke;
    case 'fail':
      return ink.failText;
    case 'plain':
      return ink.muted;
  }
}

/** A run that stands as one pill, and the room that it takes. */
export interface Pill {
  readonly run: Run;
  readonly box: Rect;
}

/** Draws every run; returns those that became pills. */
export function drawMarks(pen: Pen, plan: Plan): readonly Pill[] {
  const pills: Pill[] = [];
  for (const run of runsOf(plan)) {
    const [first] = run.events;
    if (first === undefined) continue;
    const strength = Math.max(...run.events.map((event) => eventStrength(plan, event)));
    pen.for(`e${first.id}`, strength, () => {
      const box = run.events.length >= LEAST_RUN ? drawPill(pen, plan, run, pills) : null;
      if (box) pills.push({ run, box });
      else for (const event of run.events) drawMark(pen, plan, { event, lane: run.lane });
    });
  }
  return pills;
}

const PILL_PX = 16;

/** One pill beside the lane, with a bracket over the time of the run; null where another one stands. */
function drawPill(
  pen: Pen,
  plan: Plan,
  { deed, lane, events }: Run,
  others: readonly Pill[],
): Rect | null {
  const { ink } = pen;
  const y0 = plan.yOf(events[0]?.atUs ?? 0);
  const y1 = plan.yOf(events.at(-1)?.atUs ?? 0);
  const whole = `${deed} ×${events.length}`;
  const font = { face: 'caption', fill: ink.text } as const;
  const text = plan.lanes.stepPx < 72 ? `×${events.length}` : whole;
  const w = text.length * 6.6 + 12;
  const box = rect(lane.x + 7, (y0 + y1) / 2 - PILL_PX / 2, w, PILL_PX);
  if (others.some((other) => overlaps(other.box, box))) return null;
  const stroke = inkOf(ink, deed);
  pen.lines('run', 'mark', [lane.x, y0, lane.x, Math.max(y1, y0 + 2)], { stroke, width: 4 });
  pen.rect('pill', 'chip', box, PILL_PX / 2, { fill: ink.surface, stroke, width: 1 });
  const middle = box.x + w / 2;
  pen.text('pill text', text, middle, box.y + 12, { ...font, align: 'center' });
  return box;
}

const drawMark = (pen: Pen, { yOf }: Plan, { event, lane }: SeenEvent): void =>
  drawDeed(pen, `mark ${event.id}`, event.deed, lane.x, yOf(event.atUs));

/** The mark of a deed, centred on a point. */
export function drawDeed(pen: Pen, name: string, deed: Deed, x: number, y: number): void {
  const stroke = inkOf(pen.ink, deed);
  const line = { stroke, width: 1.5 };
  switch (SHAPES[deed][0]) {
    case 'dot':
      pen.circle(name, 'mark', x, y, 2.25, { fill: stroke });
      break;
    case 'ring':
      pen.circle(name, 'mark', x, y, 4, { fill: pen.ink.stage, ...line });
      break;
    case 'tick':
      pen.lines(name, 'mark', [x - 4, y, x + 4, y], line);
      break;
    case 'bar':
      pen.lines(name, 'mark', [x - 12, y, x + 12, y], { stroke, width: 3 });
      break;
    case 'cross':
      pen.lines(name, 'mark', [x - 4, y - 4, x + 4, y + 4, x + 4, y - 4, x - 4, y + 4], {
        stroke,
        width: 2.25,
      });
      break;
    case 'notch':
      pen.poly(name, 'mark', [x - 5, y - 5, x + 5, y - 5, x, y + 3], { fill: stroke }, true);
      break;
    case 'diamond':
      pen.poly(name, 'mark', [x, y - 5, x + 5, y, x, y + 5, x - 5, y], { fill: stroke }, true);
      break;
    case 'square':
      pen.rect(name, 'mark', rect(x - 2.5, y - 2.5, 5, 5), 1, { fill: stroke });
  }
}
