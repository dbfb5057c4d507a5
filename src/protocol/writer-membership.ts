import { type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { writeSetByIndex } from './membership.ts';
import type { Refused } from './messages.ts';
import type { AskGeometry } from './messages-growth.ts';
import type { MembershipIs } from './messages-membership.ts';
import { note } from './note.ts';
import { remembered } from './points.ts';
import { askWhoKnows, informed, isNews } from './seats.ts';
import { CONTROL } from './topology.ts';
import { copyOf, copyOfGroup, type Writer, type WriterGroup } from './writer.ts';
import { moveVolume } from './writer-acks.ts';
import { boardAgain } from './writer-issue.ts';
import { pointsTo } from './writer-points.ts';

/**
 * The writer learns who keeps a group from now on (SIGMOD'18 §4.1). What it has issued and not seen
 * durable goes to all of them at once, because those it went to before may have refused it. New members
 * hear of the writer even if it has nothing to write: else they would look silent to it (protocol choice).
 * What was decided after it was replaced is none of its business.
 */
export function adoptMembership(
  writer: Writer,
  { message, atUs }: Delivery<MembershipIs>,
): Outcome<Writer> {
  const group = writer.groups.at(message.membership.group);
  if (group === undefined || message.volume > writer.epoch) return [writer, []];
  if (!isNews(group, message)) return [writer, []];
  const effects: Effect[] = [];
  const { membership } = message;
  if (membership.epoch > group.epochs.membership)
    effects.push(
      note({
        type: 'membership-adopted',
        actor: writer.id,
        group: group.id,
        epoch: membership.epoch,
      }),
    );
  const next = copyOf(writer);
  const changed = regrouped(writer, group, message);
  const { pgcl } = changed.points;
  next.groups = writer.groups.with(group.id, changed);
  const joined = changed.members.filter((member) => !group.members.includes(member));
  effects.push(...pointsTo(joined, next, changed));
  const aboard = changed.boxcar[0]?.lsn ?? Number.MAX_SAFE_INTEGER;
  const open = writer.volume.pending
    .slice(0)
    .filter((record) => record.group === group.id && record.lsn > pgcl && record.lsn < aboard);
  if (open.length > 0) next.groups = boardAgain(next.groups, group.id, open, effects);
  if (pgcl === group.points.pgcl) return [next, effects];
  effects.push(note({ type: 'pgcl', group: group.id, from: group.points.pgcl, to: pgcl }));
  moveVolume(next, atUs, effects);
  return [next, effects];
}

function regrouped(
  { id, settings }: Writer,
  group: WriterGroup,
  message: MembershipIs,
): WriterGroup {
  const seats = informed(group, message, id);
  const quorum = writeSetByIndex(seats.membership);
  const from = seats.members.map((member) => group.members.indexOf(member));
  const next = copyOfGroup(group);
  next.membership = seats.membership;
  next.members = seats.members;
  next.hosts = seats.hosts;
  next.latencyUs = seats.latencyUs;
  next.epochs = seats.epochs;
  next.quorum = quorum;
  next.points = remembered(group.points, quorum, settings.pgclRule, from);
  next.heard = (1 << seats.members.length) - 1;
  return next;
}

/** While the volume is being opened: the phase that is under way goes on with the members of now. */
export function adoptInRecovery(
  writer: Writer,
  { message }: Delivery<MembershipIs>,
): Outcome<Writer> {
  const group = writer.groups.at(message.membership.group);
  if (group === undefined || message.volume > writer.epoch || !isNews(group, message))
    return [writer, []];
  const next = copyOf(writer);
  next.groups = writer.groups.with(group.id, regrouped(writer, group, message));
  return [next, []];
}

/** A member refused a write for an old membership: one more request brings the present one. */
export function refresh(writer: Writer, { message }: Delivery<Refused>): Outcome<Writer> {
  const group = writer.groups.at(message.group);
  if (group === undefined) return [writer, []];
  const asked = askWhoKnows(group, message.segment, message.epochs);
  if (message.epochs.geometry <= group.epochs.geometry) return [writer, asked];
  // A newer map may have more groups than this writer knows: only the control plane has all of it.
  const map: AskGeometry = { type: 'ASK_GEOMETRY', groups: writer.groups.length, full: false };
  return [writer, [...asked, send(CONTROL, map)]];
}
