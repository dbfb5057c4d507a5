import { type ActorId, type Effect, NO_EFFECTS, send } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import { type Epochs, FIRST_EPOCHS } from './epochs.ts';
import { isNewer, type Membership, membersOf } from './membership.ts';
import type { ReadRefused } from './messages.ts';
import type { AskMembership, MembershipIs } from './messages-membership.ts';
import type { Overdue } from './page-fetch.ts';
import {
  type Az,
  type HostId,
  hostOfSegment,
  partsOf,
  type SegmentId,
  zoneOfHost,
  zoneOfInstance,
} from './topology.ts';

/** What an instance knows of those who keep a group: arrays in the order of `members`. */
export interface Seats {
  readonly membership: Membership;
  readonly members: readonly SegmentId[];
  readonly hosts: readonly HostId[];
  /** Smoothed time of a page read from each member (SIGMOD'18 §3.1). */
  readonly latencyUs: readonly Micros[];
  /** What every request about the group presents: one shared object. */
  readonly epochs: Epochs;
}

/** Seats after a change: what is known of those who stay, stays. */
function reseated(seats: Seats, membership: Membership, instance: ActorId): Seats {
  const members = membersOf(membership);
  const zone = zoneOfInstance(instance);
  const at = members.map((id) => seats.members.indexOf(id));
  const hosts = members.map((id, i) => partsOf(id).host ?? seats.hosts[at[i] ?? -1] ?? '');
  const latencyUs = hosts.map((host, i) => seats.latencyUs[at[i] ?? -1] ?? firstGuess(host, zone));
  const epochs = { ...seats.epochs, membership: membership.epoch };
  return { membership, members, hosts, latencyUs, epochs };
}

const firstGuess = (host: HostId, zone: Az): Micros =>
  zoneOfHost(host) === zone ? SAME_ZONE_US : OTHER_ZONE_US;

/** What a page read is expected to take before any was measured. */
const SAME_ZONE_US = 450;
const OTHER_ZONE_US = 1_150;

/** The members of a group as an instance sees them at first: their hosts, and guesses of latencies. */
export function seatsOf(membership: Membership, instance: ActorId, hostsPerZone: number): Seats {
  const members = membersOf(membership);
  const hosts = members.map((id) => hostOfSegment(hostsPerZone, id));
  const zone = zoneOfInstance(instance);
  const latencyUs = hosts.map((host) => firstGuess(host, zone));
  const epochs =
    membership.epoch === 1 ? FIRST_EPOCHS : { ...FIRST_EPOCHS, membership: membership.epoch };
  return { membership, members, hosts, latencyUs, epochs };
}

/** A segment knows a newer membership than a refused read claimed: it is asked for it (SIGMOD'18 §4.1). */
export function askIfStale(
  seats: Seats | undefined,
  message: ReadRefused | Overdue,
): readonly Effect[] {
  if (seats === undefined || message.type !== 'READ_REFUSED') return NO_EFFECTS;
  return askWhoKnows(seats, message.segment, message.epochs);
}

/** One more request, to whoever presented newer epochs of the group. */
export function askWhoKnows(
  { membership: { group }, epochs }: Seats,
  who: ActorId,
  presented: Epochs,
): readonly Effect[] {
  if (presented.membership <= epochs.membership && presented.geometry <= epochs.geometry)
    return NO_EFFECTS;
  const ask: AskMembership = { type: 'ASK_MEMBERSHIP', group };
  return [send(who, ask)];
}

/** Whether a membership says anything that is not known. */
export const isNews = (seats: Seats, { membership, geometry }: MembershipIs): boolean =>
  isNewer(membership, seats.membership) || geometry > seats.epochs.geometry;

/** The seats after that, with the geometry it came with. */
export function informed(
  seats: Seats,
  { membership, geometry }: MembershipIs,
  instance: ActorId,
): Seats {
  const newer = isNewer(membership, seats.membership);
  const next = newer ? reseated(seats, membership, instance) : seats;
  const epochs = { ...next.epochs, geometry: Math.max(geometry, next.epochs.geometry) };
  return { ...next, epochs };
}
