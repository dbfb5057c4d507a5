import { membershipIn, type Repair, type Wanted, workIn } from './control-work.ts';
import { type Membership, membersOf } from './membership.ts';
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
 * The host that is to carry a new member: in the zone of its place, none that carries another member of
 * the group, rather none whose own segments are suspected, and of these the one with the fewest; groups
 * start counting at different hosts, so that what one host lost is spread over many (protocol choice).
 * Null when the zone has none.
 */
export function hostFor(
  repair: Repair,
  membership: Membership,
  { slot, tried }: Pick<Wanted, 'slot' | 'tried'>,
): HostId | null {
  const { hostsPerZone } = repair.settings;
  const others = workIn(repair, membership.group)?.wanted.filter((each) => each.slot !== slot);
  const promised = others?.flatMap(({ candidate }) => candidate ?? []);
  const members = [...membersOf(membership), ...(promised ?? [])];
  const taken = members.map((id) => hostOfSegment(hostsPerZone, id));
  const suspected = suspectedHosts(repair);
  const open = hostsIn(repair, slot).filter((host) => !taken.includes(host));
  const well = open.filter((host) => !suspected.has(host));
  const free = well.length > 0 ? well : open;
  const fresh = free.filter((host) => !tried.includes(host));
  const loads = loadOf(repair);
  const load = (host: HostId): number => loads.get(host) ?? 0;
  const from = membership.group % hostsPerZone;
  const choice = fresh.length > 0 ? fresh : free;
  const turned = choice.toSorted(
    (a, b) => turn(a, from, hostsPerZone) - turn(b, from, hostsPerZone),
  );
  return turned.toSorted((a, b) => load(a) - load(b))[0] ?? null;
}

const hostsIn = ({ settings }: Repair, slot: Slot): readonly HostId[] =>
  hostIds(settings.hostsPerZone).filter((host) => zoneOfHost(host) === azOfSlot(slot));

const turn = (host: HostId, from: number, perZone: number): number =>
  (Number(host.slice(1)) - 1 + perZone - from) % perZone;

/** Hosts of which some segment is suspected: nothing new goes there. */
function suspectedHosts({ works, settings }: Repair): ReadonlySet<HostId> {
  const hosts = new Set<HostId>();
  for (const { wanted } of works)
    for (const { segment, reason, answered } of wanted)
      if (reason === 'suspected' && !answered)
        hosts.add(hostOfSegment(settings.hostsPerZone, segment));
  return hosts;
}

/** How many segments each host carries or was just asked to carry. */
function loadOf(repair: Repair): ReadonlyMap<HostId, number> {
  const { settings, groups, works } = repair;
  const loads = new Map<HostId, number>();
  const count = (id: SegmentId): void => {
    const host = hostOfSegment(settings.hostsPerZone, id);
    loads.set(host, (loads.get(host) ?? 0) + 1);
  };
  for (let group = 0; group < groups; group++)
    membersOf(membershipIn(repair, group)).forEach(count);
  for (const { wanted } of works)
    for (const { candidate, added } of wanted) if (candidate !== null && !added) count(candidate);
  return loads;
}

/** Segments on a host, by the memberships of the present. */
export function segmentsAt(repair: Repair, host: HostId): readonly SegmentId[] {
  const found: SegmentId[] = [];
  for (let group = 0; group < repair.groups; group++)
    for (const id of membersOf(membershipIn(repair, group)))
      if (hostOfSegment(repair.settings.hostsPerZone, id) === host) found.push(id);
  return found;
}
