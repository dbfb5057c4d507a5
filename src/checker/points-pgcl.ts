import type { Lsn } from '../database/ids.ts';
import type { Flight } from '../engine/happening.ts';
import type { Ack } from '../protocol/messages.ts';
import { satisfies } from '../protocol/quorum.ts';
import type { SegmentId } from '../protocol/topology.ts';
import type { WriterGroup } from '../protocol/writer.ts';
import type { Books } from './books.ts';
import type { Incarnation } from './incarnation.ts';
import { type Breach, breach } from './invariant.ts';
import { writeSetOf } from './quorums.ts';

/** An acknowledgement says no more than is true (SIGMOD'18 §2.3: the writer's copies are lower bounds). */
export function ackIsTrue({ message }: Flight, books: Books): Breach | null {
  const { segment, scl } = message as Ack;
  const copy = books.copy(segment);
  if (copy.line !== books.line || scl <= copy.scl || copy.isCompleteTo(scl)) return null;
  if (scl <= copy.wasCompleteTo) return null;
  return breach(`${segment} said it is complete to ${scl}, and is to ${copy.scl}.`, {
    segments: [segment],
    lsns: [scl, copy.scl],
  });
}

/** PGCL has moved to a point that a write quorum is complete to, by what their disks have. */
export function pgclIsSound({ to, message }: Flight, books: Books): Breach | null {
  const incarnation = books.writing(to);
  const writer = books.writerIn(to);
  const group = writer?.groups.at((message as Ack).group);
  // What a writer that was replaced believes is judged by what it tells its clients.
  if (writer === null || group === undefined || incarnation?.line !== books.line) return null;
  const { pgcl } = group.points;
  const known = incarnation.pgcl.get(group.id) ?? 0;
  if (pgcl <= known) return null;
  const lacking =
    writer.settings.pgclRule === 'scl'
      ? shortOf(group, (segment) => isCompleteTo(books, segment, pgcl)) && pgcl
      : firstShort(group, incarnation, known, books);
  if (lacking === false || lacking === null) return null;
  return breach(`PGCL of group ${group.id} is ${pgcl}, and ${lacking} has no write quorum.`, {
    lsns: [lacking],
    segments: group.members,
    instances: [to],
  });
}

type Has = (segment: SegmentId) => boolean;

const shortOf = (group: WriterGroup, has: Has): boolean => !satisfies(writeSetOf(group), has);

function isCompleteTo(books: Books, segment: SegmentId, lsn: Lsn): boolean {
  const copy = books.copy(segment);
  return copy.scl >= lsn || copy.isCompleteTo(lsn) || copy.wasCompleteTo >= lsn;
}

/** A member that was erased meanwhile had it when it said so. */
function hasHeld(books: Books, segment: SegmentId, lsn: Lsn): boolean {
  const copy = books.copy(segment);
  return copy.holds(lsn) || copy.wasCompleteTo >= lsn;
}

/** Counting single records: the first one above the old PGCL that too few hold. */
function firstShort(
  group: WriterGroup,
  { line }: Incarnation,
  known: Lsn,
  books: Books,
): Lsn | null {
  const chain = line.chain(group.id);
  for (let i = chain.indexAbove(known); ; i++) {
    const lsn = chain.at(i)?.lsn;
    if (lsn === undefined || lsn > group.points.pgcl) return null;
    if (shortOf(group, (segment) => hasHeld(books, segment, lsn))) return lsn;
  }
}

/** PGCL never goes back while its writer lives. */
export function pgclGrows({ to, message }: Flight, books: Books): Breach | null {
  const group = books.writerIn(to)?.groups.at((message as Ack).group);
  const known = group && (books.writing(to)?.pgcl.get(group.id) ?? 0);
  if (group === undefined || known === undefined || group.points.pgcl >= known) return null;
  return breach(`PGCL of group ${group.id} went back from ${known} to ${group.points.pgcl}.`, {
    lsns: [known, group.points.pgcl],
    instances: [to],
  });
}
