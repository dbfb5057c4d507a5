import type { Az, HostId, Slot } from '../protocol/topology.ts';
import { SLOTS } from '../protocol/topology.ts';
import type { ClusterView, GroupView, HostView, SegmentView } from '../protocol/view.ts';
import type { PlaceView } from '../protocol/view-change.ts';
import type { GroupPages } from './page-owners.ts';

/** What the copy in a place is doing. `none`: the model has no such place; `unreachable`: up, but cut off. */
const COPY_STATES = [
  'none',
  'up',
  'catching up',
  'filling',
  'suspected',
  'down',
  'unreachable',
  'not counted',
] as const;
export type CopyState = (typeof COPY_STATES)[number];

export interface FleetHost {
  readonly id: HostId;
  readonly az: Az;
  readonly down: boolean;
  readonly segments: number;
}

/** One place of one group, with all that is known of it. */
export interface FleetCopy {
  readonly slot: Slot;
  readonly host: FleetHost;
  readonly state: CopyState;
}

/**
 * A volume as places on hosts: the run's own, or one laid out by its rules. Numbers stand in typed arrays
 * because a volume of 128 TiB has 78,648 places.
 */
export interface Fleet {
  /** Laid out by rule, not simulated. */
  readonly extrapolated: boolean;
  readonly size: number;
  readonly hosts: readonly FleetHost[];
  /** Six for each group, in slot order: indices into `hosts`. */
  readonly seats: Uint16Array;
  /** Six for each group: indices into `COPY_STATES`. */
  readonly states: Uint8Array;
  /** For each group: the places that count and whose copy could answer now. */
  readonly held: Uint8Array;
  /** For each group: 1 when a write quorum, and a read quorum, could answer now. */
  readonly writesOk: Uint8Array;
  readonly readsOk: Uint8Array;
  /** For each group: an index into `HEALTHS`. */
  readonly health: Uint8Array;
  /** The copy in a place, 0 to 5, of a group; null where the model has none. */
  copy(group: number, k: number): FleetCopy | null;
  /** What the run tells of a group; null where it is laid out by rule. */
  detail(group: number): GroupView | null;
  /** Whose the pages of a group are; null where that is not known. */
  pages(group: number): GroupPages | null;
}

export const PLACES = SLOTS.length;

/** How a group fares, the worst first. `short`: two copies or more are missing, and writes still go on. */
const HEALTHS = ['at risk', 'waits', 'short', 'one short', 'whole'] as const;
type Health = (typeof HEALTHS)[number];

type Filled = Omit<Fleet, 'health' | 'copy'>;

/** A fleet of what was filled in. */
export function fleetOf(filled: Filled): Fleet {
  const health = Uint8Array.from(filled.held, (_, g) => HEALTHS.indexOf(healthOf(filled, g)));
  return { ...filled, health, copy: (group, k) => copyAt(filled, group, k) };
}

function healthOf({ held, writesOk, readsOk, states }: Filled, group: number): Health {
  if (readsOk[group] === 0) return 'at risk';
  if (writesOk[group] === 0) return 'waits';
  let missing = -(held[group] ?? 0);
  for (let at = group * PLACES; at < (group + 1) * PLACES; at++)
    missing += COUNTED[states[at] ?? 0] ?? 0;
  if (missing === 0) return 'whole';
  return missing === 1 ? 'one short' : 'short';
}

const COUNTED = COPY_STATES.map((state) => (state === 'none' || state === 'not counted' ? 0 : 1));

function copyAt(fleet: Filled, group: number, k: number): FleetCopy | null {
  const at = group * PLACES + k;
  const state = COPY_STATES[fleet.states[at] ?? 0] ?? 'none';
  const host = fleet.hosts[fleet.seats[at] ?? 0];
  const slot = SLOTS[k];
  if (host === undefined || slot === undefined || state === 'none') return null;
  return { slot, host, state };
}

/** An empty fleet of so many groups, to be filled in. */
export function blankFleet(size: number) {
  return {
    size,
    seats: new Uint16Array(size * PLACES),
    states: new Uint8Array(size * PLACES),
    held: new Uint8Array(size),
    writesOk: new Uint8Array(size),
    readsOk: new Uint8Array(size),
  };
}

