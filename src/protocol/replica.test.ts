import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { checked } from '../checker/checked.testkit.ts';
import { emptyHistory } from '../database/commit-history.ts';
import { freePage } from '../database/page.ts';
import { pagesOf } from '../database/page-cache.ts';
import type { Delivery, Effect } from '../engine/effect.ts';
import { firstMembership } from './membership.ts';
import type { Attached, Stream } from './messages.ts';
import type { LogRecord } from './record.ts';
import { newReplica, type Replica } from './replica.ts';
import { attached, receiveStream } from './replica-stream.ts';
import { seatsOf } from './seats.ts';
import { at, config, settings, Trial } from './trial.testkit.ts';
import { lowestReadPoint } from './writer-issue.ts';

vi.setConfig({ testTimeout: 60_000 });

const record = (lsn: number, page: number, cpl: boolean): LogRecord => ({
  lsn,
  page,
  cpl,
  group: 0,
  kind: 'data',
  txn: 1,
  delta: {
    kind: 'put-row',
    row: { key: lsn, values: [lsn], txn: 1, undo: null, deleted: false },
  },
  mtr: 1,
  prevVolumeLsn: lsn - 1,
  prevSegmentLsn: lsn - 1,
  prevBlockLsn: 0,
  epoch: 1,
});

/** Mini-transactions {1,2,3}, {4}, {5,6} on pages 0 and 1, of which page 0 is cached. */
const log = [3, 4, 6].flatMap((end, i, ends) => {
  const first = (ends[i - 1] ?? 0) + 1;
  return Array.from({ length: end - first + 1 }, (_, n) =>
    record(first + n, (first + n) % 2, first + n === end),
  );
});
const part = (sequence: number, first: number, last: number, vdl: number): Stream => ({
  type: 'STREAM',
  epoch: 1,
  sequence,
  records: log.slice(first - 1, last),
  vdl,
  vdlAtUs: 0,
  geometry: null,
});
const parts = [
  part(1, 1, 3, 0),
  part(2, 4, 3, 2),
  part(3, 4, 6, 3),
  part(4, 7, 6, 5),
  part(5, 7, 6, 6),
];

const fresh = (): Replica =>
  newReplica({
    role: 'replica',
    id: 'R1',
    writer: 'W',
    lsn: 0,
    settings: settings({ cachePages: 16 }),
    warm: [freePage(0)],
    groups: [seatsOf(firstMembership({ quorumModel: '4/6', mutations: [] }, 0), 'R1', 4)],
  });

const delivery = <M extends { readonly type: string }>(message: M): Delivery<M> =>
  ({
    type: message.type,
    message,
    from: 'W',
    to: 'R1',
    atUs: 100,
    sentUs: 0,
    luck: 0,
  }) as Delivery<M>;
const armed = (effects: readonly Effect[]) =>
  effects.flatMap((effect) => (effect.kind === 'arm' ? [effect.timer] : []));

describe('the stream at a replica', () => {
  it('is applied in whole mini-transactions, and only up to the VDL it has been told', () => {
    let replica = fresh();
    const steps = parts.map((message) => {
      [replica] = receiveStream(replica, delivery(message));
      return [replica.vdl, replica.applied, replica.skipped];
    });
    // VDL 2 and 5 lie within mini-transactions: nothing of them is applied.
    expect(steps).toEqual([
      [0, 0, 0],
      [0, 0, 0],
      [3, 1, 2],
      [4, 2, 2],
      [6, 3, 3],
    ]);
    expect(pagesOf(replica.cache).map(({ no, lsn }) => [no, lsn])).toEqual([[0, 6]]);
  });

  it('gives the same in whatever order its parts arrive, some of them twice', () => {
    const inOrder = parts.reduce((replica, m) => receiveStream(replica, delivery(m))[0], fresh());
    fc.assert(
      fc.property(fc.shuffledSubarray([...parts, ...parts], { minLength: 10 }), (shuffled) => {
        const replica = shuffled.reduce((r, m) => receiveStream(r, delivery(m))[0], fresh());
        expect(replica.cache).toEqual(inOrder.cache);
        expect([replica.vdl, replica.sequence, replica.early]).toEqual([6, 5, []]);
      }),
    );
  });

  const place: Attached = {
    type: 'ATTACHED',
    epoch: 1,
    ranges: [],
    sequence: 1,
    vdl: 0,
    vdlAtUs: 0,
    tails: [0],
    geometry: { type: 'GEOMETRY', epoch: 1, groups: [] },
    history: emptyHistory,
    records: log.slice(0, 3),
  };

  it('goes on with all of its parts that overtook the answer to attaching', () => {
    const early = parts.slice(1, 4);
    const [replica] = attached({ ...fresh(), early }, delivery(place));
    expect([replica.sequence, replica.vdl, replica.early]).toEqual([4, 4, []]);
  });

  it('that has a hole already when the replica attaches is waited for, but not for ever', () => {
    const [replica, effects] = attached({ ...fresh(), early: parts.slice(3) }, delivery(place));
    expect([replica.sequence, replica.early.length]).toEqual([1, 2]);
    expect(armed(effects)).toContain('gap');
  });
});

describe('a replica that was cut off', () => {
  it.each([50, 900, 4_000])('for %i ms attaches again and follows on', (ms) => {
    const trial = new Trial(config({ replicas: 1, workload: { perSecond: 40 } }), [
      at(100, { op: 'isolate', target: 'R1', on: true }),
      at(100 + ms, { op: 'isolate', target: 'R1', on: false }),
    ]);
    checked(trial);
    trial.to(100 + ms);
    expect(trial.writer.volume.vdl).toBeGreaterThan(trial.replica('R1').vdl);
    trial.to(1_600 + ms);
    expect(trial.stateOf('R1')).toBe('following');
    expect(trial.writer.volume.vdl - trial.replica('R1').vdl).toBeLessThan(20);
  });

  it('finds out what it missed although the writer has nothing more to say', () => {
    const trial = new Trial(config({ replicas: 1, workload: { perSecond: 40 } }), [
      at(100, { op: 'isolate', target: 'R1', on: true }),
      at(200, { op: 'workload', workload: { ...config().workload, on: false } }),
      at(5_000, { op: 'isolate', target: 'R1', on: false }),
    ]);
    trial.to(8_000);
    expect(trial.replica('R1').vdl).toBe(trial.writer.volume.vdl);
  });

  it('holds back collection for two seconds and no longer', () => {
    const trial = new Trial(config({ replicas: 2, workload: { perSecond: 40 } }), [
      at(100, { op: 'isolate', target: 'R1', on: true }),
    ]);
    checked(trial);
    trial.to(1_500);
    const held = lowestReadPoint(trial.writer);
    expect(held).toBeLessThanOrEqual(trial.replica('R1').vdl);
    trial.to(4_000);
    expect(lowestReadPoint(trial.writer)).toBeGreaterThan(held);
  });
});
