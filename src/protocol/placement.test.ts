import { describe, expect, it } from 'vitest';
import { QUIET } from '../scenario/base-config.ts';
import { hostFor } from './control-hosts.ts';
import { newRepair, type Repair, withMembership } from './control-work.ts';
import { firstMembership, membersOf, type Place } from './membership.ts';
import { grownPairs } from './placement.ts';
import { azOfSlot, type HostId, hostOfSegment } from './topology.ts';

/** What the control plane itself chooses, one group after another, for a volume that begins empty. */
function grownByControl(groups: number, hostsPerZone: number): readonly (readonly HostId[])[] {
  let repair: Repair = newRepair({ ...QUIET, hostsPerZone }, 0);
  const found: (readonly HostId[])[] = [];
  for (let group = 0; group < groups; group++) {
    const { places, ...rest } = firstMembership(repair.settings, group);
    const chosen: Place[] = [];
    for (const place of places) {
      const host = hostFor(repair, { ...rest, places: chosen }, { slot: place.slot, tried: [] });
      chosen.push({ ...place, member: `${group}/${place.slot}@${host}` });
    }
    const membership = { ...rest, places: chosen };
    repair = { ...withMembership(repair, membership), groups: group + 1 };
    found.push(membersOf(membership).map((id) => hostOfSegment(hostsPerZone, id)));
  }
  return found;
}

describe('the hosts of a volume that grows', () => {
  it.each([2, 3, 4, 5, 8])(
    'are those the control plane chooses, with %i in each zone',
    (perZone) => {
      const pairs = grownPairs(30, perZone);
      const said = grownByControl(30, perZone).map((_, group) =>
        [0, 1, 2, 3, 4, 5].map((k) => {
          const az = azOfSlot((['a', 'b', 'c', 'd', 'e', 'f'] as const)[k]!);
          return `${az}${pairs[group * 2 + (k % 2)]! + 1}`;
        }),
      );
      expect(said).toEqual(grownByControl(30, perZone));
    },
  );

  it.each([
    [64, 4],
    [1_024, 64],
    [13_108, 820],
  ])('are two in each zone for %i groups, and share the load', (groups, perZone) => {
    const pairs = grownPairs(groups, perZone);
    const loads = new Array<number>(perZone).fill(0);
    for (let group = 0; group < groups; group++) {
      const [one, two] = [pairs[group * 2]!, pairs[group * 2 + 1]!];
      expect(one).not.toBe(two);
      loads[one]!++;
      loads[two]!++;
    }
    expect(Math.max(...loads) - Math.min(...loads)).toBeLessThanOrEqual(1);
  });
});
