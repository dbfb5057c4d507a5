import { describe, expect, it, vi } from 'vitest';
import { applyDelta } from '../database/delta.ts';
import type { Key, Row, TxnId, Value } from '../database/ids.ts';
import { freePage, type Page } from '../database/page.ts';
import type { Happening } from '../engine/happening.ts';
import { millis } from '../engine/time.ts';
import { crcOf } from './block-crc.ts';
import { select, update } from './faults.testkit.ts';
import type { PageAnswer, Reply } from './messages.ts';
import type { AuroraNote } from './notes.ts';
import { latest, upToOf } from './object-store.ts';
import type { LogRecord } from './record.ts';
import { pageIn, type RestoredVolume } from './restored-volume.ts';
import { partsOf } from './topology.ts';
import { at, config, quiet, records, sql, Trial } from './trial.testkit.ts';
import { storeIn } from './view-actors.ts';
import { storeView } from './view-backup.ts';

vi.setConfig({ testTimeout: 60_000 });

/** Every record that was issued, and every answer of a page, in order. */
class Book {
  readonly issued: LogRecord[] = [];
  readonly answers: PageAnswer[] = [];
  readonly replies: Reply[] = [];
  readonly trial: Trial;

  constructor(trial: Trial) {
    this.trial = trial.watch((happening) => this.#see(happening));
  }

  #see({ notes, sent }: Happening): void {
    for (const note of notes as readonly AuroraNote[])
      if (note.type === 'mtr-closed') this.issued.push(...note.records);
    for (const { type, message } of sent) {
      if (type === 'PAGE') this.answers.push(message as PageAnswer);
      if (type === 'REPLY') this.replies.push(message as Reply);
    }
  }

  /** A page by the records alone. */
  pageAt(no: number, upTo: number): Page {
    let page = this.trial.kernel.network.cluster.pages.get(no) ?? freePage(no);
    for (const { page: target, lsn, delta } of this.issued)
      if (target === no && lsn <= upTo) page = applyDelta(page, no, lsn, delta);
    return page;
  }

  /** The rows of `orders` that transactions committed at or below an LSN leave. */
  rowsAt(upTo: number): readonly (readonly Value[])[] {
    const rows = new Map<Key, readonly Value[]>();
    for (const row of this.trial.config.volume.databases[0]?.tables[0]?.rows ?? [])
      rows.set(row[0]!, row);
    for (const { txn, kind } of this.issued.filter(({ lsn }) => lsn <= upTo))
      if (kind === 'commit') for (const row of this.#written(txn)) apply(rows, row);
    return [...rows].toSorted(([a], [b]) => Number(a) - Number(b)).map(([, values]) => values);
  }

  /** Row versions that a transaction wrote, in order. */
  #written(txn: TxnId): readonly Row[] {
    return this.issued.flatMap((record) =>
      record.txn === txn && record.delta.kind === 'put-row' ? [record.delta.row] : [],
    );
  }
}

function apply(rows: Map<Key, readonly Value[]>, { key, values, deleted }: Row): void {
  if (deleted) rows.delete(key);
  else rows.set(key, values);
}

const restoredIn = (trial: Trial): RestoredVolume =>
  trial.kernel.actor('restored')?.context as RestoredVolume;

