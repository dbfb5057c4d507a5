import type { Lsn } from '../database/ids.ts';
import { satisfies } from '../protocol/quorum.ts';
import type { SegmentId } from '../protocol/topology.ts';
import type { WriterGroup } from '../protocol/writer.ts';
import type { Books } from './books.ts';
import { type Breach, breach } from './invariant.ts';
import { readSetOf } from './quorums.ts';

/**
 * The first live record in (above, upTo] that some read quorum would not find: the members that lack it
 * form one. Looked at from the newest record of each group down, because whoever is complete to it holds
 * all others.
 */
export function lackingReaders(books: Books, above: Lsn, upTo: Lsn): Breach | null {
  const writer = books.writerIn(books.incarnation.instance);
  if (writer === null) return null;
  for (const group of writer.groups) {
    const found = lackingIn(books, group, above, upTo);
    if (found !== null) return found;
  }
  return null;
}

function lackingIn(books: Books, group: WriterGroup, above: Lsn, upTo: Lsn): Breach | null {
  const chain = books.line.chain(group.id);
  const first = chain.indexAbove(above);
  let last = chain.indexAbove(upTo) - 1;
  if (last < first) return null;
  const newest = chain.at(last)?.lsn ?? 0;
  if (isFound(books, group, (segment) => books.copy(segment).scl >= newest)) return null;
  for (; last >= first; last--) {
    const lsn = chain.at(last)?.lsn ?? 0;
    if (isFound(books, group, (segment) => books.copy(segment).holds(lsn))) continue;
    const holders = group.members.filter((segment) => books.copy(segment).holds(lsn));
    return breach(
      `Record ${lsn} is durable, and a read quorum may miss it: ${holders.join(', ') || 'nobody'} holds it.`,
      { lsns: [lsn], segments: holders },
    );
  }
  return null;
}

/** Whether those who could answer and do not hold something are too few to be a read quorum. */
const isFound = (
  books: Books,
  group: WriterGroup,
  holds: (segment: SegmentId) => boolean,
): boolean =>
  !satisfies(readSetOf(group), (segment) => !books.copy(segment).gone && !holds(segment));
