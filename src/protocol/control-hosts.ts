import { membershipsIn, type Repair, type Wanted, workIn } from './control-work.ts';
import { type Membership, membersOf } from './membership.ts';
import { turnOf } from './placement.ts';
import type { GroupId } from './record.ts';
import {
  azOfSlot,
  type HostId,
  hostIds,
  hostOfSegment,
  type SegmentId,
  type Slot,
  zoneOfHost,
} from './topology.ts';

/**
 * The host that is to carry a place of a group, an old one's or a new one's: in the zone of the place, none
 * that carries or was promised another member of the group, rather none whose own segments are suspected,
 * and of these the best (see `bestOf`), promises counted (protocol choice). Null when the zone has none.
 */
export function hostFor(
  repair: Repair,
  membership: Membership,
  { slot, tried }: Pick<Wanted, 'slot' | 'tried'>,
): HostId | null {
  const { group } = membership;
  const others = workIn(repair, group)?.wanted.filter((each) => each.slot !== slot) ?? [];
  const promised = others.flatMap(({ candidate }) => candidate ?? []);
  const open = openHosts(repair, slot, [...membersOf(membership), ...promised]);
  const suspected = suspectedHosts(repair);
  const well = open.filter((host) => !suspected.has(host));
  const loads = loadsOf(repair, [...segmentsOf(repair), ...promisedSegments(repair)]);
  return bestOf(repair, group, well.length > 0 ? well : open, tried, loads);
}

/** Hosts in the zone of a place that carry none of these segments. */
function openHosts(
  { settings: { hostsPerZone } }: Repair,
  slot: Slot,
  segments: readonly SegmentId[],
): readonly HostId[] {
  const taken = segments.map((id) => hostOfSegment(hostsPerZone, id));
  return hostIds(hostsPerZone).filter(
    (host) => zoneOfHost(host) === azOfSlot(slot) && !taken.includes(host),
  );
}

/**
 * Of these hosts one that was asked least often and has not answered, of these the one with the fewest
 * segments; of several the one whose turn it is.
 */
function bestOf(
  { settings: { hostsPerZone } }: Repair,
  group: GroupId,
  hosts: readonly HostId[],
  tried: readonly HostId[],
  loads: ReadonlyMap<HostId, number>,
): HostId | null {
  const tries = (host: HostId): number => tried.filter((each) => each === host).length;
  const load = (host: HostId): number => loads.get(host) ?? 0;
  const turn = (host: HostId): number => turnOf(hostsPerZone, group, Number(host.slice(1)) - 1);
  const [best] = hosts.toSorted(
    (a, b) => tries(a) - tries(b) || load(a) - load(b) || turn(a) - turn(b),
  );
  return best ?? null;
}

/** How many of these segments each host has. */
function loadsOf(
  { settings }: Repair,
  segments: readonly SegmentId[],
): ReadonlyMap<HostId, number> {
  const loads = new Map<HostId, number>();
  for (const id of segments) {
    const host = hostOfSegment(settings.hostsPerZone, id);
    loads.set(host, (loads.get(host) ?? 0) + 1);
  }
  return loads;
}

/** Every segment of the volume, by the memberships of the present. */
const segmentsOf = (repair: Repair): readonly SegmentId[] =>
  membershipsIn(repair).flatMap(membersOf);

/** Segments that hosts were asked to carry and that no membership has yet. */
const promisedSegments = ({ works }: Repair): readonly SegmentId[] =>
  works.flatMap(({ wanted }) =>
    wanted.flatMap(({ candidate, added }) => (candidate === null || added ? [] : [candidate])),
  );

/** Hosts of which some segment is suspected: nothing new goes there. */
function suspectedHosts({ works, settings }: Repair): ReadonlySet<HostId> {
  const hosts = new Set<HostId>();
  for (const { wanted } of works)
    for (const { segment, reason, answered } of wanted)
      if (reason === 'suspected' && !answered)
        hosts.add(hostOfSegment(settings.hostsPerZone, segment));
  return hosts;
}

/** Segments on a host, by the memberships of the present. */
export const segmentsAt = (repair: Repair, host: HostId): readonly SegmentId[] =>
  segmentsOf(repair).filter((id) => hostOfSegment(repair.settings.hostsPerZone, id) === host);
