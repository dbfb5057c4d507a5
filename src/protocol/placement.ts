import type { GroupId } from './record.ts';

/**
 * How far down the line a host of a zone stands for a group, by its number in the zone from 0: groups start
 * counting at different hosts, so that load and risk, and what one host lost, are spread over many
 * (SIGMOD'17 §2.2, §3.3: high entropy; the order is a protocol choice).
 */
export const turnOf = (hostsPerZone: number, group: GroupId, index: number): number =>
  (index + hostsPerZone - (group % hostsPerZone)) % hostsPerZone;

const PER_ZONE = 2;

/**
 * The hosts of a zone, by their numbers from 0, on which the two members of each group come to lie when a
 * volume grows group by group and every host is well: the control plane's own order, fewest segments first,
 * then by turn. Every zone chooses alike. With a single host in the zone both members would have to share it.
 */
export function grownPairs(groups: number, hostsPerZone: number): Uint16Array {
  const pairs = new Uint16Array(groups * PER_ZONE);
  const loads = new Uint32Array(hostsPerZone);
  for (let group = 0; group < groups; group++) {
    const first = bestOf(loads, group, -1);
    const second = bestOf(loads, group, first);
    for (const [k, host] of [first, second].entries()) {
      pairs[group * PER_ZONE + k] = host;
      loads[host] = (loads[host] ?? 0) + 1;
    }
  }
  return pairs;
}

/** The host with the fewest segments but one; the first by turn of several. */
function bestOf(loads: Uint32Array, group: GroupId, taken: number): number {
  const { length } = loads;
  // Loads of hosts never differ by more than one: whoever has no more than the least has the fewest.
  const least = Math.floor((group * PER_ZONE) / length);
  let best = 0;
  let bestLoad = Number.POSITIVE_INFINITY;
  for (let turn = 0; turn < length && bestLoad > least; turn++) {
    const host = (turn + group) % length;
    const load = loads[host] ?? 0;
    if (host === taken || load >= bestLoad) continue;
    best = host;
    bestLoad = load;
  }
  return best;
}
