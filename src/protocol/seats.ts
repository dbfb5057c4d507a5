import type { ActorId } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import { type Epochs, FIRST_EPOCHS } from './epochs.ts';
import { type Membership, membersOf } from './membership.ts';
import {
  type HostId,
  hostOfSegment,
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

/** What a page read is expected to take before any was measured. */
const SAME_ZONE_US = 450;
const OTHER_ZONE_US = 1_150;

/** The members of a group as an instance sees them at first: their hosts, and guesses of latencies. */
export function seatsOf(membership: Membership, instance: ActorId, hostsPerZone: number): Seats {
  const members = membersOf(membership);
  const hosts = members.map((id) => hostOfSegment(hostsPerZone, id));
  const zone = zoneOfInstance(instance);
  const latencyUs = hosts.map((host) => (zoneOfHost(host) === zone ? SAME_ZONE_US : OTHER_ZONE_US));
  const epochs =
    membership.epoch === 1 ? FIRST_EPOCHS : { ...FIRST_EPOCHS, membership: membership.epoch };
  return { membership, members, hosts, latencyUs, epochs };
}