describe('a restore', () => {
  const small = { segmentBytes: 1_000_000, backupEveryUs: 50_000 };
  const restored = (toMs: number, atMs: number) => {
    const trial = new Trial(config({ ...small, workload: { perSecond: 500 } }), [
      at(atMs, { op: 'restore-volume', toUs: millis(toMs) }),
      at(atMs + 20, sql(101, [select(0, 99_999)], 'restored')),
    ]);
    const book = new Book(trial);
    trial.to(atMs + 60);
    expect(trial.stateOf('restored')).toBe('ready');
    return { trial, book, volume: restoredIn(trial) };
  };

  it.each([
    [300, 900],
    [700, 800],
    [5, 400],
  ])('to %d ms has every page as it was at one durable point before', (toMs, atMs) => {
    const { trial, book, volume } = restored(toMs, atMs);
    const { vdl, atUs } = volume.mark!;
    expect(atUs).toBeLessThanOrEqual(millis(toMs));
    expect(trial.told('vdl').find(({ to }) => to === vdl)?.atUs ?? 0).toBe(atUs);
    for (let no = 0; no < 64; no++) expect(pageIn(volume, no)).toEqual(book.pageAt(no, vdl));
  });

  it('answers what was committed at its point, and hides what was open there', () => {
    const { book, volume } = restored(600, 900);
    const reply = book.replies.find(({ session }) => session === 101);
    expect(reply?.result).toMatchObject({ kind: 'rows', rows: book.rowsAt(volume.mark!.vdl) });
  });

  it('is within milliseconds of the time asked for, or says that it is the latest there is', () => {
    const early = restored(500, 1_000);
    expect(millis(500) - early.volume.mark!.atUs).toBeLessThan(30_000);
    expect(early.trial.told('restore-begun')[0]?.isLatest).toBe(false);
    const late = restored(999_999, 1_000);
    expect(late.trial.told('restore-begun')[0]?.isLatest).toBe(true);
    expect(late.volume.mark!.atUs).toBeGreaterThan(millis(800));
  });

  it('reaches the last commit once the volume has been quiet for a while', () => {
    const trial = new Trial(quiet(small), [
      at(10, { op: 'write', count: 3 }),
      at(600, { op: 'restore-volume', toUs: millis(600) }),
    ]).to(700);
    expect(trial.writer.volume.vdl).toBeGreaterThan(1_000);
    expect(restoredIn(trial).mark?.vdl).toBe(trial.writer.volume.vdl);
    expect(storeView(trial.kernel, trial.writer.volume.vdl)?.behind).toBe(0);
  });

  it('takes the time that 10 GB take', () => {
    const trial = new Trial(quiet(), [
      at(10, { op: 'write', count: 1 }),
      at(3_000, { op: 'restore-volume', toUs: millis(3_000) }),
    ]);
    trial.to(10_900);
    expect(trial.stateOf('restored')).toBe('assembling');
    trial.to(11_100);
    expect(trial.stateOf('restored')).toBe('ready');
  });

  it('refuses to change anything', () => {
    const trial = new Trial(quiet(small), [
      at(10, { op: 'restore-volume', toUs: 0 }),
      at(30, sql(102, [update(1_000, 'anvil')], 'restored')),
    ]);
    const book = new Book(trial);
    trial.to(50);
    expect(book.replies).toMatchObject([{ session: 102, result: null, commit: null }]);
    expect(book.replies[0]?.problem).toContain('read-only copy');
    expect(pageIn(restoredIn(trial), 4)).toEqual(book.pageAt(4, 9_999));
  });

  it('before there is one, and while it is put together, answers nothing', () => {
    const trial = new Trial(quiet({ ...small, segmentBytes: 100_000_000 }), [
      at(10, sql(101, [select(1_000)], 'restored')),
      at(20, { op: 'restore-volume', toUs: 0 }),
      at(40, sql(101, [select(1_000)], 'restored')),
    ]);
    const book = new Book(trial);
    trial.to(50);
    expect(book.replies.map(({ problem }) => problem)).toEqual([
      'No volume has been restored yet: nothing answers at this endpoint.',
      'The restored volume is still being put together: ask again in a while.',
    ]);
  });
});

