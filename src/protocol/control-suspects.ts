import {
  type ActorId,
  arm,
  type Delivery,
  type Effect,
  NO_EFFECTS,
  type Outcome,
} from '../engine/effect.ts';
import { isSegment } from './cluster.ts';
import type { Control } from './control.ts';
import { withoutHost } from './control-growth.ts';
import { segmentsAt } from './control-hosts.ts';
import {
  membershipIn,
  newWork,
  type Repair,
  roundSoon,
  type Wanted,
  withWork,
  workIn,
} from './control-work.ts';
import { placeOf, type ReplaceReason } from './membership.ts';
import type { Replace } from './messages.ts';
import type { HostLost, HostMissed, Suspect } from './messages-membership.ts';
import { note } from './note.ts';
import { CONTROL, type HostId, partsOf, type SegmentId } from './topology.ts';

/** The writer suspects a member: the search for another begins (SIGMOD'18 §4.1). */
export const suspect = (control: Control, { message, from }: Delivery<Suspect>): Outcome<Control> =>
  want(control, [message.segment], 'suspected', from);

/** Somebody orders a segment, or all segments of a host, to be replaced (SIGMOD'17 §2.3). */
export function replace(control: Control, { message, from }: Delivery<Replace>): Outcome<Control> {
  const { target, reason } = message;
  const segments = isSegment(target) ? [target] : segmentsAt(control.repair, target);
  return want(control, segments, reason, from);
}

/**
 * A machine is gone for good (SIGMOD'18 §4.1: a monitoring agent says so): after the time that any
 * suspicion takes, its members are replaced.
 */
export function hostLost(control: Control, { message }: Delivery<HostLost>): Outcome<Control> {
  const { repair, detection } = control;
  const { host } = message;
  if (!detection.on) return [control, NO_EFFECTS];
  const lostHosts = [...repair.lostHosts.filter((each) => each !== host), host];
  return [{ ...control, repair: { ...repair, lostHosts } }, [missedLater(control, host)]];
}

function missedLater({ detection }: Control, host: HostId): Effect {
  const missed: HostMissed = { type: 'HOST_MISSED', host };
  return arm(`lost ${host}`, detection.segmentUs, missed);
}

/** That time has passed: whatever the lost host carries now is to be replaced. */
export function hostMissed(control: Control, { message }: Delivery<HostMissed>): Outcome<Control> {
  const { repair } = control;
  const { host } = message;
  const lostHosts = repair.lostHosts.filter((each) => each !== host);
  const growth = withoutHost(control.growth, host);
  const next = { ...control, repair: { ...repair, lostHosts }, growth };
  return want(next, segmentsAt(repair, host), 'suspected', CONTROL);
}

/** The control plane is back: the hosts it knew to be lost are missed once more. */
export const missedAgain = (control: Control): readonly Effect[] =>
  control.repair.lostHosts.map((host) => missedLater(control, host));

/** Members to be replaced, but for those of which that is under way or that take no part. */
function want(
  control: Control,
  segments: readonly SegmentId[],
  reason: ReplaceReason,
  by: ActorId,
): Outcome<Control> {
  const effects: Effect[] = [];
  let { repair } = control;
  for (const segment of segments) {
    const wanted = newWanted(repair, segment, reason);
    if (wanted === null) continue;
    const { group } = partsOf(segment);
    const work = workIn(repair, group);
    effects.push(note({ type: 'suspected', group, segment, by }));
    if (work === undefined) effects.push(roundSoon(group, 0));
    const known = work ?? newWork(group);
    repair = withWork(repair, { ...known, wanted: [...known.wanted, wanted] });
  }
  return [repair === control.repair ? control : { ...control, repair }, effects];
}

/** What is wanted in the place of a member; null when that is under way, or it is not one. */
function newWanted(repair: Repair, segment: SegmentId, reason: ReplaceReason): Wanted | null {
  const { group } = partsOf(segment);
  const place = placeOf(membershipIn(repair, group), segment);
  if (place === undefined || place.member !== segment) return null;
  const isKnown = workIn(repair, group)?.wanted.some((each) => each.segment === segment) ?? false;
  if (isKnown) return null;
  return {
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
}
