import type { PageNo, SessionId } from '../database/ids.ts';
import { groupOf } from '../database/layout.ts';
import type { Delivery, Effect, Outcome } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
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
import { partsOf, type SegmentId, SLOTS } from './topology.ts';
import type { Writer } from './writer.ts';
import { admitted } from './writer-cache.ts';
import { runSoon } from './writer-wake.ts';

/**
 * A page that is not in the cache is asked of one segment known to have it, as of VDL: no quorum is
 * read (SIGMOD'17 §4.2.3). A page out of the cache has no change above VDL, because eviction saw to it.
 */
export function fetchPage(
  writer: Writer,
  page: PageNo,
  session: SessionId | null,
  atUs: Micros,
  effects: Effect[],
): Writer {
  const under = writer.reads.find((read) => read.page === page);
  if (under !== undefined) {
    if (session === null || under.sessions.includes(session)) return writer;
    return withRead(writer, { ...under, sessions: [...under.sessions, session] });
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
  const { counters } = writer;
  const next: Writer = {
    ...writer,
    nextRequest: writer.nextRequest + 1,
    reads: [...writer.reads, read],
    counters: { ...counters, misses: counters.misses + 1 },
  };
  return ask(next, read, atUs, effects);
}

const withRead = (writer: Writer, read: PendingRead): Writer => ({
  ...writer,
  reads: writer.reads.map((each) => (each.request === read.request ? read : each)),
});

function ask(writer: Writer, read: PendingRead, atUs: Micros, effects: Effect[]): Writer {
  const asked = askMembers(writer.id, read, eligible(writer, read), atUs);
  effects.push(...asked.effects);
  return withRead(writer, asked.read);
}

/** Members that the writer knows to be complete to the group's tail at the read point. */
function eligible(writer: Writer, { group: id, tail }: PendingRead): readonly Member[] {
  const group = writer.groups.at(id);
  if (group === undefined) return [];
  const { points, latencyUs } = group;
  return group.segments.flatMap((segment, slot) =>
    (points.scl[slot] ?? 0) >= tail ? [{ segment, latencyUs: latencyUs[slot] ?? 0 }] : [],
  );
}

/** Slow, lost or refused: another member is asked as well, and the first answer wins. */
export function askAnother(
  writer: Writer,
  { message, atUs }: Delivery<Overdue> | Delivery<ReadRefused>,
): Outcome<Writer> {
  const read = writer.reads.find(({ request }) => request === message.request);
  if (read === undefined) return [writer, []];
  const effects: Effect[] = [];
  return [ask(writer, read, atUs, effects), effects];
}

/** The page is here: it enters the cache, and those who waited for it go on. */
export function pageArrived(
  writer: Writer,
  { message, atUs }: Delivery<PageAnswer>,
): Outcome<Writer> {
  const read = writer.reads.find(({ request }) => request === message.request);
  if (read === undefined) return [writer, []];
  const timed = measured(writer, message.segment, read, atUs);
  const effects: Effect[] = [
    { kind: 'disarm', timer: `overdue ${read.request}` },
    note({
      type: 'page-admitted',
      instance: writer.id,
      page: read.page,
      lsn: message.page.lsn,
      waitedUs: atUs - read.sinceUs,
    }),
  ];
  const reads = timed.reads.filter(({ request }) => request !== read.request);
  const next = admitted({ ...timed, reads }, message.page, effects);
  effects.push(...read.sessions.map(runSoon));
  return [next, effects];
}

/** Keeps the latency estimate of the member that answered. */
function measured(writer: Writer, segment: SegmentId, read: PendingRead, atUs: Micros): Writer {
  const sentUs = askedAt(read, segment);
  const { group: id, slot } = partsOf(segment);
  const group = writer.groups.at(id);
  if (sentUs === null || group === undefined) return writer;
  const at = SLOTS.indexOf(slot);
  const latencyUs = group.latencyUs.with(at, smoothed(group.latencyUs[at] ?? 0, atUs - sentUs));
  return { ...writer, groups: writer.groups.with(id, { ...group, latencyUs }) };
}
