import { describe, expect, it } from 'vitest';
import type { Happening } from '../engine/happening.ts';
import type { AuroraNote } from '../protocol/notes.ts';
import type { LogRecord } from '../protocol/record.ts';
import { SLOTS, type Slot, segmentId } from '../protocol/topology.ts';
import { followWrite } from './follow.ts';
import type { Following, FollowSubject } from './following.ts';

const HOSTS: Readonly<Record<Slot, string>> = {
  ...{ a: 'A1', b: 'A2', c: 'B1' },
  ...{ d: 'B2', e: 'C1', f: 'C2' },
};
const subject: FollowSubject = {
  txn: 17,
  replicas: ['R1'],
  hostOf: (segment) => HOSTS[SLOTS.find((slot) => segment.endsWith(slot)) ?? 'a'],
};

const record = (lsn: number, group = 0): LogRecord => ({ lsn, group }) as LogRecord;
const begun: AuroraNote = { type: 'transaction-begun', txn: 17, session: 3 };
const closed = (txn: number, ...records: LogRecord[]): AuroraNote => ({
  ...{ type: 'mtr-closed', mtr: 1, session: 3 },
  ...{ txn, records },
});
const queued: AuroraNote = { type: 'commit-queued', txn: 17, lsn: 1_042, session: 3 };
const sent = (first: number, last: number, group = 0): AuroraNote => ({
  ...{ type: 'batch-sent', batch: 1, count: last - first + 1, bytes: 100 },
  ...{ group, first, last },
});
const kept = (slot: Slot, last = 1_042, group = 0): AuroraNote => ({
  ...{ type: 'persisted', host: HOSTS[slot], first: 1_040, count: 3, sclFrom: 1_039, diskUs: 120 },
  ...{ segment: segmentId(group, slot), last, sclTo: last },
});
const acked = (slot: Slot, copies: number, scl = 1_042): AuroraNote => ({
  ...{ type: 'acked', segment: segmentId(0, slot), host: HOSTS[slot], lsn: scl },
  ...{ scl, copies, members: 6, needed: 4 },
});
const vdl = (to: number): AuroraNote => ({ type: 'vdl', from: 1_039, to });
const returned: AuroraNote = {
  ...{ type: 'commit-returned', txn: 17, lsn: 1_042, session: 3, waitedUs: 3_400 },
};
const view = (to: number): AuroraNote => ({
  ...{ type: 'read-view', replica: 'R1', from: 1_039, to, lagUs: 5 },
});

/** One event a microsecond, each with one note. */
const follow = (...notes: readonly AuroraNote[]): Following =>
  followWrite(
    subject,
    notes.map((note, i) => ({ timeUs: i + 1, n: 1, notes: [note] }) as unknown as Happening),
  );

const WRITE = [begun, closed(17, record(1_040), record(1_041), record(1_042)), queued] as const;
const stageOf = (following: Following, kind: string) =>
  following.stages.find((stage) => stage.kind === kind)!;

describe('following a write', () => {
  it('begins with the statement that began it', () => {
    const text = 'INSERT INTO orders VALUES (7)';
    const other: AuroraNote = { type: 'statement', instance: 'W', session: 4, text: 'SELECT 1' };
    const own: AuroraNote = { type: 'statement', instance: 'W', session: 3, text };
    const following = follow(own, other, begun);
    expect(stageOf(following, 'statement')).toMatchObject({
      done: true,
      doneAt: { timeUs: 3, n: 1 },
      points: [{ text, at: { timeUs: 1, n: 1 } }],
    });
    expect(following.present).toBe('records');
  });

  it('counts acknowledgements one by one, and the fourth finishes', () => {
    const three = follow(...WRITE, sent(1_040, 1_042), acked('a', 1), acked('b', 2), acked('e', 3));
    expect(stageOf(three, 'acknowledged').done).toBe(false);
    const four = follow(
      ...WRITE,
      sent(1_040, 1_042),
      ...[acked('a', 1), acked('b', 2), acked('e', 3), acked('d', 4)],
    );
    expect(stageOf(four, 'acknowledged')).toMatchObject({
      doneAt: { timeUs: 8, n: 1 },
      points: [1, 2, 3, 4].map((k) => ({ text: `acknowledgement ${k} of 6` })),
    });
  });

  it('takes no acknowledgement short of its last record', () => {
    const following = follow(...WRITE, acked('a', 1, 1_041));
    expect(stageOf(following, 'acknowledged').points).toEqual([]);
  });

  it('calls what comes after the quorum stragglers, gossip included', () => {
    const gossip: AuroraNote = {
      ...{ type: 'gossip-filled', segment: '0/f', peer: '0/a', first: 1_040, last: 1_042 },
      ...{ count: 3, sclFrom: 1_039, sclTo: 1_042, byBlocks: false },
    };
    const following = follow(
      ...WRITE,
      ...(['a', 'b', 'c', 'd'] as const).map((slot) => kept(slot)),
      ...[acked('a', 1), acked('b', 2), acked('c', 3), acked('d', 4)],
      ...[kept('e'), acked('e', 5), gossip],
    );
    expect(stageOf(following, 'stored').points.map(({ where }) => where)).toEqual([
      'A1',
      'A2',
      'B1',
      'B2',
    ]);
    expect(stageOf(following, 'stragglers')).toMatchObject({
      done: true,
      points: [
        { where: 'C1', text: 'on disk' },
        { where: 'C1', text: 'acknowledgement 5 of 6' },
        { where: 'C2', text: 'from A1 by gossip' },
      ],
    });
  });

  it('is durable when VDL reaches the commit and not before', () => {
    const following = follow(...WRITE, vdl(1_041), vdl(1_042), vdl(1_050));
    expect(stageOf(following, 'durable')).toMatchObject({
      doneAt: { timeUs: 5, n: 1 },
      points: [{ lsn: 1_042 }],
    });
  });

  it('returns after the time it waited, and is seen by every replica', () => {
    const following = follow(...WRITE, vdl(1_042), returned, view(1_041), view(1_042));
    expect(stageOf(following, 'returned').points).toMatchObject([{ text: 'after 3.400 ms' }]);
    expect(stageOf(following, 'replicas').doneAt).toEqual({ timeUs: 7, n: 1 });
  });

  it('begins anew for a group that gets another record', () => {
    const more = closed(17, record(1_045));
    const following = follow(
      begun,
      closed(17, record(1_040)),
      sent(1_040, 1_040),
      kept('a', 1_040),
      acked('a', 1, 1_040),
      more,
      { ...queued, lsn: 1_045 },
    );
    expect(stageOf(following, 'acknowledged').points).toEqual([]);
    expect(stageOf(following, 'stored').points).toEqual([]);
    expect(stageOf(following, 'sent').done).toBe(false);
    expect(following.lsns).toEqual([1_040, 1_045]);
  });

  it('waits for every protection group it touches', () => {
    const both = [begun, closed(17, record(1_041, 1), record(1_042)), queued] as const;
    expect(stageOf(follow(...both, sent(1_042, 1_042)), 'sent').done).toBe(false);
    const all = follow(...both, sent(1_042, 1_042), sent(1_041, 1_041, 1));
    expect(stageOf(all, 'sent').done).toBe(true);
    expect(all.groups).toEqual([1, 0]);
  });

  it('keeps other writes out', () => {
    const following = follow(closed(18, record(1_040)), sent(1_040, 1_040), kept('a', 1_040));
    expect(following.stages.flatMap(({ points }) => points)).toEqual([]);
    expect(following.actors).toEqual(['W']);
  });
});