describe('the object store', () => {
  it('keeps the newest log, and snapshots that lie the further apart the older they are', () => {
    const trial = new Trial(records({ workload: { perSecond: 200 } })).to(60_000);
    const { context: store } = storeIn(trial.kernel);
    expect(store.records).toBeLessThan(512 + 256 + 300);
    const times = store.older.map(({ mark }) => mark.atUs);
    expect(times[0]).toBe(0);
    expect(times.length).toBeLessThan(25);
    for (const [i, atUs] of times.slice(1, -1).entries()) {
      const age = store.snapshot.mark.atUs - atUs;
      expect(atUs - times[i]!).toBeGreaterThan(Math.min(1e6, age / 5));
      expect(atUs - times[i]!).toBeLessThan(6e6 + age);
    }
    const { vdl } = latest(store);
    expect(trial.writer.volume.vdl - vdl).toBeLessThan(400);
  });

  it('restores older moments from the snapshots, page by page as they were', () => {
    const trial = new Trial(config({ segmentBytes: 1_000_000, workload: { perSecond: 600 } }), [
      at(6_000, { op: 'restore-volume', toUs: millis(4_000) }),
    ]);
    const book = new Book(trial);
    trial.to(6_050);
    const volume = restoredIn(trial);
    const { vdl, atUs } = volume.mark!;
    expect(atUs).toBeGreaterThan(0);
    expect(atUs).toBeLessThanOrEqual(millis(4_000));
    expect(storeIn(trial.kernel).context.snapshot.mark.atUs).toBeGreaterThan(millis(4_000));
    for (let no = 0; no < 64; no++) expect(pageIn(volume, no)).toEqual(book.pageAt(no, vdl));
  });

  it('that nobody can reach keeps log from being collected, and nothing else', () => {
    const hosts = ['A', 'B', 'C'].flatMap((zone) => [1, 2].map((n) => `${zone}${n}`));
    const cut = (on: boolean) => ({ op: 'partition', from: hosts, to: ['S3'], on }) as const;
    const trial = new Trial(
      records({ hostsPerZone: 2, backupEveryUs: 100_000, workload: { perSecond: 200 } }),
      [at(5, cut(true)), at(6_000, cut(false))],
    );
    trial.to(5_900);
    const { floor, log, pgmrpl } = trial.segment('0/a');
    expect(floor).toBe(1_000);
    expect(log.length).toBeGreaterThan(900);
    expect(pgmrpl).toBeGreaterThan(1_900);
    expect(trial.writer.counters.commits).toBeGreaterThan(900);
    trial.to(9_000);
    expect(trial.segment('0/a').floor).toBeGreaterThan(2_000);
  });

  it('has every record that a segment drops', () => {
    const trial = new Trial(config({ backupEveryUs: 100_000, workload: { perSecond: 800 } }));
    let looked = 0;
    trial.watch(({ notes }) => {
      for (const note of notes as readonly AuroraNote[]) {
        if (note.type !== 'collected') continue;
        const { group } = partsOf(note.segment);
        expect(upToOf(storeIn(trial.kernel).context, group)).toBeGreaterThanOrEqual(note.floor);
        looked++;
      }
    });
    trial.to(4_000);
    expect(looked).toBeGreaterThan(20);
  });
});

