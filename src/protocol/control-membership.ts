import { type ActorId, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import type { Control } from './control.ts';
import { withCandidate } from './control-candidates.ts';
import { reformIfComplete } from './control-reform.ts';
import { nextStep, recordedBy } from './control-steps.ts';
import {
  type GroupWork,
  membershipIn,
  type Repair,
  roundSoon,
  withMembership,
  withoutWork,
  withWanted,
  withWork,
  workIn,
} from './control-work.ts';
import { type Membership, membersOf, placeOf } from './membership.ts';
import type {
  Answers,
  Erase,
  Joined,
  MembershipIs,
  Recorded,
  Retiring,
  Round,
} from './messages-membership.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import type { GroupId } from './record.ts';
import { partsOf, type SegmentId } from './topology.ts';

/**
 * A look at a group that changes: hosts are asked to carry new members, members to record the present
 * epoch and to say how far they are complete. Everything is asked again until it is answered.
 */
export function round(control: Control, { message }: Delivery<Round>): Outcome<Control> {
  const { group } = message;
  const work = workIn(control.repair, group);
  if (work === undefined) return [control, []];
  const effects: Effect[] = [];
  let repair = withWork(control.repair, { ...work, rounds: work.rounds + 1 });
  for (const { slot } of work.wanted) repair = withCandidate(repair, group, slot, effects);
  const membership = membershipIn(repair, group);
  effects.push(...tell(membersOf(membership), membership, control));
  return proceed({ ...control, repair }, group, effects, true);
}

const tell = (
  to: readonly ActorId[],
  membership: Membership,
  { geometryEpoch: geometry, volumeEpoch: volume }: Control,
): readonly Effect[] => {
  const message: MembershipIs = { type: 'MEMBERSHIP', membership, geometry, volume };
  return to.map((id) => send(id, message));
};

/** A new member has begun to copy: it can be written into the membership. */
export function joined(control: Control, { message }: Delivery<Joined>): Outcome<Control> {
  const { group, segment } = message;
  const { repair } = control;
  const work = workIn(repair, group);
  const wanted = work?.wanted.find(({ candidate }) => candidate === segment);
  if (work === undefined || wanted === undefined) {
    // Said twice, and meanwhile it has become a member.
    const isMember = placeOf(membershipIn(repair, group), segment) !== undefined;
    return [control, isMember ? [] : [erase(segment)]];
  }
  const next = withWanted(repair, work, { ...wanted, joined: true, silent: 0 });
  return proceed({ ...control, repair: next }, group, [], false);
}

const erase = (segment: SegmentId): Effect => {
  const message: Erase = { type: 'ERASE', group: partsOf(segment).group };
  return send(segment, message);
};

/** A member has recorded the present epoch, or says again how far it is complete. */
export function recorded(control: Control, { message }: Delivery<Recorded>): Outcome<Control> {
  const { group, segment, epoch, scl, highest, based } = message;
  const { repair } = control;
  const work = workIn(repair, group);
  if (work === undefined || epoch !== membershipIn(repair, group).epoch) return [control, []];
  const others = work.reports.filter((report) => report.segment !== segment);
  const wanted = work.wanted.map((each) =>
    each.candidate === segment ? { ...each, silent: 0 } : each,
  );
  const next = { ...work, wanted, reports: [...others, { segment, scl, highest, based }] };
  return proceed({ ...control, repair: withWork(repair, next) }, group, [], false);
}

/** A suspected member acknowledges again: the change goes back, if it has not gone too far. */
export function answers(control: Control, { message }: Delivery<Answers>): Outcome<Control> {
  const { group, segment } = message;
  const work = workIn(control.repair, group);
  const wanted = work?.wanted.find((each) => each.segment === segment);
  if (work === undefined || wanted === undefined || wanted.reason !== 'suspected')
    return [control, []];
  const repair = withWanted(control.repair, work, { ...wanted, answered: true });
  return proceed({ ...control, repair }, group, [], false);
}

/** A replaced member asks whether it may erase what it holds: not before others certainly have it. */
export function retiring(control: Control, { message }: Delivery<Retiring>): Outcome<Control> {
  const { segment, group } = message;
  const { repair } = control;
  const stays = placeOf(membershipIn(repair, group), segment) !== undefined;
  const held = workIn(repair, group)?.retired.includes(segment) ?? false;
  return [control, stays || held ? [] : [erase(segment)]];
}

/** Goes as far as the reports allow: one step at a time, each recorded before the next begins. */
function proceed(
  control: Control,
  group: GroupId,
  effects: Effect[],
  isRound: boolean,
): Outcome<Control> {
  let next = reformIfComplete(counted(control, group, effects), effects);
  const work = workIn(next.repair, group);
  if (work === undefined) return [next, effects];
  const step = nextStep(next, work);
  if (step === null) {
    if (isRound) next = restOrGoOn(next, work, effects);
    return [next, effects];
  }
  const { membership, work: after, told } = step;
  const before = membershipIn(next.repair, group);
  const repair = withWork(withMembership(next.repair, membership), after);
  next = { ...next, repair };
  if (told !== null) effects.push(told);
  if (mutated(repair.settings.mutations, 'erase-before-recorded'))
    effects.push(...after.retired.map(erase));
  if (membership.epoch !== before.epoch) {
    effects.push(...tell(membersOf(membership), membership, next), roundSoon(group));
    return [next, effects];
  }
  if (told !== null) {
    const everyone = [...membersOf(membership), ...next.instances];
    effects.push(...tell(everyone, membership, next));
  }
  return proceed(next, group, effects, isRound);
}

/** Counts the reports: when they are enough, the instances hear of the present epoch. */
function counted(control: Control, group: GroupId, effects: Effect[]): Control {
  const { repair } = control;
  const work = workIn(repair, group);
  if (work === undefined || work.settled) return control;
  const membership = membershipIn(repair, group);
  const { recorded: enough, settled } = recordedBy(membership, work);
  if (!enough) return control;
  if (!work.recorded) effects.push(...tell(control.instances, membership, control));
  if (!work.recorded || settled)
    effects.push(
      note({
        type: 'membership-recorded',
        group,
        epoch: membership.epoch,
        segments: work.reports.map(({ segment }) => segment),
        byWriteQuorum: settled,
      }),
    );
  if (settled) effects.push(...work.retired.map(erase));
  const next = { ...work, recorded: true, settled, retired: settled ? [] : work.retired };
  return { ...control, repair: withWork(repair, next) };
}

/** Nothing to do at present: the next look is due, or all of it is over. */
function restOrGoOn(control: Control, work: GroupWork, effects: Effect[]): Control {
  const { group, wanted, reform, settled, before, retired } = work;
  const { towards } = membershipIn(control.repair, group);
  const isOver = wanted.length === 0 && reform === null && towards === null;
  if (isOver && settled && before === null) {
    effects.push(...retired.map(erase));
    return { ...control, repair: withoutWork(control.repair, group) };
  }
  effects.push(roundSoon(group));
  return control;
}

/** The control plane is back: it goes on with what it had begun. */
export const resumed = ({ works }: Repair): readonly Effect[] =>
  works.map(({ group }) => roundSoon(group, 0));
