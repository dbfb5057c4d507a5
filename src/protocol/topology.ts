import type { GroupId } from './record.ts';

export type Az = 'A' | 'B' | 'C';
export const AZS: readonly Az[] = ['A', 'B', 'C'];

/** The six places of a quorum: a b in zone A, c d in zone B, e f in zone C. */
export type Slot = 'a' | 'b' | 'c' | 'd' | 'e' | 'f';
export const SLOTS: readonly Slot[] = ['a', 'b', 'c', 'd', 'e', 'f'];

export const azOfSlot = (slot: Slot): Az => AZS[SLOTS.indexOf(slot) >> 1] ?? 'A';

/** Segment actors are named `group/slot`, as in `0/c`. */
export type SegmentId = `${number}/${Slot}`;
export const segmentId = (group: GroupId, slot: Slot): SegmentId => `${group}/${slot}`;

/** Storage hosts are named zone + number: A1…A4. Instances: W, R1…R15. */
export type HostId = string;
