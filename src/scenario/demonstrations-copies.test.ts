import { describe, expect, it } from 'vitest';
import { quantile, Shown } from './demonstration.testkit.ts';

/** Commits answered between two moments, in milliseconds. */
const commitsIn = (shown: Shown, fromMs: number, toMs: number) =>
  shown.told('commit-returned').filter(({ atUs }) => atUs > fromMs * 1_000 && atUs <= toMs * 1_000);

describe('a zone is lost', () => {
  it('and commits go on, at the pace of the slowest of four', () => {
    const shown = new Shown('zone-lost').to(1_500);
    const waits = (fromMs: number, toMs: number) =>
      commitsIn(shown, fromMs, toMs).map(({ waitedUs }) => waitedUs);
    expect(waits(510, 1_500).length).toBeGreaterThan(100);
    expect(quantile(waits(510, 1_500), 0.5)).toBeGreaterThan(1.1 * quantile(waits(0, 500), 0.5));
  });
});

describe('a zone and one more', () => {
  const shown = new Shown('zone-and-one').to(5_000);

  it('stops writes, not reads, until a repair brings them back', () => {
    const [regained] = shown.told('write-quorum-regained');
    const filled = shown.told('hydrated').map(({ segment }) => segment);
    expect(filled).toContain('0/h@B3');
    const backMs = (regained?.atUs ?? 0) / 1_000;
    expect(commitsIn(shown, 420, backMs - 100)).toEqual([]);
    expect(commitsIn(shown, backMs, 5_000).length).toBeGreaterThan(200);
    expect(shown.told('page-answered').some(({ atUs }) => atUs > 450_000)).toBe(true);
  });
});

/** Steps of the membership changes of group 0, with their epochs. */
const steps = (shown: Shown) =>
  shown.told('membership').map(({ epoch, step, write }) => [epoch, step, write]);

describe('a suspect', () => {
  it('that comes back keeps its place', () => {
    const shown = new Shown('suspect-returns').to(3_000);
    expect(steps(shown).map(([epoch, , write]) => [epoch, write])).toEqual([
      [2, '4/6 of abcdef AND 4/6 of abcdeg'],
      [3, '4/6 of abcdef'],
    ]);
  });

  it('that is lost gives it to the new copy once that is filled', () => {
    const shown = new Shown('suspect-replaced').to(3_000);
    expect(steps(shown).map(([epoch, , write]) => [epoch, write])).toEqual([
      [2, '4/6 of abcdef AND 4/6 of abcdeg'],
      [3, '4/6 of abcdeg'],
    ]);
    const [hydrated] = shown.told('hydrated');
    const last = shown.told('membership').at(-1);
    expect(hydrated?.atUs).toBeLessThanOrEqual(last?.atUs ?? 0);
    expect(commitsIn(shown, 200, 3_000).length).toBeGreaterThan(350);
  });

  it('has a successor that counts as a copy only once it is filled', () => {
    const shown = new Shown('suspect-replaced').to(600);
    const places = () => shown.view.groups[0]?.places ?? [];
    const labels = new Set<string>();
    const acked = new Set<number>();
    for (let ms = 601; ms < 700; ms++) {
      const { flights, groups } = shown.to(ms).view;
      for (const { kind, label } of flights) if (kind === 'ack') labels.add(label);
      acked.add(groups[0]?.meter?.acked ?? 0);
    }
    expect(places().some(({ replacement }) => replacement?.hydrated === false)).toBe(true);
    expect([...labels].filter((label) => !/^([1-5] of 6)?$/.test(label))).toEqual([]);
    expect(Math.max(...acked)).toBe(5);
    expect(shown.view.groups[0]?.healthy).toBe(5);
    expect(shown.to(3_000).view.groups[0]?.healthy).toBe(6);
  });

  it('may be followed by a second: four quorums at once, and writes go on', () => {
    const shown = new Shown('second-failure').to(4_000);
    const dual = shown.told('membership').filter(({ write }) => write.split('AND').length === 4);
    expect(dual.length).toBeGreaterThan(0);
    expect(shown.told('hydrated')).toHaveLength(2);
    expect(commitsIn(shown, 200, 4_000).length).toBeGreaterThan(500);
    const [group] = shown.view.groups;
    expect(group?.segments.filter(({ state }) => state === 'complete')).toHaveLength(6);
  });
});

describe('a hot disk', () => {
  it('loses its copy to a colder node by the same steps', () => {
    const shown = new Shown('hot-disk').to(3_000);
    expect(steps(shown)).toHaveLength(2);
    expect(shown.view.groups[0]?.segments.map(({ host }) => host)).toContain('B3');
  });
});

describe('a zone is patched', () => {
  it('one node after another, and no commit waits for it', () => {
    const shown = new Shown('patched-zone').to(3_000);
    const order = shown.told('patch').map(({ host, state }) => `${host} ${state}`);
    expect(order).toEqual([
      ...['B1 begun', 'B1 done', 'B2 begun', 'B2 done', 'B3 begun', 'B3 done'],
    ]);
    expect(Math.max(...shown.told('commit-returned').map(({ waitedUs }) => waitedUs))).toBeLessThan(
      10_000,
    );
  });
});

describe('full and tail copies', () => {
  it('write on without a zone, and only full ones are asked for pages', () => {
    const shown = new Shown('full-and-tail').to(1_000);
    expect(commitsIn(shown, 310, 1_000).length).toBeGreaterThan(80);
    const asked = new Set(shown.told('page-answered').map(({ segment }) => segment));
    expect([...asked].every((segment) => ['0/a', '0/c', '0/e'].includes(segment))).toBe(true);
  });

  it('cannot be read without the three full ones', () => {
    const shown = new Shown('full-copies-lost').to(1_000);
    expect(shown.told('read-quorum-lost').map(({ group }) => group)).toEqual([0]);
    expect(shown.told('write-quorum-lost').map(({ group }) => group)).toEqual([0]);
    expect(shown.told('commit-returned')).toEqual([]);
  });
});

describe('a zone is given up for long', () => {
  const shown = new Shown('zone-given-up').to(3_000);

  it('once the other four are complete; then three of four are enough', () => {
    expect(shown.told('membership').map(({ write }) => write)).toEqual([
      '4/6 of abcdef AND 3/4 of abcd',
      '3/4 of abcd',
    ]);
    expect(commitsIn(shown, 1_510, 2_000).length).toBeGreaterThan(60);
  });
});
