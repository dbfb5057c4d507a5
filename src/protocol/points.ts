import type { Lsn } from '../database/ids.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { PgclRule } from './config.ts';
import { type Quorum, quorumPoint, satisfies } from './quorum.ts';
import type { GroupId, LogRecord } from './record.ts';

/** What the writer knows of one group's durability: ephemeral, rebuilt after a crash (SIGMOD'18 §2.3). */
export interface GroupPoints {
  /** SCL of each member as last acknowledged, in the members' order. Lower bounds of the truth. */
  readonly scl: readonly Lsn[];
  readonly pgcl: Lsn;
  /** Newest record issued for the group. */
  readonly tail: Lsn;
  /** Records above PGCL and who has them, one bit a member; kept only when single records count. */
  readonly held: readonly { readonly lsn: Lsn; readonly mask: number }[];
}

/** A group all of whose members are complete to `lsn`, with nothing under way. */
export const newGroupPoints = (lsn: Lsn, members: number): GroupPoints => ({
  scl: Array.from({ length: members }, () => lsn),
  pgcl: lsn,
  tail: lsn,
  held: [],
});

/** The group after one more record was issued for it. */
export function issued(points: GroupPoints, lsn: Lsn, rule: PgclRule): GroupPoints {
  const { scl, pgcl } = points;
  const held = rule === 'perRecord' ? [...points.held, { lsn, mask: 0 }] : points.held;
  return { scl, pgcl, tail: lsn, held };
}

/**
 * One acknowledgement (SIGMOD'18 §2.3). By SCL, the definition: PGCL is the greatest LSN up to which a
 * write quorum is complete. By record, as Figure 3 of that paper counts: the greatest LSN below which
 * every record has a quorum of copies of its own, holes or not. `at` is the position of the member.
 */
export function acknowledged(
  points: GroupPoints,
  write: Quorum<number>,
  rule: PgclRule,
  at: number,
  ack: { readonly scl: Lsn; readonly got: readonly Lsn[] },
): GroupPoints {
  const scl = ack.scl > (points.scl[at] ?? 0) ? points.scl.with(at, ack.scl) : points.scl;
  const { pgcl, tail, held } = points;
  const known: GroupPoints = { scl, pgcl, tail, held };
  if (rule === 'perRecord') return countedByRecord(known, write, at, ack.got);
  if (ack.scl <= pgcl || scl === points.scl) return known;
  const reached = quorumPoint(write, (member) => scl[member] ?? 0);
  return { scl, pgcl: Math.max(pgcl, reached), tail, held };
}

/**
 * The points after the members have changed: `from` gives the old position of each new one, -1 for those
 * that are new. PGCL never goes back: what was durable is so for either outcome of the change.
 */
export function remembered(
  points: GroupPoints,
  write: Quorum<number>,
  rule: PgclRule,
  from: readonly number[],
): GroupPoints {
  const scl = from.map((old) => points.scl[old] ?? 0);
  const held = points.held.map(({ lsn, mask }) => ({ lsn, mask: moved(mask, from) }));
  const { pgcl, tail } = points;
  if (rule === 'perRecord') return durableByRecord({ scl, pgcl, tail, held }, write);
  const reached = quorumPoint(write, (member) => scl[member] ?? 0);
  return { scl, pgcl: Math.max(pgcl, reached), tail, held };
}

const moved = (mask: number, from: readonly number[]): number =>
  from.reduce(
    (bits, old, at) => (old >= 0 && (mask & (1 << old)) !== 0 ? bits | (1 << at) : bits),
    0,
  );

function countedByRecord(
  points: GroupPoints,
  write: Quorum<number>,
  at: number,
  got: readonly Lsn[],
): GroupPoints {
  const bit = 1 << at;
  const upTo = points.scl[at] ?? 0;
  const held = points.held.map((entry) =>
    entry.lsn <= upTo || got.includes(entry.lsn) ? { ...entry, mask: entry.mask | bit } : entry,
  );
  return durableByRecord({ ...points, held }, write);
}

function durableByRecord(points: GroupPoints, write: Quorum<number>): GroupPoints {
  const { held } = points;
  const short = held.findIndex(
    ({ mask }) => !satisfies(write, (member) => (mask & (1 << member)) !== 0),
  );
  const durable = short === -1 ? held.length : short;
  const pgcl = held[durable - 1]?.lsn ?? points.pgcl;
  return { ...points, pgcl, held: held.slice(durable) };
}

/** The volume's points, and the records they have yet to pass. */
export interface VolumePoints {
  readonly vcl: Lsn;
  readonly vdl: Lsn;
  /** Every issued record above VDL, in order. */
  readonly pending: AppendLog<LogRecord>;
  /** How many of them lie at or below VCL. */
  readonly belowVcl: number;
}

/** A volume that is durable to `lsn`, with nothing under way. */
export const newVolumePoints = (lsn: Lsn): VolumePoints => ({
  vcl: lsn,
  vdl: lsn,
  pending: AppendLog.empty(),
  belowVcl: 0,
});

/**
 * VCL is the highest LSN such that every record at or below it is durable in its own group, and VDL the
 * highest consistency point at or below VCL (SIGMOD'17 §4.1). Not the least PGCL: an idle group has
 * nothing outstanding and holds nobody back. Each record is passed once.
 */
export function advanced(volume: VolumePoints, pgclOf: (group: GroupId) => Lsn): VolumePoints {
  let { vcl, vdl, belowVcl } = volume;
  let durable = 0;
  for (;;) {
    const record = volume.pending.at(belowVcl);
    if (record === undefined || record.lsn > pgclOf(record.group)) break;
    belowVcl++;
    vcl = record.lsn;
    if (!record.cpl) continue;
    vdl = record.lsn;
    durable = belowVcl;
  }
  if (vcl === volume.vcl) return volume;
  return { vcl, vdl, pending: volume.pending.drop(durable), belowVcl: belowVcl - durable };
}
