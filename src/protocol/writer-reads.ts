import type { PageNo, SessionId } from '../database/ids.ts';
import { groupOf } from '../database/layout.ts';
import { runSoon } from '../database/turn.ts';
import { type Delivery, disarm, type Effect, type Outcome } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import { FIRST_EPOCHS } from './epochs.ts';
import { isFull } from './membership.ts';
import type { PageAnswer, ReadRefused } from './messages.ts';
import { note } from './note.ts';
import {
  askedAt,
  askMembers,
  type Member,
  type Overdue,
  type PendingRead,
  smoothed,
} from './page-fetch.ts';
import { askIfStale } from './seats.ts';
import { partsOf, type SegmentId } from './topology.ts';
import { copyOf, copyOfGroup, count, type Writer } from './writer.ts';
import { admitPage } from './writer-cache.ts';

/**
 * A page that is not in the cache is asked of one segment known to have it, as of VDL: no quorum is
 * read (SIGMOD'17 §4.2.3). A page out of the cache has no change above VDL, because eviction saw to it.
 */
export function fetchPage(
  writer: Mutable<Writer>,
  page: PageNo,
  session: SessionId | null,
  atUs: Micros,
  effects: Effect[],
): void {
  const under = writer.reads.find((read) => read.page === page);
  if (under !== undefined) {
    if (session !== null && !under.sessions.includes(session))
      replaceRead(writer, { ...under, sessions: [...under.sessions, session] });
    return;
  }
  const group = groupOf(writer.db.layout, page);
  const read: PendingRead = {
    request: writer.nextRequest,
    page,
    group,
    readPoint: writer.volume.vdl,
    tail: writer.groups.at(group)?.durableTail ?? 0,
    asked: [],
    sinceUs: atUs,
    sessions: session === null ? [] : [session],
  };
  writer.nextRequest++;
  writer.reads = [...writer.reads, read];
  count(writer, 'misses', 1);
  ask(writer, read, atUs, effects);
}

function replaceRead(writer: Mutable<Writer>, read: PendingRead): void {
  writer.reads = writer.reads.map((each) => (each.request === read.request ? read : each));
}

function ask(writer: Mutable<Writer>, read: PendingRead, atUs: Micros, effects: Effect[]): void {
  const epochs = writer.groups.at(read.group)?.epochs ?? FIRST_EPOCHS;
  const knowledge = { epochs, ranges: writer.ranges };
  const asked = askMembers(writer.id, read, eligible(writer, read), atUs, knowledge);
  effects.push(...asked.effects);
  replaceRead(writer, asked.read);
}

/** Members with pages that the writer knows to be complete to the group's tail at the read point. */
function eligible(writer: Writer, { group: id, tail }: PendingRead): readonly Member[] {
  const group = writer.groups.at(id);
  if (group === undefined) return [];
  const { points, latencyUs, members } = group;
  return members.flatMap((segment, at) =>
    (points.scl[at] ?? 0) >= tail && isFull(group.membership, segment)
      ? [{ segment, latencyUs: latencyUs[at] ?? 0 }]
      : [],
  );
}

/** Slow, lost or refused: another member is asked as well, and the first answer wins. */
export function askAnother(
  writer: Writer,
  { message, atUs }: Delivery<Overdue> | Delivery<ReadRefused>,
): Outcome<Writer> {
  const read = writer.reads.find(({ request }) => request === message.request);
  if (read === undefined) return [writer, []];
  const effects: Effect[] = [...askIfStale(writer.groups.at(read.group), message)];
  const next = copyOf(writer);
  ask(next, read, atUs, effects);
  return [next, effects];
}

/** Nobody waits for a page any longer: it is here. */
export const admission = (
  { id }: Writer,
  { request, page, sinceUs }: PendingRead,
  { message, atUs }: Pick<Delivery<PageAnswer>, 'message' | 'atUs'>,
): Effect[] => [
  disarm(`overdue #${request}`),
  note({
    ...{ type: 'page-admitted', instance: id, page },
    ...{ lsn: message.page.lsn, waitedUs: atUs - sinceUs },
  }),
];

/** The page is here: it enters the cache, and those who waited for it go on. */
export function pageArrived(
  writer: Writer,
  { message, atUs }: Delivery<PageAnswer>,
): Outcome<Writer> {
  const read = writer.reads.find(({ request }) => request === message.request);
  if (read === undefined) return [writer, []];
  const next = copyOf(writer);
  measure(next, message.segment, read, atUs);
  const effects = admission(writer, read, { message, atUs });
  next.reads = writer.reads.filter(({ request }) => request !== read.request);
  admitPage(next, message.page, effects);
  effects.push(...read.sessions.map(runSoon));
  return [next, effects];
}

/** Keeps the latency estimate of the member that answered. */
function measure(
  writer: Mutable<Writer>,
  segment: SegmentId,
  read: PendingRead,
  atUs: Micros,
): void {
  const sentUs = askedAt(read, segment);
  const { group: id } = partsOf(segment);
  const group = writer.groups.at(id);
  const at = group?.members.indexOf(segment) ?? -1;
  if (sentUs === null || group === undefined || at < 0) return;
  const measured = copyOfGroup(group);
  measured.latencyUs = group.latencyUs.with(at, smoothed(group.latencyUs[at] ?? 0, atUs - sentUs));
  writer.groups = writer.groups.with(id, measured);
}
