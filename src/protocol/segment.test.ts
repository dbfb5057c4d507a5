import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openDatabase } from '../database/database.ts';
import type { Lsn } from '../database/ids.ts';
import { freePage } from '../database/page.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { Delivery, Effect } from '../engine/effect.ts';
import { FIRST_EPOCHS } from './epochs.ts';
import { firstMembership } from './membership.ts';
import type { Ack, DiskDone, GossipFill } from './messages.ts';
import type { BackgroundStep } from './messages-upkeep.ts';
import type { NoteOf } from './notes.ts';
import type { LogRecord } from './record.ts';
import { seatsOf } from './seats.ts';
import { newSegment, type Segment } from './segment.ts';
import { ackOf } from './segment-background.ts';
import { soundImage } from './segment-blocks.ts';
import { coalesce, collect } from './segment-collect.ts';
import { persistFill } from './segment-gossip.ts';
import { hold } from './segment-hold.ts';
import { SLOTS, type Slot, segmentId } from './topology.ts';
import { settings } from './trial.testkit.ts';
import { newWriter, type Writer } from './writer.ts';
import { acknowledge } from './writer-acks.ts';

const PAGES = 4;

const membership = (group: number) => firstMembership({ quorumModel: '4/6', mutations: [] }, group);

/** A segment of an empty volume. */
const empty = (group = 0, slot: Slot = 'a'): Segment =>
  newSegment({
    id: segmentId(group, slot),
    host: 'A1',
    membership: membership(group),
    writer: 'W',
    firstPage: group * PAGES,
    pages: Array.from({ length: PAGES }, (_, i) => freePage(group * PAGES + i)),
    lsn: 0,
    builtLimit: 4,
    mutations: [],
    upkeep: { backupEveryUs: 0, scrubEveryUs: 0 },
  });

/** A chain of records with given LSNs, each of which puts a row on one of the group's pages. */
function chainOf(lsns: readonly Lsn[], group = 0, pageOf: (lsn: Lsn) => number = (n) => n % PAGES) {
  const blocks = new Map<number, Lsn>();
  return lsns.map((lsn, i): LogRecord => {
    const page = group * PAGES + pageOf(lsn);
    const row = {
      key: lsn % 7,
      values: [lsn % 7, `v${lsn}`],
      txn: lsn,
      undo: null,
      deleted: false,
    };
    const record: LogRecord = {
      lsn,
      group,
      page,
      kind: 'data',
      txn: lsn,
      delta: { kind: 'put-row', row },
      mtr: lsn,
      cpl: true,
      prevVolumeLsn: lsn - 1,
      prevSegmentLsn: lsns[i - 1] ?? 0,
      prevBlockLsn: blocks.get(page) ?? 0,
      epoch: 1,
    };
    blocks.set(page, lsn);
    return record;
  });
}

const held = ({ log, ahead }: Segment): readonly Lsn[] => [...log, ...ahead].map(({ lsn }) => lsn);
const delivery = <M extends { readonly type: string }>(message: M, atUs = 0): Delivery<M> =>
  ({ type: message.type, message, from: 'W', to: '0/a', atUs, sentUs: 0, luck: 0 }) as Delivery<M>;

/** The host lets a background step run. */
const turn = (step: BackgroundStep, atUs = 0): Delivery<DiskDone> =>
  delivery({ type: 'DISK_DONE', job: { kind: 'background', step }, tookUs: 0 }, atUs);

