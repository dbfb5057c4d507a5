import { describe, expect, it } from 'vitest';
import { quantile, Shown } from './demonstration.testkit.ts';

describe('one transaction, two groups', () => {
  const shown = new Shown('two-groups').to(100);

  it('is answered once both groups have four copies of everything', () => {
    const groups = new Set(
      shown.told('mtr-closed').flatMap(({ records }) => records.map((r) => r.group)),
    );
    expect(groups.size).toBeGreaterThan(1);
    const [commit] = shown.told('commit-returned');
    expect(shown.told('commit-returned')).toHaveLength(1);
    for (const group of groups) {
      const durable = shown.told('pgcl').filter((point) => point.group === group);
      const last = Math.max(
        ...shown
          .told('mtr-closed')
          .flatMap(({ records }) =>
            records
              .filter((r) => r.group === group && r.lsn <= (commit?.lsn ?? 0))
              .map((r) => r.lsn),
          ),
      );
      const reached = durable.find(({ to }) => to >= last);
      expect(reached?.atUs).toBeLessThanOrEqual(commit?.atUs ?? 0);
    }
  });
});

describe('a lost packet', () => {
  const shown = new Shown('lost-packet').to(900);

  it('costs the commit nothing, and gossip mends the copy', () => {
    expect(shown.happenings.filter(({ flight }) => flight.lost !== null)).toHaveLength(1);
    expect(shown.told('commit-returned')).toHaveLength(2);
    expect(shown.told('gap-found').map(({ segment }) => segment)).toContain('1/c');
    expect(shown.told('gossip-filled').map(({ segment }) => segment)).toContain('1/c');
    const group = shown.view.groups[1];
    expect(new Set(group?.segments.map(({ scl }) => scl)).size).toBe(1);
  });
});

/** LSNs of the figure: its 100 is the first record of the run. */
function figure(id: string): {
  readonly pgcl: number[];
  readonly vcl: number;
  readonly scl: number[][];
} {
  const shown = new Shown(id).to(30);
  const first = shown.told('mtr-closed')[0]?.records[0]?.lsn ?? 0;
  const printed = (lsn: number): number => (lsn < first ? 0 : lsn - first + 100);
  const { groups, volume } = shown.view;
  return {
    pgcl: groups.slice(1).map(({ pgcl }) => printed(pgcl)),
    vcl: printed(volume.vcl),
    scl: groups.slice(1).map(({ segments }) => segments.map(({ scl }) => printed(scl))),
  };
}

describe('Figure 3 of the 2018 paper', () => {
  it('has by SCL the points that its text defines', () => {
    expect(figure('figure-3')).toEqual({
      pgcl: [103, 102],
      vcl: 103,
      scl: [
        [101, 105, 107, 103, 103, 101],
        [106, 100, 102, 100, 102, 106],
      ],
    });
  });

  it('has record by record the points that it prints', () => {
    expect(figure('figure-3-counted')).toMatchObject({ pgcl: [103, 104], vcl: 104 });
  });
});

describe('complete, not durable', () => {
  it('stops VDL at the last consistency point below VCL', () => {
    const { volume } = new Shown('complete-not-durable').to(20).view;
    expect(volume.vcl - volume.vdl).toBe(7);
    expect(volume.allocated - volume.vdl).toBe(100);
  });
});

describe('a slow node', () => {
  it('leaves commits as fast as they were', () => {
    const commits = new Shown('slow-node').to(1_000).told('commit-returned');
    const waits = (slow: boolean) =>
      commits.filter(({ atUs }) => atUs > 100_000 === slow).map(({ waitedUs }) => waitedUs);
    expect(waits(true).length).toBeGreaterThan(100);
    expect(quantile(waits(true), 0.5)).toBeLessThan(quantile(waits(false), 0.5) * 1.2);
  });
});

describe('the allocation limit', () => {
  const shown = new Shown('allocation-limit');

  it('stops the writer twenty records above the durable point', () => {
    const { volume } = shown.to(399).view;
    expect(shown.told('allocation-stalled').length).toBeGreaterThan(0);
    expect(volume.allocated - volume.vdl).toBeGreaterThan(15);
    expect(volume.allocated - volume.vdl).toBeLessThanOrEqual(20);
    expect(shown.told('commit-returned').filter(({ atUs }) => atUs > 20_000)).toEqual([]);
  });

  it('lets it go on when the copies are back', () => {
    shown.to(1_000);
    expect(shown.told('commit-returned').length).toBeGreaterThan(50);
    expect(shown.told('allocation-resumed').length).toBeGreaterThan(0);
  });
});
