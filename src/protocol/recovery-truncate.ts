import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signal, signal } from '../engine/signal.ts';
import { mutated } from './mutations.ts';
import {
  foundBy,
  type GroupPoll,
  isWriteQuorum,
  RECOVERY_AGAIN_US,
  recoveryOf,
} from './recovery.ts';
import type { RangeRecorded, RecordRange, Truncate, Truncated } from './recovery-messages.ts';
import { CONTROL, type SegmentId } from './topology.ts';
import { copyOf, copyOfGroup, type Writer, type WriterGroup } from './writer.ts';

/**
 * The truncation range goes to the control plane first, then to the segments: a recovery that follows
 * upon this one then knows of every range that any segment may have acted on (protocol choice).
 */
export function recordRange(writer: Mutable<Writer>, effects: Effect[]): void {
  const { id, boot } = writer;
  const recovery = recoveryOf(writer);
  if (recovery.range === null || mutated(writer.settings.mutations, 'no-truncation')) {
    writer.recovery = { ...recovery, isRecorded: true };
    truncate(writer, effects);
    return;
  }
  const tails = foundBy(writer).groups.map(({ tail }) => tail);
  const message: RecordRange = {
    type: 'RECORD_RANGE',
    instance: id,
    boot,
    range: recovery.range,
    tails,
  };
  effects.push(
    send(CONTROL, message),
    arm('recovery', RECOVERY_AGAIN_US, signal('RECOVERY_AGAIN')),
  );
}

/** The range is on record: every segment may hear of it. */
export function rangeRecorded(
  writer: Writer,
  { message }: Delivery<RangeRecorded>,
): Outcome<Writer> {
  if (message.epoch !== writer.epoch) return [writer, []];
  const recovery = recoveryOf(writer);
  const range = message.ranges.find(({ epoch }) => epoch === writer.epoch) ?? recovery.range;
  const next = copyOf(writer);
  next.ranges = message.ranges;
  next.recovery = { ...recovery, range, isRecorded: true };
  const effects: Effect[] = [];
  truncate(next, effects);
  return [next, effects];
}

function truncate(writer: Writer, effects: Effect[]): void {
  const { polls } = recoveryOf(writer);
  polls.forEach(({ truncated }, id) => {
    const group = writer.groups.at(id);
    if (group === undefined) return;
    const { epochs, members } = group;
    const message: Truncate = { type: 'TRUNCATE', group: id, epochs, ranges: writer.ranges };
    for (const member of members)
      if (!truncated.includes(member)) effects.push(send(member, message));
  });
  effects.push(arm('recovery', RECOVERY_AGAIN_US, signal('RECOVERY_AGAIN')));
}

/** Who has not confirmed is asked again. */
export function truncateAgain(
  writer: Writer,
  _: Delivery<Signal<'RECOVERY_AGAIN'>>,
): Outcome<Writer> {
  const effects: Effect[] = [];
  const next = copyOf(writer);
  if (recoveryOf(writer).isRecorded) truncate(next, effects);
  else recordRange(next, effects);
  return [next, effects];
}

/**
 * A segment has the new epoch and the range on record. With a write quorum of every group no older
 * writer can make anything durable, whoever answered the recovery read (SIGMOD'18 §2.4).
 */
export function truncated(writer: Writer, delivery: Delivery<Truncated>): Outcome<Writer> {
  const next = recorded(writer, delivery.message);
  if (next === null) return [writer, []];
  const { polls } = recoveryOf(next);
  const isDone = polls.every(({ truncated: members }, id) => {
    const group = next.groups.at(id);
    return (
      group === undefined ||
      isWriteQuorum(group, (at) => members.some((member) => member === group.members[at]))
    );
  });
  return [next, isDone ? [arm('phase', 0, signal('TRUNCATION_DONE'))] : []];
}

/** What a segment's word adds to what is known; null when it is of another epoch. */
export function recorded(
  writer: Writer,
  { segment, group: id, epochs, scl }: Truncated,
): Writer | null {
  const recovery = recoveryOf(writer);
  const group = writer.groups.at(id);
  const before = recovery.polls[id];
  if (group === undefined || before === undefined || epochs.volume !== writer.epoch) return null;
  const { answers, truncated: known } = before;
  const after: GroupPoll = {
    answers,
    truncated: known.includes(segment) ? known : [...known, segment],
  };
  const next = copyOf(writer);
  next.groups = writer.groups.with(id, completeTo(group, segment, scl));
  next.recovery = { ...recovery, polls: recovery.polls.with(id, after) };
  return next;
}

/** The group as known once a member has said how far it is complete. */
export function completeTo(group: WriterGroup, segment: SegmentId, scl: number): WriterGroup {
  const at = group.members.indexOf(segment);
  const { points } = group;
  if (at < 0 || (points.scl[at] ?? 0) >= scl) return group;
  const next = copyOfGroup(group);
  next.points = { scl: points.scl.with(at, scl), pgcl: points.pgcl, tail: points.tail, held: [] };
  return next;
}