describe('a block that goes bad', () => {
  it('is never returned, is noticed by the read, and comes back from a peer', () => {
    const page = 24;
    const trial = new Trial(
      quiet({ groups: 4, cachePages: 16, builtPages: 1, replicas: 0, scrubEveryUs: 0 }),
      [
        ...['a', 'b', 'c', 'd', 'e'].map((slot) =>
          at(10, { op: 'corrupt', target: `1/${slot}`, page } as const),
        ),
        at(20, sql(101, [select(0, 9_999)])),
      ],
    );
    const book = new Book(trial);
    trial.to(2_000);
    expect(trial.told('block-damaged')).toHaveLength(5);
    expect(trial.told('block-bad').length).toBeGreaterThan(0);
    expect(trial.told('page-refused').some(({ reason }) => reason === 'corrupt')).toBe(true);
    for (const { page: image } of book.answers)
      expect(image).toEqual(book.pageAt(image.no, image.lsn));
    expect(book.replies[0]?.result).toMatchObject({ rows: book.rowsAt(9_999) });
    const repaired = trial.told('block-repaired');
    expect(repaired.length).toBe(trial.told('block-bad').length);
    for (const { segment, lsn } of repaired) {
      const { versions, sums } = trial.segment(segment).pages[page - 16]!;
      const index = versions.findIndex((version) => version.lsn === lsn);
      expect(versions[index]).toEqual(book.pageAt(page, lsn));
      expect(sums[index]).toBe(crcOf(versions[index]!));
    }
  });

  it('is found by scrubbing although nobody reads it', () => {
    const trial = new Trial(quiet({ replicas: 0, scrubEveryUs: 500_000 }), [
      at(10, { op: 'corrupt', target: '2/d', page: 35 }),
    ]).to(2_000);
    expect(trial.told('block-bad')).toMatchObject([{ segment: '2/d', page: 35, found: 'scrub' }]);
    expect(trial.told('block-repaired')).toMatchObject([{ segment: '2/d', page: 35 }]);
    expect(trial.told('scrubbed').at(-1)?.bad).toBe(0);
  });

  it('waits for a peer when all of them are away', () => {
    const others = ['A', 'B', 'C'].flatMap((zone) => [1, 2, 3, 4].map((n) => `${zone}${n}`));
    const hosts = others.filter((host) => host !== 'A1');
    const trial = new Trial(quiet({ replicas: 0, scrubEveryUs: 100_000 }), [
      ...hosts.map((target) => at(5, { op: 'crash', target } as const)),
      at(10, { op: 'corrupt', target: '0/a', page: 4 }),
      ...hosts.map((target) => at(1_000, { op: 'restore', target } as const)),
    ]).to(900);
    expect(trial.segment('0/a').host).toBe('A1');
    expect(trial.told('block-bad')).toHaveLength(1);
    expect(trial.told('block-repaired')).toEqual([]);
    trial.to(1_500);
    expect(trial.told('block-repaired')).toMatchObject([{ segment: '0/a', page: 4 }]);
  });
});

describe('background work', () => {
  const busy = {
    ...{ groups: 1, pagesPerGroup: 31, hostsPerZone: 2, replicas: 0, connections: 16 },
    ...{ backupEveryUs: 50_000, workload: { perSecond: 2_500, skewPermille: 500 } },
  } as const;

  it('is put off by a busy disk, and slows reads and writes down when it has waited too long', () => {
    const slow = (ms: number, on: boolean) => at(ms, { op: 'slow', target: 'B1', on });
    const trial = new Trial(config(busy), [slow(50, true), slow(1_500, false)]);
    trial.to(1_500);
    expect(trial.told('background-deferred').some(({ host }) => host === 'B1')).toBe(true);
    const [first] = trial.told('throttled');
    expect(first).toMatchObject({ host: 'B1', on: true });
    trial.to(3_000);
    const throttled = trial.told('throttled').filter(({ host }) => host === 'B1');
    expect(throttled.at(-1)?.on).toBe(false);
  });

  it('takes its turn on every host that keeps up, and every step is counted', () => {
    const trial = new Trial(config({ ...busy, scrubEveryUs: 200_000 })).to(2_500);
    expect(trial.told('throttled')).toEqual([]);
    for (const slot of ['a', 'b', 'c', 'd', 'e', 'f'] as const)
      for (const step of [0, 1, 2, 4, 5, 6, 7])
        expect(trial.segment(`0/${slot}`).steps[step]).toBeGreaterThan(0);
  });

  it('of one host that cannot keep up is not noticed by commits', () => {
    const wait = (trial: Trial): number => {
      const waits = trial.told('commit-returned').map(({ waitedUs }) => waitedUs);
      return waits.toSorted((a, b) => a - b)[Math.floor(waits.length / 2)] ?? 0;
    };
    const healthy = wait(new Trial(config(busy)).to(1_500));
    const slow = at(100, { op: 'slow', target: 'B1', on: true });
    const throttled = wait(new Trial(config(busy), [slow]).to(1_500));
    expect(throttled).toBeLessThan(healthy * 1.3);
  });
});
