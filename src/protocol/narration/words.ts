import type { Lsn } from '../../database/ids.ts';
import type { ActorId } from '../../engine/effect.ts';
import type { Micros } from '../../engine/time.ts';
import type { GroupId } from '../record.ts';
import { LOAD, partsOf, type SegmentId, WRITER } from '../topology.ts';

/** Longest sentence the event list shows on one line. */
export const LONGEST = 90;

/**
 * An actor as it is called on screen: the writer by its part, and by its own name, too, when it was not the
 * first. A segment goes by its host: see `hostOf` in `Lookups`.
 */
export function nameIn(actor: ActorId, writer: ActorId): string {
  if (actor === LOAD) return 'Application';
  if (actor !== writer) return actor;
  return actor === WRITER ? 'Writer' : `Writer ${actor}`;
}

export const groupOf = (segment: SegmentId): GroupId => partsOf(segment).group;

export const pg = (group: GroupId): string => `PG ${group}`;

/** A run of LSNs: "1042" or "1040–1042". */
export const range = (first: Lsn, last: Lsn): string =>
  first === last ? `${first}` : `${first}–${last}`;

/** "1 record", "5 records"; with separators, since counts can be large where LSNs are names. */
export const count = (n: number, thing: string): string =>
  `${grouped(n)} ${thing}${n === 1 ? '' : 's'}`;

/** A whole number with its thousands apart: 10,000,000. */
export const grouped = (n: number): string => `${n}`.replace(/\B(?=(\d{3})+$)/g, ',');

/** A span of simulated time in the unit a person would choose: "120 µs", "3.4 ms", "1.28 s". */
export function span(us: Micros): string {
  if (us < 1_000) return `${us} µs`;
  // What would round up to a thousand milliseconds is a second.
  if (us < 999_950) return `${fixed(us, 1_000, 1)} ms`;
  return `${fixed(us, 1_000_000, 2)} s`;
}

/** A rate in parts per million, as a percentage: 10,000 is "1 %". */
export const percent = (ppm: number): string => `${Number((ppm / 10_000).toFixed(4))} %`;

const fixed = (value: number, unit: number, digits: number): string =>
  (value / unit).toFixed(digits);

/** Free text cut to fit, since only what a person typed has no bound of its own. */
export const clip = (text: string, room: number): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= room ? line : `${line.slice(0, Math.max(room - 1, 0)).trimEnd()}…`;
};

/** A fixed beginning followed by as much free text as the line has room for. */
export const withText = (beginning: string, text: string): string =>
  beginning + clip(text, LONGEST - beginning.length);
