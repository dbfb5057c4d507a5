import type { LocalEvent, SentMessage } from '../../history/message.ts';
import { contains, rect } from '../geometry.ts';
import type { Spot } from '../sketch.ts';
import { type Line, lineOf } from './lines.ts';
import { LEAST_RUN, runsOf } from './marks.ts';
import { HEAD_PX, type Plan } from './plan.ts';
import { waitBoxes } from './waits.ts';
import { actorWords, commitWords, messageWords, runWords } from './words.ts';

type Stands = Spot['stands'];

/** What a message is about: the page it is after, its newest record, or whom it comes from. */
export function subjectOf({ page, last, kind, from }: SentMessage): Stands {
  if (page !== null) return { kind: 'page', id: String(page) };
  const tellsRecords = kind !== 'recovery' && kind !== 'gossip';
  return last !== null && tellsRecords ? { kind: 'record', id: String(last) } : actorStands(from);
}

export function eventSubject({ page, lsn, actor, deed }: LocalEvent): Stands {
  if (page !== null) return { kind: 'page', id: String(page) };
  return lsn !== null && deed !== 'gap' ? { kind: 'record', id: String(lsn) } : actorStands(actor);
}

function actorStands(actor: string): Stands {
  if (actor.includes('/')) return { kind: 'segment', id: actor };
  if (/^[WR]\d*$/.test(actor)) return { kind: 'instance', id: actor };
  return /^[ABC]\d+$/.test(actor) ? { kind: 'node', id: actor } : null;
}

/** The heads of the lanes. */
export function spotsOf({ lanes, view }: Plan): readonly Spot[] {
  return lanes.all.map(({ id, name, more, kind, x, stands }) => ({
    id: `lane ${id}`,
    name:
      kind === 'member' || kind === 'instance'
        ? `Lane of ${actorWords(view, id)}, ${more}`
        : `${name} ${more}`,
    stands,
    ...rect(x - lanes.stepPx / 2, 0, lanes.stepPx, HEAD_PX),
  }));
}

const NEAR_PX = 5;
const MARK_PX = 7;

/** What lies at a place: a mark on a lane, a commit's wait, else the nearest line. */
export function thingAt(plan: Plan, px: number, py: number): Spot | null {
  if (py < HEAD_PX) return null;
  return markAt(plan, px, py) ?? waitAt(plan, px, py) ?? lineAt(plan, px, py);
}

function markAt(plan: Plan, px: number, py: number): Spot | null {
  const lane = plan.lanes.all.find(({ x }) => Math.abs(px - x) <= MARK_PX);
  if (lane === undefined) return null;
  for (const run of runsOf(plan)) {
    const [first] = run.events;
    const last = run.events.at(-1);
    if (run.lane !== lane || first === undefined || last === undefined) continue;
    const near =
      run.events.length >= LEAST_RUN
        ? py > plan.yOf(first.atUs) - MARK_PX && py < plan.yOf(last.atUs) + MARK_PX
        : run.events.some(({ atUs }) => Math.abs(plan.yOf(atUs) - py) <= 4);
    if (near)
      return {
        id: `e${last.id}`,
        name: runWords(plan.view, run.events),
        stands: eventSubject(last),
        ...rect(lane.x - MARK_PX, py, 2 * MARK_PX, 1),
      };
  }
  return null;
}

function waitAt(plan: Plan, px: number, py: number): Spot | null {
  const box = waitBoxes(plan).find((each) =>
    contains(rect(each.x - 1, each.y, each.w + 2, each.h), { x: px, y: py }),
  );
  if (box === undefined) return null;
  const { commit, ...room } = box;
  return {
    id: `c${commit.lsn}`,
    name: commitWords(commit, plan.look.nowUs),
    stands: { kind: 'record', id: String(commit.lsn) },
    ...room,
  };
}

function lineAt(plan: Plan, px: number, py: number): Spot | null {
  let nearest: SentMessage | null = null;
  let leastPx = NEAR_PX;
  for (const seen of plan.messages) {
    const awayPx = distancePx(lineOf(plan, seen), px, py);
    if (awayPx >= leastPx) continue;
    leastPx = awayPx;
    nearest = seen.message;
  }
  return nearest === null ? null : messageSpot(plan, nearest, px, py);
}

function messageSpot(
  { view, look, telling }: Plan,
  message: SentMessage,
  px: number,
  py: number,
): Spot {
  return {
    id: `m${message.order}`,
    name: messageWords(view, message, look.nowUs, telling.isSlow(message)),
    stands: subjectOf(message),
    ...rect(px, py, 1, 1),
  };
}

/** How far a point is from a line between two others. */
function distancePx({ x0, y0, x1, y1 }: Line, px: number, py: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((px - x0) * dx + (py - y0) * dy) / Math.max(1, dx * dx + dy * dy);
  const share = Math.max(0, Math.min(1, along));
  return Math.hypot(px - (x0 + share * dx), py - (y0 + share * dy));
}
