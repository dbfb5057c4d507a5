import type { Lsn, PageNo, SessionId } from '../database/ids.ts';
import { type ActorId, arm, type Effect, send } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { Epochs, TruncationRange } from './epochs.ts';
import type { ReadPage } from './messages.ts';
import { note } from './note.ts';
import type { GroupId } from './record.ts';
import type { SegmentId } from './topology.ts';

/** A page asked of storage, and who waits for it. The same on the writer and on a replica. */
export interface PendingRead {
  readonly request: number;
  readonly page: PageNo;
  readonly group: GroupId;
  readonly readPoint: Lsn;
  /** Last record of the group at or below the read point. */
  readonly tail: Lsn;
  readonly asked: readonly { readonly segment: SegmentId; readonly atUs: Micros }[];
  readonly sinceUs: Micros;
  readonly sessions: readonly SessionId[];
}

/** "Is the answer to this read overdue?" */
export interface Overdue {
  readonly type: 'OVERDUE';
  readonly request: number;
}

/** Every so many reads another member is asked as well, to keep its latency estimate fresh. */
const PROBE_EVERY = 16;
/** A read that takes this many times the expected latency is asked of a second member. */
const HEDGE_FACTOR = 3;
/** With nobody left to ask, gossip is given this long to help. */
const RETRY_US = 5_000;

/** A member that may be asked: its smoothed latency decides the order. */
export interface Member {
  readonly segment: SegmentId;
  readonly latencyUs: Micros;
}

/** What an instance knows of the volume and of a group. */
export interface Knowledge {
  readonly epochs: Epochs;
  readonly ranges: readonly TruncationRange[];
}

/**
 * Asks the best member not asked yet, now and then a second one, and sets the time after which the
 * answer counts as overdue (SIGMOD'18 §3.1). When all have been asked, the round begins again.
 */
export function askMembers(
  instance: ActorId,
  read: PendingRead,
  members: readonly Member[],
  atUs: Micros,
  knowledge: Knowledge,
): { readonly read: PendingRead; readonly effects: readonly Effect[] } {
  const untried = members.filter((m) => !read.asked.some(({ segment }) => segment === m.segment));
  const again = untried.length === 0 && members.length > 0 && read.asked.length > 0;
  const inOrder = untried.toSorted((a, b) => a.latencyUs - b.latencyUs);
  const first = read.asked.length === 0;
  const count = first && read.request % PROBE_EVERY === 0 ? 2 : 1;
  const chosen = inOrder.slice(0, count);
  const waitUs = (chosen[0]?.latencyUs ?? RETRY_US / HEDGE_FACTOR) * HEDGE_FACTOR;
  const overdue: Overdue = { type: 'OVERDUE', request: read.request };
  const effects = [arm(`overdue #${read.request}`, Math.floor(waitUs), overdue)];
  chosen.forEach(({ segment }, i) => {
    effects.push(...question(instance, read, segment, i > 0 || !first, knowledge));
  });
  const kept = again ? [] : read.asked;
  const asked = [...kept, ...chosen.map(({ segment }) => ({ segment, atUs }))];
  return { read: { ...read, asked }, effects };
}

function question(
  instance: ActorId,
  { request, page, group, readPoint, tail }: PendingRead,
  segment: SegmentId,
  hedged: boolean,
  { epochs, ranges }: Knowledge,
): readonly Effect[] {
  const message: ReadPage = { type: 'READ_PAGE', request, page, readPoint, tail, epochs, ranges };
  const asked = { instance, page, group, readPoint, segment, hedged };
  return [send(segment, message), note({ type: 'page-requested', ...asked })];
}

/** A smoothed latency after one more sample: seven parts old, one part new. */
export const smoothed = (old: Micros, sample: Micros): Micros => Math.floor((7 * old + sample) / 8);

/** When a segment was asked for a read, if it was. */
export const askedAt = (read: PendingRead, segment: SegmentId): Micros | null =>
  read.asked.find((each) => each.segment === segment)?.atUs ?? null;
