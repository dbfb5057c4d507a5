import { describe, expect, it, vi } from 'vitest';
import { select } from './faults.testkit.ts';
import type { Intervention } from './intervention.ts';
import { SLOTS } from './topology.ts';
import { at, type Changes, config, records, sql, Trial } from './trial.testkit.ts';

vi.setConfig({ testTimeout: 60_000 });

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** Writes only, so that whatever waits does so for storage. */
const writes = (changes: Changes = {}) =>
  config({ ...changes, workload: { perSecond: 200, readPermille: 0, ...changes.workload } });

/** One member of every group, besides those in zone C. */
const ONE_MORE = ['A1', 'A3'];
const down: readonly Intervention[] = [
  at(100, { op: 'crash-zone', az: 'C' }),
  ...ONE_MORE.map((target) => at(100, { op: 'crash', target })),
];
const back = (ms: number): readonly Intervention[] =>
  ONE_MORE.map((target) => at(ms, { op: 'restore', target }));

describe('four of six', () => {
  it('commits go on without a whole Availability Zone', () => {
    const trial = new Trial(writes(), [at(100, { op: 'crash-zone', az: 'C' })]).to(400);
    const queued = trial.told('commit-queued').filter(({ atUs }) => atUs < 390_000);
    const returned = new Set(trial.told('commit-returned').map(({ txn }) => txn));
    expect(queued.length).toBeGreaterThan(50);
    expect(queued.filter(({ txn }) => !returned.has(txn))).toEqual([]);
  });

  it('without a zone and one more node commits wait, reads go on, and the limit stops writers', () => {
    const reads = Array.from({ length: 8 }, (_, i) =>
      at(160 + 20 * i, sql(110 + i, [select(1_000 + 150 * i)], i % 2 === 0 ? 'W' : 'R1')),
    );
    const trial = new Trial(
      writes({
        allocationLimit: 20,
        cachePages: 16,
        connections: 12,
        workload: { skewPermille: 0 },
      }),
      [...down, ...reads],
    ).to(110);
    const { vdl } = trial.writer.volume;
    trial.to(400);
    expect(trial.writer.volume.vdl).toBe(vdl);
    expect(trial.told('commit-returned').filter(({ atUs }) => atUs > 105_000)).toEqual([]);
    expect(trial.writer.commits.length).toBeGreaterThan(0);
    const stalls = trial.told('allocation-stalled');
    expect(stalls.length).toBeGreaterThan(0);
    for (const { wanted, limit } of stalls) expect(wanted).toBeGreaterThan(limit);
    const answers = trial.told('replied').filter(({ session }) => session >= 110);
    expect(answers.map(({ rows }) => rows)).toEqual(answers.map(() => 1));
    expect(new Set(answers.map(({ instance }) => instance))).toEqual(new Set(['W', 'R1']));
    expect(trial.told('page-admitted').filter(({ atUs }) => atUs > 160_000).length).toBeGreaterThan(
      0,
    );
  });

  it('answers every waiting commit once the fourth member is back', () => {
    const trial = new Trial(writes({ allocationLimit: 20, connections: 12 }), [
      ...down,
      ...back(400),
    ]).to(399);
    const waiting = [...trial.writer.commits].map(({ txn }) => txn);
    expect(waiting.length).toBeGreaterThan(0);
    trial.to(900);
    const returned = new Set(trial.told('commit-returned').map(({ txn }) => txn));
    expect(waiting.filter((txn) => !returned.has(txn))).toEqual([]);
    expect(trial.told('allocation-resumed').length).toBeGreaterThan(0);
    expect(trial.told('commit-returned').some(({ atUs }) => atUs > 800_000)).toBe(true);
  });

  it('hides a node that is ten times slower', () => {
    const waits = (acts: readonly Intervention[]): number =>
      median(
        new Trial(writes({ workload: { perSecond: 400 } }), acts)
          .to(500)
          .told('commit-returned')
          .map(({ waitedUs }) => waitedUs),
      );
    const slow = waits([at(0, { op: 'slow', target: 'C1', on: true })]);
    expect(Math.abs(slow / waits([]) - 1)).toBeLessThan(0.15);
  });
});

