import type { Control } from './control.ts';
import { membershipsIn } from './control-work.ts';
import { type Membership, membersOf } from './membership.ts';
import {
  azOfSlot,
  type HostId,
  hostIds,
  hostOfSegment,
  type Slot,
  zoneOfHost,
} from './topology.ts';

/**
 * The host that is to carry a place of a new group: in the zone of the place, none that carries another
 * member of the group, and of these the one with the fewest segments; groups start counting at different
 * hosts, so that load and risk are spread (SIGMOD'17 §2.2, §3.3: high entropy; the order is a protocol
 * choice). Those that did not answer come last. Null when the zone has none.
 */
export function hostFor(
  control: Control,
  begun: Membership,
  slot: Slot,
  tried: readonly HostId[],
): HostId | null {
  const { hostsPerZone } = control.settings;
  const taken = membersOf(begun).map((id) => hostOfSegment(hostsPerZone, id));
  const free = hostIds(hostsPerZone).filter(
    (host) => zoneOfHost(host) === azOfSlot(slot) && !taken.includes(host),
  );
  const loads = loadsIn(control);
  const rank = (host: HostId): readonly number[] => [
    tried.filter((each) => each === host).length,
    loads.get(host) ?? 0,
    (Number(host.slice(1)) - 1 + hostsPerZone - (begun.group % hostsPerZone)) % hostsPerZone,
  ];
  return free.toSorted((a, b) => compared(rank(a), rank(b)))[0] ?? null;
}

function compared(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((each, i) => each !== b[i]);
  return (a[at] ?? 0) - (b[at] ?? 0);
}

/** How many segments each host carries. */
function loadsIn({ repair, settings }: Control): ReadonlyMap<HostId, number> {
  const loads = new Map<HostId, number>();
  for (const membership of membershipsIn(repair))
    for (const id of membersOf(membership)) {
      const host = hostOfSegment(settings.hostsPerZone, id);
      loads.set(host, (loads.get(host) ?? 0) + 1);
    }
  return loads;
}
