import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import {
  countedAnswers,
  type GroupPoll,
  type Heard,
  hasReadQuorum,
  RECOVERY_AGAIN_US,
  recoveryOf,
} from './recovery.ts';
import type { RecoveryRead, RecoveryState } from './recovery-messages.ts';
import { rangeAfter, recoverPoints } from './recovery-points.ts';
import { recordRange } from './recovery-truncate.ts';
import { copyOf, copyOfGroup, type Writer, type WriterGroup } from './writer.ts';

/** With read quorums everywhere, late answers are waited for so long (protocol choice). */
const GRACE_US = 50_000;

/**
 * Asks every member of every group what it holds. The question carries the new epoch, so that a member
 * promises, with its answer, to listen to no older one: else a record could become durable behind
 * recovery's back (protocol choice of order; the 2018 paper tells it after the read).
 */
export function poll(writer: Writer, effects: Effect[]): void {
  const { polls, warm } = recoveryOf(writer);
  const { ranges, settings, epoch } = writer;
  const isPromise = !mutated(settings.mutations, 'epoch-after-recovery-read');
  polls.forEach(({ answers }, id) => {
    const group = writer.groups.at(id);
    if (group === undefined) return;
    const epochs = { ...group.epochs, volume: isPromise ? epoch : epoch - 1 };
    const message: RecoveryRead = {
      type: 'RECOVERY_READ',
      group: id,
      epochs,
      ranges,
      above: warm?.vdl ?? null,
    };
    for (const member of group.members)
      if (!answers.some(({ segment }) => segment === member)) effects.push(send(member, message));
  });
  effects.push(arm('recovery', RECOVERY_AGAIN_US, signal('RECOVERY_AGAIN')));
}

/** Who has not answered is asked again. */
export function pollAgain(writer: Writer, _: Delivery<Signal<'RECOVERY_AGAIN'>>): Outcome<Writer> {
  const effects: Effect[] = [];
  poll(writer, effects);
  return [writer, effects];
}

/** A member's answer. With a read quorum of every group the volume's points can be computed. */
export function heard(writer: Writer, { message, atUs }: Delivery<RecoveryState>): Outcome<Writer> {
  const recovery = recoveryOf(writer);
  const group = writer.groups.at(message.group);
  const before = recovery.polls[message.group];
  const isMine =
    message.epochs.volume === writer.epoch || message.epochs.volume === writer.epoch - 1;
  if (group === undefined || before === undefined || !isMine) return [writer, []];
  const after = withAnswer(before, message);
  const polls = recovery.polls.with(message.group, after);
  const next = copyOf(writer);
  const effects: Effect[] = [
    note({
      type: 'recovery-answered',
      instance: writer.id,
      segment: message.segment,
      group: message.group,
      scl: message.scl,
      records: message.records.filter(({ lsn }) => lsn > message.hint).length,
      answers: after.answers.length,
      hasReadQuorum: hasReadQuorum(group, after),
    }),
  ];
  const isEnough = recovery.isEnough || everyGroup(next, polls, hasReadQuorum);
  const hasAll = everyGroup(
    next,
    polls,
    ({ members }, { answers }) => answers.length === members.length,
  );
  if (hasAll) effects.push(arm('grace', 0, signal('GRACE_OVER')));
  else if (isEnough && !recovery.isEnough)
    effects.push(arm('grace', GRACE_US, signal('GRACE_OVER')));
  next.recovery = { ...recovery, polls, isEnough };
  next.vdlAtUs = atUs;
  return [next, effects];
}

function withAnswer({ answers, truncated }: GroupPoll, state: RecoveryState): GroupPoll {
  const { segment, scl, hint, tail, records } = state;
  const answer: Heard = { segment, scl, hint, tail, records };
  return { answers: [...answers.filter((each) => each.segment !== segment), answer], truncated };
}

function everyGroup(
  { groups }: Writer,
  polls: readonly GroupPoll[],
  holds: (group: WriterGroup, poll: GroupPoll) => boolean,
): boolean {
  return polls.every((each, id) => {
    const group = groups.at(id);
    return group === undefined || holds(group, each);
  });
}

/**
 * Enough was heard: the points of the volume are what the answers give (SIGMOD'17 §4.3). Everything
 * above the new VDL is to be annulled.
 */
export function decide(writer: Writer, _: Delivery<Signal<'GRACE_OVER'>>): Outcome<Writer> {
  const recovery = recoveryOf(writer);
  const { epoch, ranges, settings } = writer;
  const { mutations, allocationLimit } = settings;
  const answers = [...writer.groups].map((group, id) => {
    const each = recovery.polls[id];
    return each === undefined ? [] : countedAnswers(group, each);
  });
  const rule = mutated(mutations, 'per-record-with-max-scl') ? 'max-scl' : 'union';
  const found = recoverPoints(answers, rule);
  const range = rangeAfter(epoch, found.vdl, ranges, allocationLimit);
  const effects: Effect[] = [
    note({
      type: 'recovery-points',
      instance: writer.id,
      epoch,
      vcl: found.vcl,
      vdl: found.vdl,
      surviving: found.groups.reduce((sum, { surviving }) => sum + surviving.length, 0),
      annulled: found.annulled.length,
    }),
    note({ type: 'recovery', instance: writer.id, phase: 'truncating', epoch }),
  ];
  const next = copyOf(writer);
  let { groups } = writer;
  found.groups.forEach(({ tail }, id) => {
    const group = groups.at(id);
    if (group !== undefined) groups = groups.with(id, ended(group, tail, answers[id] ?? []));
  });
  next.groups = groups;
  next.recovery = { ...recovery, found, range };
  recordRange(next, effects);
  return [next, effects];
}

/** A group that ends where recovery cut it: whoever is complete to there is known by its answer. */
function ended(group: WriterGroup, tail: number, answers: readonly Heard[]): WriterGroup {
  const next = copyOfGroup(group);
  const sclOf = (member: string): number =>
    answers.find(({ segment }) => segment === member)?.scl ?? 0;
  const scl = group.members.map((member) => Math.min(sclOf(member), tail));
  next.points = { scl, pgcl: tail, tail, held: [] };
  next.durableTail = tail;
  return next;
}
