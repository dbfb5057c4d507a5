import type { GroupId } from './record.ts';

export type Az = 'A' | 'B' | 'C';
export const AZS: readonly Az[] = ['A', 'B', 'C'];

/** The six places of a quorum: a b in zone A, c d in zone B, e f in zone C. */
export type Slot = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
export const SLOTS: readonly Slot[] = ['a', 'b', 'c', 'd', 'e', 'f'];

/** The zone that a place of a quorum lies in. */
export const azOfSlot = (slot: Slot): Az => AZS[SLOTS.indexOf(slot) >> 1] ?? 'A';

/**
 * Segment actors are named `group/member`. Members that a group begins with have the letter of their
 * place, as in `0/c`; later ones go on with g, h, … and name their host as well, as in `0/g@B4`. A name
 * is never used again, so it says for ever which copy is meant and where it is.
 */
export type SegmentId = `${number}/${string}`;

/** The member that a group begins with in a place. */
export const segmentId = (group: GroupId, slot: Slot): SegmentId => `${group}/${slot}`;

/** Storage hosts are named zone + number: A1…A4. Instances: W, R1…R15. */
export type HostId = string;

/** The application itself: what it asks for without a connection is answered here. */
export const LOAD = 'load';

export const WRITER = 'W';
/** The endpoint of whoever is the writer now. */
export const CLUSTER = 'cluster';
/** The control plane: metadata, health, repair. */
export const CONTROL = 'control';
/** The object store that holds the backup. */
export const STORE = 'S3';
/** The instance on a volume restored from the backup. */
export const RESTORED = 'restored';
/** A new instance in the writer's place: W2, W3, … */
export const nextWriterId = (instances: readonly string[]): string =>
  `${WRITER}${instances.filter((id) => /^W\d*$/.test(id)).length + 1}`;

/** Whether an actor is a database instance, by its name alone. */
export const isInstance = (id: string): boolean => /^[WR]\d*$/.test(id);

/** The replica of an index from 0: R1, R2, … */
export const replicaId = (index: number): string => `R${index + 1}`;

/** Whether an actor began as a replica, by its name alone. */
export const isReplica = (id: string): boolean => id.startsWith('R');

/** The writer lives in zone A; replicas take B, C, A in turn. */
export const zoneOfInstance = (id: string): Az =>
  isReplica(id) ? (AZS[Number(id.slice(1)) % AZS.length] ?? 'A') : 'A';

interface SegmentParts {
  readonly group: GroupId;
  /** The letter that the papers would use: a–f at the start, then g, h, … */
  readonly member: string;
  /** The host of a member that was added later; null for those a group begins with. */
  readonly host: HostId | null;
}

/** Group, member and host of a segment's name. */
export function partsOf(id: SegmentId): SegmentParts {
  const slash = id.indexOf('/');
  const [member = '', host] = id.slice(slash + 1).split('@');
  return { group: Number(id.slice(0, slash)), member, host: host ?? null };
}

/** Storage hosts of a fleet with so many in each zone: A1, A2, … C4. */
export const hostIds = (perZone: number): readonly HostId[] =>
  AZS.flatMap((az) => Array.from({ length: perZone }, (_, i) => `${az}${i + 1}`));

/**
 * The host of a segment: two distinct hosts in each zone, shifted from group to group so that the
 * load of one host is spread over many groups.
 */
export function hostOf(perZone: number, group: GroupId, slot: Slot): HostId {
  const second = SLOTS.indexOf(slot) % 2;
  return `${azOfSlot(slot)}${((2 * group + second) % perZone) + 1}`;
}

/** The host of any segment, by its name alone. */
export function hostOfSegment(perZone: number, id: SegmentId): HostId {
  const { group, member, host } = partsOf(id);
  return host ?? hostOf(perZone, group, SLOTS.find((slot) => slot === member) ?? 'a');
}

/** The zone of a host, by its name alone. */
export const zoneOfHost = (host: HostId): Az => AZS.find((az) => host.startsWith(az)) ?? 'A';
