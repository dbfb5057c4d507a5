import { grownPairs } from '../protocol/placement.ts';
import { satisfies } from '../protocol/quorum.ts';
import { kindOf, readOf, slotsOf, writeOf } from '../protocol/quorum-model.ts';
import { AZS, SLOTS, type Slot } from '../protocol/topology.ts';
import type { ClusterView } from '../protocol/view.ts';
import {
  blankFleet,
  type CopyState,
  type Fleet,
  type FleetHost,
  fleetOf,
  PLACES,
  serves,
  stateNumber,
} from './fleet.ts';

/** Segments that a host carries at scale (our choice: none is published). 64 groups then fit the run's 12 hosts. */
export const SEGMENTS_A_HOST = 32;

/** Hosts in each zone at that size: no fewer than the run has. */
export const hostsPerZoneAt = (groups: number, live: number): number =>
  Math.max(2, live, Math.ceil((2 * groups) / SEGMENTS_A_HOST));

/** Why the run's rules cannot be laid out; null when they can. */
export const unscalable = ({ volume }: ClusterView): string | null =>
  slotsOf(volume.model).length === PLACES
    ? null
    : `This scenario keeps ${slotsOf(volume.model).length} copies instead of six.`;

/** The hosts that each size is laid on, which hardly ever changes. */
const layouts = new Map<string, Uint16Array>();

function pairsFor(groups: number, perZone: number): Uint16Array {
  const key = `${groups} ${perZone}`;
  const known = layouts.get(key);
  if (known !== undefined) return known;
  const fresh = grownPairs(groups, perZone);
  layouts.set(key, fresh);
  return fresh;
}

/**
 * A volume of so many groups by the rules of the run: each group placed as the control plane places a new
 * one, the same quorum. Hosts and zones that are away in the run are away here, by zone and number; what
 * the run has repaired is not repaired here.
 */
export function fleetAtScale(view: ClusterView, groups: number): Fleet {
  const live = view.hosts.length / AZS.length;
  const perZone = hostsPerZoneAt(groups, live);
  const pairs = pairsFor(groups, perZone);
  const loads = new Uint16Array(perZone);
  for (const host of pairs) loads[host] = (loads[host] ?? 0) + 1;
  const hosts = hostsAt(view, perZone, loads);
  const states = Uint8Array.from(hosts, ({ state }) => stateNumber(state));
  const quorums = quorumsOf(view);
  const blank = blankFleet(groups);
  const isOut = (k: number): boolean => ((quorums.counted >> k) & 1) === 0;
  for (let at = 0; at < blank.seats.length; at++) {
    const k = at % PLACES;
    const host = (k >> 1) * perZone + (pairs[((at - k) / PLACES) * 2 + (k & 1)] ?? 0);
    blank.seats[at] = host;
    blank.states[at] = isOut(k) ? OUT : (states[host] ?? 0);
  }
  for (let group = 0; group < groups; group++) {
    const mask = upIn(blank.states, group);
    blank.held[group] = quorums.held[mask] ?? 0;
    blank.writesOk[group] = quorums.writes[mask] ?? 0;
    blank.readsOk[group] = quorums.reads[mask] ?? 0;
  }
  const unknown = () => null;
  return fleetOf({ ...blank, extrapolated: true, hosts, detail: unknown, pages: unknown });
}

/** The places of a group that answer, as bits. */
function upIn(states: Uint8Array, group: number): number {
  let mask = 0;
  for (let k = 0; k < PLACES; k++) if (states[group * PLACES + k] === UP) mask |= 1 << k;
  return mask;
}

const OUT = stateNumber('not counted');
const UP = stateNumber('up');

type HostAt = FleetHost & { readonly state: CopyState };

function hostsAt(view: ClusterView, perZone: number, loads: Uint16Array): readonly HostAt[] {
  const seen = new Map(view.hosts.map((host) => [host.id, host]));
  const zoneDown = new Set(view.zones.filter(({ state }) => state === 'down').map(({ az }) => az));
  return AZS.flatMap((az) =>
    Array.from({ length: perZone }, (_, i): HostAt => {
      const id = `${az}${i + 1}`;
      const host = seen.get(id);
      const off = host?.state === 'up' && host.isolated ? 'unreachable' : 'down';
      const down = zoneDown.has(az) || (host !== undefined && !serves(host));
      return { id, az, down, segments: loads[i] ?? 0, state: down ? off : 'up' };
    }),
  );
}

/** For each set of places that answer, as bits: how many hold, and whether they are quorums. */
function quorumsOf(view: ClusterView) {
  const away = (view.groups[0]?.places ?? [])
    .filter(({ struck }) => struck)
    .map(({ slot }) => slot);
  const model = away.length > 0 ? '3/4' : view.volume.model;
  const counts = (slot: Slot): boolean => !away.includes(slot);
  const members = SLOTS.filter(counts).map((member) => ({ member, kind: kindOf(model, member) }));
  const [write, read] = [writeOf(model, members), readOf(model, members)];
  const size = 1 << PLACES;
  const held = new Uint8Array(size);
  const writes = new Uint8Array(size);
  const reads = new Uint8Array(size);
  for (let mask = 0; mask < size; mask++) {
    const has = (slot: Slot): boolean => ((mask >> SLOTS.indexOf(slot)) & 1) === 1;
    held[mask] = members.filter(({ member }) => has(member)).length;
    writes[mask] = satisfies(write, has) ? 1 : 0;
    reads[mask] = satisfies(read, has) ? 1 : 0;
  }
  const counted = SLOTS.reduce((bits, slot, k) => bits | (counts(slot) ? 1 << k : 0), 0);
  return { held, writes, reads, counted };
}
