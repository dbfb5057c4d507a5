import {
  type ActorId,
  arm,
  type Delivery,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { isSegment } from './cluster.ts';
import type { Control } from './control.ts';
import { hostForMember, segmentsAt } from './control-hosts.ts';
import { reformIfComplete } from './control-reform.ts';
import { nextStep, recordedBy } from './control-steps.ts';
import {
  type GroupWork,
  membershipIn,
  newWork,
  type Repair,
  roundSoon,
  type Wanted,
  withMembership,
  withoutWork,
  withWork,
  workIn,
} from './control-work.ts';
import { type Membership, membersOf, placeOf, type ReplaceReason } from './membership.ts';
import { memberOn, withName } from './membership-steps.ts';
import type { Replace } from './messages.ts';
import type {
  Answers,
  AskMembership,
  Carry,
  CopyOrder,
  Erase,
  HostLost,
  HostMissed,
  Joined,
  MembershipIs,
  Recorded,
  Retiring,
  Round,
  Suspect,
} from './messages-membership.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import type { GroupId } from './record.ts';
import { azOfSlot, CONTROL, type HostId, partsOf, type SegmentId } from './topology.ts';

/** Rounds after which an order to a host, or a step, counts as unanswered. */
const PATIENCE = 5;

/** The writer suspects a member: the search for another begins (SIGMOD'18 §4.1). */
export function suspect(control: Control, { message, from }: Delivery<Suspect>): Outcome<Control> {
  const { group, segment } = message;
  const effects: Effect[] = [];
  const repair = want(control.repair, segment, 'suspected', effects, () =>
    note({ type: 'suspected', group, segment, by: from }),
  );
  return [withRepair(control, repair), effects];
}

/** Somebody orders a segment, or all segments of a host, to be replaced (SIGMOD'17 §2.3). */
export function replace(control: Control, { message, from }: Delivery<Replace>): Outcome<Control> {
  const { target, reason } = message;
  const segments = isSegment(target) ? [target] : segmentsAt(control.repair, target);
  const effects: Effect[] = [];
  let { repair } = control;
  for (const segment of segments)
    repair = want(repair, segment, reason, effects, () =>
      note({ type: 'suspected', group: partsOf(segment).group, segment, by: from }),
    );
  return [withRepair(control, repair), effects];
}

/** A machine is gone for good: after the time that any suspicion takes, its members are replaced. */
export function hostLost(control: Control, { message }: Delivery<HostLost>): Outcome<Control> {
  const { repair } = control;
  const { host } = message;
  if (!repair.settings.detection.on) return [control, NO_EFFECTS];
  const lostHosts = [...repair.lostHosts.filter((each) => each !== host), host];
  return [{ ...control, repair: { ...repair, lostHosts } }, [missedLater(repair, host)]];
}

function missedLater({ settings }: Repair, host: HostId): Effect {
  const missed: HostMissed = { type: 'HOST_MISSED', host };
  return arm(`lost ${host}`, settings.detection.segmentUs, missed);
}

export function hostMissed(control: Control, { message }: Delivery<HostMissed>): Outcome<Control> {
  const { host } = message;
  const effects: Effect[] = [];
  const lostHosts = control.repair.lostHosts.filter((each) => each !== host);
  let repair: Repair = { ...control.repair, lostHosts };
  for (const segment of segmentsAt(repair, host))
    repair = want(repair, segment, 'suspected', effects, () =>
      note({ type: 'suspected', group: partsOf(segment).group, segment, by: CONTROL }),
    );
  return [{ ...control, repair }, effects];
}

const withRepair = (control: Control, repair: Repair): Control =>
  repair === control.repair ? control : { ...control, repair };

/** One more member to be replaced, unless that is under way or the segment takes no part. */
function want(
  repair: Repair,
  segment: SegmentId,
  reason: ReplaceReason,
  effects: Effect[],
  told: () => Effect,
): Repair {
  const { group } = partsOf(segment);
  const membership = membershipIn(repair, group);
  const place = placeOf(membership, segment);
  const work = workIn(repair, group) ?? newWork(group);
  if (place === undefined || place.member !== segment) return repair;
  if (work.wanted.some((each) => each.segment === segment)) return repair;
  effects.push(told());
  if (workIn(repair, group) === undefined) effects.push(roundSoon(group, 0));
  const wanted: Wanted = {
    slot: place.slot,
    segment,
    reason,
    number: null,
    candidate: null,
    joined: false,
    added: false,
    tried: [],
    answered: false,
    silent: 0,
    waited: 0,
  };
  return withWork(repair, { ...work, wanted: [...work.wanted, wanted] });
}

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
  for (const { slot } of work.wanted) repair = placed(repair, group, slot, effects);
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

/** Looks for a host, or asks the next one when the last has not answered. */
function placed(repair: Repair, group: GroupId, slot: Wanted['slot'], effects: Effect[]): Repair {
  const work = workIn(repair, group);
  const wanted = work?.wanted.find((each) => each.slot === slot);
  if (work === undefined || wanted === undefined) return repair;
  const silent = wanted.silent + 1;
  const waited = wanted.waited + 1;
  const isAsked = wanted.candidate !== null && silent < PATIENCE;
  if (wanted.added || wanted.joined || isAsked)
    return withWanted(repair, work, { ...wanted, silent, waited });
  const membership = membershipIn(repair, group);
  const host = hostForMember(repair, membership, wanted);
  if (host !== null) return ordered(repair, work, wanted, host, effects);
  if (wanted.silent === 0)
    effects.push(note({ type: 'no-host', group, segment: wanted.segment, az: azOfSlot(slot) }));
  return withWanted(repair, work, { ...wanted, silent, waited });
}

/** The host is asked to carry a new member, which is named now if it was not before. */
function ordered(
  repair: Repair,
  work: GroupWork,
  wanted: Wanted,
  host: HostId,
  effects: Effect[],
): Repair {
  const { group } = work;
  const { segment, reason, tried } = wanted;
  const membership = membershipIn(repair, group);
  const number = wanted.number ?? membership.named;
  const candidate = memberOn(group, number, host);
  const order: CopyOrder = {
    membership,
    kind: placeOf(membership, segment)?.kind ?? 'full',
    sources: sourcesFor(repair, membership, wanted),
    copyUs: Math.ceil((repair.settings.segmentBytes * 8) / repair.settings.copyMbps),
  };
  const carry: Carry = { type: 'CARRY', segment: candidate, order };
  effects.push(send(host, carry));
  if (!tried.includes(host))
    effects.push(
      note({ type: 'host-chosen', group, segment: candidate, instead: segment, reason }),
    );
  const asked = tried.includes(host) ? [host] : [...tried, host];
  const waited = wanted.waited + 1;
  const next = withWanted(repair, work, {
    ...wanted,
    ...{ number, candidate, tried: asked, silent: 0, waited },
  });
  return wanted.number === null ? withMembership(next, withName(membership)) : next;
}

/** Full peers, suspected ones last; groups and places begin with different ones, to share the work. */
function sourcesFor(
  repair: Repair,
  membership: Membership,
  { slot }: Wanted,
): readonly SegmentId[] {
  const suspects = workIn(repair, membership.group)?.wanted.map(({ segment }) => segment) ?? [];
  const full = membership.places.filter(({ kind }) => kind === 'full').map(({ member }) => member);
  const well = full.filter((member) => !suspects.includes(member));
  const at = (membership.group + slot.charCodeAt(0)) % Math.max(1, well.length);
  const others = full.filter((member) => suspects.includes(member));
  return [...well.slice(at), ...well.slice(0, at), ...others];
}

const withWanted = (repair: Repair, work: GroupWork, wanted: Wanted): Repair =>
  withWork(repair, {
    ...work,
    wanted: work.wanted.map((each) => (each.slot === wanted.slot ? wanted : each)),
  });

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
  const { group, segment, epoch, scl, based } = message;
  const { repair } = control;
  const work = workIn(repair, group);
  if (work === undefined || epoch !== membershipIn(repair, group).epoch) return [control, []];
  const others = work.reports.filter((report) => report.segment !== segment);
  const wanted = work.wanted.map((each) =>
    each.candidate === segment ? { ...each, silent: 0 } : each,
  );
  const next = { ...work, wanted, reports: [...others, { segment, scl, based }] };
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

/** Anybody may ask who keeps a group. */
export function answerMembership(
  control: Control,
  { message, from }: Delivery<AskMembership>,
): Outcome<Control> {
  const membership = membershipIn(control.repair, message.group);
  return [control, tell([from], membership, control)];
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
  const step = nextStep(next, work, PATIENCE);
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
    const everyone = [...membersOf(membership), ...next.repair.settings.instances];
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
  const { recorded: enough, settled } = recordedBy(membership, work, PATIENCE);
  if (!enough) return control;
  if (!work.recorded) effects.push(...tell(repair.settings.instances, membership, control));
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
export const resumed = ({ repair }: Control): readonly Effect[] => [
  ...repair.works.map(({ group }) => roundSoon(group, 0)),
  ...repair.lostHosts.map((host) => missedLater(repair, host)),
];
