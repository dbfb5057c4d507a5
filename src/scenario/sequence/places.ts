import type { ActorId } from '../../engine/effect.ts';
import {
  AZS,
  type Az,
  CLUSTER,
  CONTROL,
  hostOfSegment,
  isInstance,
  isReplica,
  RESTORED,
  type SegmentId,
  STORE,
  zoneOfHost,
  zoneOfInstance,
} from '../../protocol/topology.ts';

/** More than these do not fit side by side. */
export const MOST_PARTICIPANTS = 14;

/** All clients as one, where there are too many. */
const CLIENTS = 'clients';

const SERVICES: readonly string[] = [CONTROL, STORE, RESTORED, CLUSTER];
const isHost = (id: string): boolean => /^[ABC]\d+$/.test(id);
const isClient = (id: string): boolean => !isHost(id) && !isInstance(id) && !SERVICES.includes(id);

/** The machine that an actor runs on, which is what has a lifeline: segments share their host's. */
export const placeOf = (hostsPerZone: number, id: ActorId): string =>
  id.includes('/') ? hostOfSegment(hostsPerZone, id as SegmentId) : id;

/** Who gets a lifeline, and under which name. */
export interface Cast {
  /** The lifeline that a place is drawn on; null when there was no room for it. */
  nameOf(place: string): string | null;
  readonly names: readonly string[];
  readonly leftOut: readonly string[];
  /** Clients drawn as one; empty when each has its own. */
  readonly merged: readonly string[];
}

/** Gives lifelines to the places used: if they are too many, clients share one and replicas go first. */
export function castOf(used: readonly string[]): Cast {
  const places = [...new Set(used)];
  const clients = places.filter(isClient);
  const merged = places.length > MOST_PARTICIPANTS && clients.length > 1 ? clients : [];
  const drawnAsOne = new Set(merged);
  const renamed = (place: string): string => (drawnAsOne.has(place) ? CLIENTS : place);
  const ranked = [...new Set(places.map(renamed))].toSorted((a, b) => rankOf(a) - rankOf(b));
  const names = ranked.slice(0, MOST_PARTICIPANTS);
  return {
    nameOf: (place) => (names.includes(renamed(place)) ? renamed(place) : null),
    names,
    leftOut: ranked.slice(MOST_PARTICIPANTS),
    merged,
  };
}

function rankOf(place: string): number {
  if (isInstance(place)) return isReplica(place) ? 3 : 0;
  if (isHost(place)) return 1;
  return isClient(place) ? 2 : 4;
}

/** The declarations: clients, a box for each zone, services. */
export function declared(names: readonly string[]): readonly string[] {
  const line = (name: string): string => `participant ${name}`;
  const boxes = AZS.flatMap((az) => {
    const inside = names.filter((name) => zoneOf(name) === az).toSorted(inOrder);
    if (inside.length === 0) return [];
    // The first word would be taken for a colour.
    return [`box transparent Availability Zone ${az}`, ...inside.map(line), 'end'];
  });
  const outside = names.filter((name) => zoneOf(name) === null).toSorted(inOrder);
  return [
    ...outside.filter(isClient).map(line),
    ...boxes,
    ...outside.filter((name) => !isClient(name)).map(line),
  ];
}

function zoneOf(place: string): Az | null {
  if (isHost(place)) return zoneOfHost(place);
  return isInstance(place) ? zoneOfInstance(place) : null;
}

/** Instances before hosts, and 2 before 10. */
function inOrder(a: string, b: string): number {
  const number = (name: string): number => Number(/\d+$/.exec(name)?.[0] ?? 0);
  return Number(isHost(a)) - Number(isHost(b)) || rankOf(a) - rankOf(b) || number(a) - number(b);
}