export const stateNumber = (state: CopyState): number => COPY_STATES.indexOf(state);

/** The run's own volume; with whose its pages are, where that is known. */
export function liveFleet(
  view: ClusterView,
  pages: (group: number) => GroupPages | null = () => null,
): Fleet {
  const numbers = new Map(view.hosts.map(({ id }, i) => [id, i]));
  const blank = blankFleet(view.groups.length);
  view.groups.forEach((group, g) => {
    blank.held[g] = group.healthy;
    blank.writesOk[g] = group.writesOk ? 1 : 0;
    blank.readsOk[g] = group.readsOk ? 1 : 0;
    for (const place of group.places) {
      const at = g * PLACES + SLOTS.indexOf(place.slot);
      const { host, state } = copyOf(view, group, place);
      blank.seats[at] = numbers.get(host) ?? 0;
      blank.states[at] = stateNumber(state);
    }
  });
  const hosts = view.hosts.map(
    (host): FleetHost => ({
      id: host.id,
      az: host.az,
      down: !serves(host),
      segments: host.segments.length,
    }),
  );
  const detail = (group: number) => view.groups[group] ?? null;
  return fleetOf({ ...blank, extrapolated: false, hosts, detail, pages });
}

/** Whether a host could answer at all. */
export const serves = ({ state, isolated }: HostView): boolean => state === 'up' && !isolated;

/** Whose copy stands for a place: the member's, or its successor's where the member is gone. */
function copyOf(view: ClusterView, group: GroupView, { segment, struck, replacement }: PlaceView) {
  const member = group.segments.find(({ id }) => id === segment);
  const host = member?.host ?? '';
  if (struck) return { host, state: 'not counted' } as const;
  const state = member ? stateOf(view, member) : 'down';
  const isGone = state === 'down' || state === 'unreachable';
  if (replacement === null || !isGone) return { host, state };
  return { host: replacement.host, state: replacement.hydrated ? 'up' : 'filling' } as const;
}

const OF_SEGMENT: Readonly<Record<SegmentView['state'], CopyState>> = {
  absent: 'filling',
  hydrating: 'filling',
  'catching up': 'catching up',
  complete: 'up',
  suspected: 'suspected',
  retired: 'not counted',
  down: 'down',
};

function stateOf(view: ClusterView, { host, state }: SegmentView): CopyState {
  const machine = view.hosts.find(({ id }) => id === host);
  if (state !== 'down' && machine?.isolated) return 'unreachable';
  return OF_SEGMENT[state];
}

/** How many groups have how many copies left: index 0 to 6. */
export type Tally = readonly number[];

export interface Loss {
  readonly tally: Tally;
  /** The least that any group has left. */
  readonly least: number;
  /** Places that the lost hosts hold. */
  readonly segments: number;
}

/** 1 for each state in which a copy counts for its place. */
const ANSWERS = COPY_STATES.map((state) =>
  ['up', 'catching up', 'suspected'].includes(state) ? 1 : 0,
);

/** What would be left of every group, were these hosts gone as well. */
export function withoutHosts(fleet: Fleet, gone: (host: FleetHost) => boolean): Loss {
  const lost = Uint8Array.from(fleet.hosts, (host) => (gone(host) ? 1 : 0));
  const tally = new Array<number>(PLACES + 1).fill(0);
  let segments = 0;
  for (let group = 0; group < fleet.size; group++) {
    let left = fleet.held[group] ?? 0;
    for (let at = group * PLACES; at < (group + 1) * PLACES; at++) {
      if (fleet.states[at] === 0 || lost[fleet.seats[at] ?? 0] === 0) continue;
      segments++;
      left -= ANSWERS[fleet.states[at] ?? 0] ?? 0;
    }
    tally[left] = (tally[left] ?? 0) + 1;
  }
  return { tally, segments, least: tally.findIndex((count) => count > 0) };
}

/** Hosts of a zone, in order. */
export const hostsIn = (fleet: Fleet, az: Az): readonly FleetHost[] =>
  fleet.hosts.filter((host) => host.az === az);
