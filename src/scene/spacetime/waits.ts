import type { CommitLife } from '../../history/commits.ts';
import type { Pen } from '../pen.ts';
import { commitStrength } from './emphasis.ts';
import type { Plan } from './plan.ts';

/** A commit's wait in the picture. */
export interface WaitBox {
  readonly commit: CommitLife;
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

const WIDTH_PX = 6;
const APART_PX = 2;
/** More at a time lie over each other in the last place. */
const MOST_ABREAST = 4;
/** A heavy end of the part in which the quorum was completed. */
const SEAL_PX = 3;

/** Where waits stand: left of the writer's lane, those at the same time beside each other. */
export function waitBoxes({ commits, look, yOf, narrow }: Plan): readonly WaitBox[] {
  const until: number[] = [];
  const most = narrow ? 2 : MOST_ABREAST;
  return commits.map(({ commit, lane }) => {
    const endUs = commit.durableUs ?? commit.brokenUs ?? look.nowUs;
    const free = until.findIndex((each) => each <= commit.closedUs);
    const place = free >= 0 ? free : Math.min(until.length, most - 1);
    until[place] = Math.max(until[place] ?? 0, endUs);
    const y = yOf(commit.closedUs);
    const x = lane.x - 5 - WIDTH_PX - place * (WIDTH_PX + APART_PX);
    return { commit, x, y, w: WIDTH_PX, h: Math.max(2, yOf(endUs) - y) };
  });
}

/** Every wait as a bar that grows more solid with every acknowledgement, and ends at the durable point. */
export function drawWaits(pen: Pen, plan: Plan): void {
  const boxes = waitBoxes(plan);
  plan.commits.forEach((seen, i) => {
    const box = boxes[i];
    if (box === undefined) return;
    const strength = commitStrength(plan, seen);
    pen.for(`c${seen.commit.lsn}`, strength, () => drawWait(pen, plan, box));
  });
}

function drawWait(pen: Pen, { yOf, look }: Plan, { commit, x, y, w, h }: WaitBox): void {
  const { ink } = pen;
  // What comes after the durable point has nobody waiting for it.
  const acks = commit.acks.filter(({ atUs }) => atUs <= (commit.durableUs ?? look.nowUs));

  const stops = [...acks.map(({ atUs }) => yOf(atUs)), y + h];
  let from = y;
  stops.forEach((to, k) => {
    const box = { x, y: from, w, h: to - from };
    pen.rect(`part ${k}`, 'edge', box, 0, { fill: ink.ack }, 0.14 + 0.2 * Math.min(4, k));
    from = to;
  });
  pen.rect('frame', 'edge', { x, y, w, h }, 1.5, { stroke: ink.ackStroke, width: 1 });
  const [sealed, plain] = [acks.filter(({ seals }) => seals), acks.filter(({ seals }) => !seals)];
  const cut = (at: number, beyond: number) => [x - beyond, yOf(at), x + w + beyond, yOf(at)];
  const thin = { stroke: ink.ackStroke, width: 1.25 };
  pen.lines(
    'acks',
    'seal',
    plain.flatMap(({ atUs }) => cut(atUs, 0)),
    thin,
  );
  const heavy = { stroke: ink.ackStroke, width: SEAL_PX };
  pen.lines(
    'seal',
    'seal',
    sealed.flatMap(({ atUs }) => cut(atUs, SEAL_PX)),
    heavy,
  );
  if (commit.brokenUs === null || commit.brokenUs > look.nowUs) return;
  pen.hatch('broken', { x, y, w, h }, 0, ink.fail, 0.6, 4);
  pen.lines('broken end', 'mark', cut(commit.brokenUs, 4), { stroke: ink.failText, width: 2.25 });
}