describe('a segment', () => {
  const records = chainOf([3, 5, 9, 10, 14]);

  it('is complete to the last record that follows without a gap', () => {
    const [a, b, c, d, e] = records as [LogRecord, LogRecord, LogRecord, LogRecord, LogRecord];
    let segment = hold(empty(), [b]);
    expect([segment.scl, held(segment)]).toEqual([0, [5]]);
    segment = hold(segment, [d]);
    expect([segment.scl, held(segment)]).toEqual([0, [5, 10]]);
    segment = hold(segment, [a]);
    expect([segment.scl, held(segment)]).toEqual([5, [3, 5, 10]]);
    segment = hold(segment, [c, e]);
    expect([segment.scl, held(segment), segment.ahead]).toEqual([14, [3, 5, 9, 10, 14], []]);
  });

  it('ends up the same however often, in whatever order and company its records come', () => {
    const some = chainOf(Array.from({ length: 30 }, (_, i) => 3 * i + (i % 2) + 1));
    const one = hold(empty(), some);
    const batches = fc.array(fc.subarray(some), { maxLength: 12 });
    const order = fc.array(fc.nat(), { minLength: some.length, maxLength: some.length });
    fc.assert(
      fc.property(batches, order, (extra, keys) => {
        const shuffled = some.toSorted((a, b) => (keys[a.lsn % 30] ?? 0) - (keys[b.lsn % 30] ?? 0));
        let segment = empty();
        for (const batch of extra) segment = hold(segment, batch);
        for (const record of shuffled) segment = hold(segment, [record]);
        expect({ ...segment, steps: [] }).toEqual({ ...one, steps: [] });
      }),
    );
  });

  it('does not change when it is given what it has', () => {
    const once = hold(empty(), records);
    const twice = hold(once, records);
    expect(twice.log).toBe(once.log);
    expect({ ...twice, steps: [] }).toEqual({ ...once, steps: [] });
  });

  it('goes on at once with what waited above base pages that close its gap', () => {
    const [, , , , e] = records as [LogRecord, LogRecord, LogRecord, LogRecord, LogRecord];
    const peer = { ...hold(empty(0, 'b'), records.slice(0, 4)), allCompleteTo: 10, pgmrpl: 10 };
    const [folded] = collect(peer, turn('collect'));
    expect([folded.floor, folded.log.length]).toEqual([10, 0]);
    const fill: GossipFill = {
      type: 'GOSSIP_FILL',
      segment: '0/b',
      scl: 10,
      folded: 10,
      epochs: FIRST_EPOCHS,
      ranges: [],
      records: [],
      blocks: {
        floor: 10,
        tail: 10,
        pages: folded.pages.map(({ versions }) => versions[0] ?? freePage(0)),
      },
    };
    const done: DiskDone = { type: 'DISK_DONE', job: { kind: 'fill', fill }, tookUs: 0 };
    const [next] = persistFill(hold(empty(), [e]), delivery(done));
    expect([next.floor, next.scl, next.ahead]).toEqual([10, 14, []]);
  });
});

describe('coalescing and collecting', () => {
  it('leave the page at every read point from the floor on as it was', () => {
    const lsns = Array.from({ length: 60 }, (_, i) => i + 1);
    const page = fc.array(fc.nat(PAGES - 1), { minLength: 60, maxLength: 60 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('take' as const), count: fc.integer({ min: 1, max: 9 }) }),
      fc.record({ kind: fc.constant('coalesce' as const), index: fc.nat(PAGES - 1) }),
      fc.record({ kind: fc.constant('collect' as const), behind: fc.nat(12) }),
    );
    fc.assert(
      fc.property(page, fc.array(step, { maxLength: 30 }), (pages, steps) => {
        const all = chainOf(lsns, 0, (lsn) => pages[lsn - 1] ?? 0);
        const plain = (upTo: Lsn): Segment => hold(empty(), all.slice(0, upTo));
        let segment = empty();
        for (const each of steps) {
          segment = after(segment, each, all);
          expect(segment.floor).toBeLessThanOrEqual(segment.scl);
        }
        for (let point = segment.floor; point <= segment.scl; point++)
          for (let i = 0; i < PAGES; i++)
            expect(soundImage(segment, i, point)).toEqual(soundImage(plain(point), i, point));
        segment.pages.forEach(({ versions, chain, head }, i) => {
          const newest = versions[versions.length - 1]?.lsn ?? 0;
          expect(chain).toBe(
            all.filter((r) => r.page === i && r.lsn > newest && r.lsn <= segment.scl).length,
          );
          expect(head).toBe(soundImage(segment, i, segment.scl)?.lsn);
        });
      }),
    );
  });

  type Step =
    | { readonly kind: 'take'; readonly count: number }
    | { readonly kind: 'coalesce'; readonly index: number }
    | { readonly kind: 'collect'; readonly behind: number };

  function after(segment: Segment, step: Step, all: readonly LogRecord[]): Segment {
    switch (step.kind) {
      case 'take':
        return hold(segment, all.slice(segment.scl, segment.scl + step.count));
      case 'coalesce':
        return coalesce({ ...segment, coalescing: [step.index] }, turn('coalesce'))[0];
      case 'collect': {
        const target = Math.max(segment.pgmrpl, segment.scl - step.behind);
        const known = { ...segment, pgmrpl: target, allCompleteTo: target };
        return collect(known, turn('collect'))[0];
      }
    }
  }

  it('never drop log that a member lacks before it has lacked it for a minute', () => {
    const segment = { ...hold(empty(), chainOf([1, 2, 3, 4])), pgmrpl: 4, allCompleteTo: 1 };
    const [first] = collect(segment, turn('collect', 0));
    const [early] = collect(first, turn('collect', 59_000_000));
    const [late] = collect(early, turn('collect', 60_000_000));
    expect([first.floor, early.floor, late.floor]).toEqual([1, 1, 4]);
    expect(late.log.length).toBe(0);
  });
});

