import type { Lsn } from '../database/ids.ts';
import type { Membership, Place, Reform, Replacement, ReplaceReason } from './membership.ts';
import type { GroupId } from './record.ts';
import type { HostId, SegmentId, Slot } from './topology.ts';

/**
 * The steps of a membership change (SIGMOD'18 §4.1, Figure 5). Each gives the next membership; those that
 * change what counts for writes raise the epoch.
 */

/** The members after the first six are called g, h, … z, a2, b2, … */
const nameOf = (number: number): string => {
  const letter = String.fromCharCode('a'.charCodeAt(0) + (number % 26));
  return number < 26 ? letter : `${letter}${Math.floor(number / 26) + 1}`;
};

/** What the n-th member that a group ever had is called, on a given host. */
export const memberOn = (group: GroupId, number: number, host: HostId): SegmentId =>
  `${group}/${nameOf(number)}@${host}`;

/** One more name is given away, whether its bearer ever joins or not: none is used twice. */
export const withName = (membership: Membership): Membership => ({
  ...membership,
  named: membership.named + 1,
});

function withPlace(
  membership: Membership,
  slot: Slot,
  change: (place: Place) => Place,
): readonly Place[] {
  return membership.places.map((place) => (place.slot === slot ? change(place) : place));
}

/** A new member is added beside the one it may replace: from now on both ways have to be met. */
export function added(
  membership: Membership,
  slot: Slot,
  segment: SegmentId,
  reason: ReplaceReason,
): Membership {
  const replacement: Replacement = { segment, reason, joinedAt: null, hydrated: false };
  return {
    ...membership,
    epoch: membership.epoch + 1,
    places: withPlace(membership, slot, (place) => ({ ...place, replacement })),
  };
}

/** What a new member has to hold before it counts for reads, or that it holds it. The epoch stays. */
export function filled(
  membership: Membership,
  slot: Slot,
  progress: { readonly joinedAt: Lsn; readonly hydrated: boolean },
): Membership {
  return {
    ...membership,
    places: withPlace(membership, slot, (place) =>
      place.replacement === null
        ? place
        : { ...place, replacement: { ...place.replacement, ...progress } },
    ),
  };
}

/** Forwards: the new member has the place, the old one takes no part any more. */
export const forwards = (membership: Membership, slot: Slot): Membership => ({
  ...membership,
  epoch: membership.epoch + 1,
  places: withPlace(membership, slot, (place) => ({
    ...place,
    member: place.replacement?.segment ?? place.member,
    replacement: null,
  })),
});

/** Backwards: the old member keeps its place. */
export const backwards = (membership: Membership, slot: Slot): Membership => ({
  ...membership,
  epoch: membership.epoch + 1,
  places: withPlace(membership, slot, (place) => ({ ...place, replacement: null })),
});

/** On the way to another quorum model: writes have to meet both. */
export const reforming = (membership: Membership, towards: Reform): Membership => ({
  ...membership,
  epoch: membership.epoch + 1,
  towards,
});

/** Arrived at the other model. */
export const reformed = (membership: Membership): Membership => ({
  ...membership,
  epoch: membership.epoch + 1,
  model: membership.towards?.model ?? membership.model,
  away: membership.towards?.away ?? membership.away,
  towards: null,
});

/** The model stays as it was. */
export const unreformed = (membership: Membership): Membership => ({
  ...membership,
  epoch: membership.epoch + 1,
  towards: null,
});