describe('a write batch', () => {
  it('goes to the six segments of its group and to nobody else', () => {
    const trial = new Trial(config());
    let batches = 0;
    trial.watch(({ flight, sent }) => {
      const written = sent.filter(({ type }) => type === 'WRITE');
      if (flight.type !== 'FLUSH') expect(written).toEqual([]);
      else {
        const { group } = flight.message as unknown as { group: number };
        expect(sent.map(({ to }) => to)).toEqual(SLOTS.map((slot) => `${group}/${slot}`));
        expect(new Set(written.map(({ message }) => message)).size).toBe(1);
        batches++;
      }
    });
    trial.to(150);
    expect(batches).toBeGreaterThan(40);
    expect(trial.told('batch-sent').length).toBe(batches);
  });

  it('takes along what is issued while it waits for the network, and nothing waits for company', () => {
    const trial = new Trial(writes({ workload: { perSecond: 4_000 } }));
    const waits: number[] = [];
    trial.watch(({ timeUs, flight }) => {
      if (flight.type === 'FLUSH') waits.push(timeUs - flight.sentUs);
    });
    trial.to(100);
    const sent = trial.told('batch-sent');
    expect(Math.max(...sent.map(({ count }) => count))).toBeGreaterThan(4);
    expect(Math.max(...waits)).toBeLessThan(500);
    const boarded = new Map(
      trial
        .told('mtr-closed')
        .flatMap(({ records, atUs }) => records.map(({ lsn }) => [lsn, atUs])),
    );
    for (const { first, atUs } of sent) expect(atUs - (boarded.get(first) ?? 0)).toBeLessThan(500);
  });

  it('is sent again when no member can have it, until it is durable', () => {
    const trial = new Trial(records({ workload: { perSecond: 50 } }), [
      at(100, { op: 'isolate', target: 'W', on: true }),
      at(1_000, { op: 'isolate', target: 'W', on: false }),
      at(1_000, { op: 'workload', workload: { ...config().workload, on: false } }),
    ]).to(999);
    expect(trial.writer.volume.vdl).toBeLessThan(trial.writer.prevVolumeLsn);
    trial.to(1_500);
    expect(trial.writer.volume.vdl).toBe(trial.writer.prevVolumeLsn);
    const { vdl } = trial.writer.volume;
    const batches = trial.told('batch-sent').length;
    trial.to(5_000);
    expect(trial.told('batch-sent').length).toBe(batches);
    expect(SLOTS.map((slot) => trial.segment(`0/${slot}`).scl)).toEqual(SLOTS.map(() => vdl));
  });
});

describe('replicas and commits', () => {
  it('no commit waits for a replica: without all of them each returns in the same microsecond', () => {
    const isolation = ['R1', 'R2'].map((target) => at(20, { op: 'isolate', target, on: true }));
    const returned = (acts: readonly Intervention[]) =>
      new Trial(writes(), acts).to(300).told('commit-returned');
    const alone = returned(isolation);
    expect(alone.length).toBeGreaterThan(40);
    expect(alone).toEqual(returned([]));
  });
});

describe('the same run with one change', () => {
  /** Delay and loss of every message, by sender, receiver, kind and how many-th it was. */
  function fates(acts: readonly Intervention[]): ReadonlyMap<string, string> {
    const ordinals = new Map<string, number>();
    const seen = new Map<string, string>();
    const trial = new Trial(config({ lossPpm: 20_000, tailPpm: 10_000, tailUs: 20_000 }), acts);
    trial.watch(({ sent }) => {
      for (const { from, to, type, atUs, sentUs, lost } of sent) {
        const link = `${from} ${to} ${type}`;
        const ordinal = ordinals.get(link) ?? 0;
        ordinals.set(link, ordinal + 1);
        seen.set(`${link} ${ordinal}`, `${atUs - sentUs} ${lost}`);
      }
    });
    trial.to(400);
    return seen;
  }

  it('gives the n-th message of a kind on a link the same delay and the same loss', () => {
    const one = fates([]);
    const other = fates([
      at(120, { op: 'crash', target: 'C3' }),
      at(150, { op: 'write', count: 3 }),
    ]);
    const common = [...one].filter(([key]) => other.has(key));
    expect(common.filter(([key, fate]) => other.get(key) !== fate)).toEqual([]);
    expect(common.length).toBeGreaterThan(2_000);
    expect(common.filter(([, fate]) => fate.endsWith('network')).length).toBeGreaterThan(20);
    expect([...one.keys()].filter((key) => !other.has(key)).length).toBeGreaterThan(20);
  });
});
