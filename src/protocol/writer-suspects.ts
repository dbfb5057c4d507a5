import {
  arm,
  type Delivery,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Vector } from '../engine/vector.ts';
import type { Epochs } from './epochs.ts';
import type { Answers, Suspect } from './messages-membership.ts';
import type { GroupPoints } from './points.ts';
import { askWhoKnows } from './seats.ts';
import { CONTROL, type SegmentId } from './topology.ts';
import { copyOf, copyOfGroup, type Writer, type WriterGroup } from './writer.ts';

/** Sets the time of the next look at members that leave writes unanswered. */
export function watchSoon(writer: Mutable<Writer>, effects: Effect[]): void {
  const { on, segmentUs } = writer.settings.detection;
  if (writer.watching || !on) return;
  effects.push(arm('watch', segmentUs, signal('WATCH')));
  writer.watching = true;
}

/**
 * A member is suspected when it lacks what another had acknowledged a whole period ago, and has said
 * nothing since (SIGMOD'18 §4.1: an instance that sees no timely acks; the period is a protocol choice).
 * Suspicion may be wrong: it starts a change that can be taken back.
 */
export function watch(writer: Writer, _: Delivery<Signal<'WATCH'>>): Outcome<Writer> {
  const effects: Effect[] = [];
  const next = copyOf(writer);
  next.watching = false;
  let anyBehind = false;
  for (const group of writer.groups) {
    const top = Math.max(...group.points.scl);
    anyBehind ||= group.points.scl.some((scl) => scl < top);
    for (const segment of silentIn(group)) {
      const suspect: Suspect = { type: 'SUSPECT', segment };
      effects.push(send(CONTROL, suspect));
    }
    next.groups = lookedAt(next.groups, group, top);
  }
  if (anyBehind || writer.volume.pending.length > 0) watchSoon(next, effects);
  return [next, effects];
}

/** Members in places of their own: the control plane itself looks after those being added. */
function silentIn({ membership, points, heard, due }: WriterGroup): readonly SegmentId[] {
  return membership.places.flatMap(({ member }, at) =>
    (points.scl[at] ?? 0) < due && (heard & (1 << at)) === 0 ? [member] : [],
  );
}

function lookedAt(
  groups: Vector<WriterGroup>,
  group: WriterGroup,
  top: number,
): Vector<WriterGroup> {
  if (group.due === top && group.heard === 0) return groups;
  const next = copyOfGroup(group);
  next.due = top;
  next.heard = 0;
  return groups.with(group.id, next);
}

/** A member that is being replaced because nobody heard of it acknowledges, and lacks nothing durable. */
export function isBack(group: WriterGroup, at: number, points: GroupPoints): readonly Effect[] {
  const place = group.membership.places[at];
  if (place === undefined || place.replacement?.reason !== 'suspected') return NO_EFFECTS;
  if ((points.scl[at] ?? 0) < points.pgcl) return NO_EFFECTS;
  const answers: Answers = { type: 'ANSWERS', group: group.id, segment: place.member };
  return [send(CONTROL, answers)];
}

/** A member knows a newer membership: the writer asks it for that (SIGMOD'18 §4.1). */
export const askMembership = (
  group: WriterGroup,
  who: SegmentId,
  presented: Epochs,
): readonly Effect[] => askWhoKnows(group, who, presented);