/** A writer with two groups, 1 and 2, that has issued six records in three mini-transactions. */
function goldenWriter(records: readonly LogRecord[]): Writer {
  const layout = { groups: 3, pagesPerGroup: 6, cacheCapacityPages: 16 };
  const writer = newWriter({
    role: 'writer',
    id: 'W',
    lsn: 0,
    settings: settings({ allocationLimit: 20 }),
    groups: [0, 1, 2].map((id) => seatsOf(membership(id), 'W', 2)),
    replicas: [],
    db: openDatabase(layout, { nextTxn: 1, vdl: 0 }),
  });
  const commit = (lsn: Lsn) => ({ lsn, txn: lsn, session: 1, sinceUs: 0, result: null });
  return {
    ...writer,
    prevVolumeLsn: 6,
    nextLsn: 7,
    volume: { ...writer.volume, pending: AppendLog.of(records) },
    commits: AppendLog.of([commit(3), commit(6)]),
  };
}

const lsnsAnswered = (effects: readonly Effect[]): readonly Lsn[] =>
  effects.flatMap((effect) => {
    if (effect.kind !== 'note' || effect.note.type !== 'commit-returned') return [];
    return [(effect.note as NoteOf<'commit-returned'>).lsn];
  });

describe('the golden trace through real segments and the writer', () => {
  it('moves SCLs, PGCLs, VCL and VDL step by step, and answers T1 and T2 when VDL covers them', () => {
    const cpl = new Set([2, 3, 6]);
    const groups = { 1: chainOf([1, 3, 5], 1, () => 0), 2: chainOf([2, 4, 6], 2, () => 0) };
    const log = [...groups[1], ...groups[2]]
      .toSorted((a, b) => a.lsn - b.lsn)
      .map((record) => ({ ...record, cpl: cpl.has(record.lsn) }));
    const segments = new Map(
      [1, 2].flatMap((group) => SLOTS.map((slot) => [`${group}${slot}`, empty(group, slot)])),
    );
    let writer = goldenWriter(log);
    const answered: number[] = [];
    const steps: [1 | 2, Lsn, string, string, string, number, number, number, number, number[]][] =
      [
        [1, 1, 'abcd', '111100', '000000', 1, 0, 1, 0, []],
        [2, 2, 'abc', '111100', '222000', 1, 0, 1, 0, []],
        [1, 3, 'abce', '333100', '222000', 1, 0, 1, 0, []],
        [1, 3, 'd', '333300', '222000', 3, 0, 1, 0, []],
        [2, 2, 'd', '333300', '222200', 3, 2, 3, 3, [3]],
        [2, 4, 'abcdef', '333300', '444400', 3, 4, 4, 3, [3]],
        [2, 6, 'abcf', '333300', '666400', 3, 4, 4, 3, [3]],
        [1, 5, 'abc', '555300', '666400', 3, 4, 4, 3, [3]],
        [2, 2, 'e', '555300', '666440', 3, 4, 4, 3, [3]],
        [2, 6, 'e', '555300', '666460', 3, 6, 4, 3, [3]],
        [1, 5, 'd', '555500', '666460', 5, 6, 6, 6, [3, 6]],
        [1, 1, 'ef', '555531', '666460', 5, 6, 6, 6, [3, 6]],
      ];
    const store = (id: string, record: readonly LogRecord[]): void => {
      const segment = hold(segments.get(id)!, record);
      segments.set(id, segment);
      const [next, effects] = acknowledge(writer, delivery<Ack>(ackOf(segment, record)));
      writer = next;
      answered.push(...lsnsAnswered(effects));
    };
    const scls = (id: number) => SLOTS.map((slot) => segments.get(`${id}${slot}`)!.scl).join('');
    for (const [group, lsn, slots, ...row] of steps) {
      for (const slot of slots)
        store(
          `${group}${slot}`,
          log.filter((each) => each.lsn === lsn),
        );
      const [, one, two] = [...writer.groups].map(({ points }) => points.pgcl);
      const { vcl, vdl } = writer.volume;
      const got = [scls(1), scls(2), one, two, vcl, vdl, answered];
      expect(got, `after ${lsn} at ${slots}`).toEqual(row);
    }
  });
});
