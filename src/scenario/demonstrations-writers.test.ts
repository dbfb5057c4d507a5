import { describe, expect, it } from 'vitest';
import type { Reply } from '../protocol/messages.ts';
import { Shown } from './demonstration.testkit.ts';

/** Answers that a connection of a person got, in order. */
const answersTo = (shown: Shown, client: string): readonly Reply[] =>
  shown.happenings
    .filter(({ flight }) => flight.type === 'REPLY' && flight.to === client && flight.lost === null)
    .map(({ flight }) => flight.message as Reply);

/** Keys of the rows that an answer has. */
const keysOf = (reply: Reply | undefined): readonly unknown[] =>
  reply?.result?.kind === 'rows' ? reply.result.rows.map(([id]) => id) : [];

describe('the writer crashes', () => {
  const shown = new Shown('crash-recovery').to(2_000);
  const [points] = shown.told('recovery-points');
  const [range] = shown.told('range-recorded');

  it('with records above a hole: they are annulled, and new LSNs begin above them', () => {
    expect(points?.annulled).toBe(6);
    expect(range?.above).toBe(points?.vdl);
    const [opened] = shown.told('volume-opened');
    expect(opened).toMatchObject({ epoch: 2, undo: 1 });
    expect(opened?.next).toBe((range?.upTo ?? 0) + 1);
    expect(shown.told('truncated').filter(({ dropped }) => dropped > 0).length).toBeGreaterThan(3);
  });

  it('and nothing acknowledged is among them', () => {
    const before = shown.told('commit-returned').filter(({ atUs }) => atUs < (points?.atUs ?? 0));
    expect(before.length).toBeGreaterThan(5);
    expect(before.filter(({ lsn }) => lsn > (points?.vdl ?? 0))).toEqual([]);
  });

  it('and what was cut off is undone while new work runs', () => {
    const [undone] = shown.told('rolled-back');
    expect(undone?.session).toBeLessThan(0);
    const compensating = new Set(
      shown
        .told('mtr-closed')
        .flatMap(({ records }) =>
          records.filter(({ kind }) => kind === 'clr').map(({ lsn }) => lsn),
        ),
    );
    const marked = new Shown('crash-recovery').to((undone?.atUs ?? 0) / 1_000 + 1).view.groups;
    const undoes = marked.flatMap(({ segments }) => segments.flatMap((each) => each.undoes));
    expect(undoes.length).toBeGreaterThan(0);
    expect(undoes.filter((lsn) => !compensating.has(lsn))).toEqual([]);
    const commits = shown.told('commit-returned').filter(({ atUs }) => atUs > 260_000);
    expect(commits.length).toBeGreaterThan(100);
    const said = answersTo(shown, 'you2').map(({ problem }) => problem);
    expect(said.some((problem) => problem?.includes('unknown outcome'))).toBe(true);
  });
});

describe('failover', () => {
  const shown = new Shown('failover').to(3_000);

  it('goes through its phases in order and moves the endpoint to R1', () => {
    const steps = shown.told('failover').map(({ step }) => step);
    expect(steps).toEqual(['detecting', 'electing', 'promoting', 'reconnecting', 'done']);
    expect(shown.told('endpoint').map(({ writer }) => writer)).toEqual(['R1']);
    expect(shown.view.volume.epoch).toBe(2);
  });

  it('and clients find the new writer, which has a warm cache', () => {
    const [opened] = shown.told('volume-opened');
    const commits = shown.told('commit-returned').filter(({ atUs }) => atUs > (opened?.atUs ?? 0));
    expect(commits.length).toBeGreaterThan(100);
    expect(shown.told('reconnect').filter(({ state }) => state === 'found').length).toBeGreaterThan(
      0,
    );
  });
});

describe('failover without a replica', () => {
  it('starts a new instance, which takes longer', () => {
    const shown = new Shown('failover-alone').to(20_000);
    const [opened] = shown.told('volume-opened');
    expect(opened?.instance).toBe('W2');
    expect(shown.told('endpoint').map(({ writer }) => writer)).toEqual(['W2']);
    const [other] = new Shown('failover').to(3_000).told('volume-opened');
    expect(opened?.atUs).toBeGreaterThan(5 * (other?.atUs ?? 0));
    expect(shown.told('commit-returned').some(({ atUs }) => atUs > (opened?.atUs ?? 0))).toBe(true);
  });
});

describe('the old writer that lives on', () => {
  const shown = new Shown('zombie').to(3_000);
  const [raised] = shown.told('epoch-raised');

  it('is refused by storage and fenced; it commits nothing under its old epoch', () => {
    expect(shown.told('fenced').map(({ instance }) => instance)).toEqual(['W']);
    const refused = [
      ...shown.told('refused').filter(({ sender }) => sender === 'W'),
      ...shown.told('page-refused').filter(({ instance }) => instance === 'W'),
    ];
    expect(refused.length).toBeGreaterThan(0);
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['stale-volume-epoch']));
    const [points] = shown.told('recovery-points');
    const lost = shown
      .told('commit-returned')
      .filter(({ lsn, atUs }) => atUs < (raised?.atUs ?? 0) && lsn > (points?.vdl ?? 0));
    expect(lost).toEqual([]);
  });
});

describe('a replica that lags', () => {
  it('shows an older moment than the other, and whole mini-transactions only', () => {
    const shown = new Shown('replica-lag').to(260);
    const lag = (replica: string) =>
      shown.told('read-view').filter((view) => view.replica === replica && view.atUs > 150_000);
    const mean = (replica: string) =>
      lag(replica).reduce((sum, { lagUs }) => sum + lagUs, 0) / lag(replica).length;
    expect(mean('R1')).toBeGreaterThan(3 * mean('R2'));
    const ends = new Set(
      shown
        .told('mtr-closed')
        .flatMap(({ records }) => records.filter((r) => r.cpl).map((r) => r.lsn)),
    );
    expect(lag('R1').filter(({ to }) => !ends.has(to))).toEqual([]);
  });
});

describe('a long query on a replica', () => {
  it('holds the read point of the whole volume, and lets it go when it ends', () => {
    const shown = new Shown('long-query').to(4_900);
    const held = shown.view.volume;
    expect(held.vdl - held.pgmrpl).toBeGreaterThan(500);
    const floors = (view: typeof shown.view) =>
      Math.max(...view.groups.flatMap(({ segments }) => segments.map(({ floor }) => floor)));
    expect(floors(shown.view)).toBeLessThanOrEqual(held.pgmrpl);
    shown.to(8_000);
    const after = shown.view.volume;
    expect(after.vdl - after.pgmrpl).toBeLessThan(200);
    expect(floors(shown.view)).toBeGreaterThan(held.pgmrpl);
  });
});

describe('written here, not yet seen there', () => {
  it('point 28: is what a replica may answer after the commit was', () => {
    const shown = new Shown('unread-own-write').to(900);
    const commit = shown.told('commit-returned').find(({ session }) => session === 101);
    const asked = shown.told('statement').find(({ session }) => session === 102);
    expect(commit?.atUs).toBeLessThan(asked?.atUs ?? 0);
    const [answer] = answersTo(shown, 'you2');
    expect(keysOf(answer).length).toBeGreaterThan(100);
    expect(keysOf(answer)).not.toContain(5);
  });
});
