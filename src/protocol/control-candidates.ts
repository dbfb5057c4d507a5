import { type Effect, send } from '../engine/effect.ts';
import { hostFor } from './control-hosts.ts';
import {
  type GroupWork,
  membershipIn,
  PATIENCE,
  type Repair,
  type Wanted,
  withMembership,
  withWanted,
  workIn,
} from './control-work.ts';
import { type Membership, placeOf } from './membership.ts';
import { memberOn, withName } from './membership-steps.ts';
import type { Carry, CopyOrder } from './messages-membership.ts';
import { note } from './note.ts';
import type { GroupId } from './record.ts';
import { azOfSlot, type HostId, type SegmentId, type Slot } from './topology.ts';

/**
 * A look at one wanted member: a host is asked to carry it, or the next one when the last has not answered
 * for `PATIENCE` rounds (SIGMOD'18 §4.1; the patience is a protocol choice).
 */
export function withCandidate(
  repair: Repair,
  group: GroupId,
  slot: Slot,
  effects: Effect[],
): Repair {
  const work = workIn(repair, group);
  const wanted = work?.wanted.find((each) => each.slot === slot);
  if (work === undefined || wanted === undefined) return repair;
  const silent = wanted.silent + 1;
  const waited = wanted.waited + 1;
  const isAsked = wanted.candidate !== null && silent < PATIENCE;
  if (wanted.added || wanted.joined || isAsked)
    return withWanted(repair, work, { ...wanted, silent, waited });
  const membership = membershipIn(repair, group);
  const host = hostFor(repair, membership, wanted);
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
