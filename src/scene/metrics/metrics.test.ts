import { beforeAll, describe, expect, it } from 'vitest';
import { Kernel } from '../../engine/kernel.ts';
import { millis } from '../../engine/time.ts';
import { MetricsHistory } from '../../history/metrics-history.ts';
import { auroraModel } from '../../protocol/aurora.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import { DEFAULT_RUN } from '../../scenario/presets.ts';
import type { Mark, Plot } from './plot.ts';
import { type Present, plotsOf } from './plots.ts';
import { rangeOf, samplesIn, thinned } from './range.ts';
import { axisFromZero, figure, lengthText, timeTexts } from './words.ts';

const { config } = DEFAULT_RUN.scenario;
const UNTIL_US = millis(400);

function measured(interventions: readonly Intervention[] = []): MetricsHistory {
  const world = new Kernel(auroraModel(config), 1, interventions);
  const history = new MetricsHistory(config);
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= UNTIL_US) {
    const happening = world.step();
    if (happening) history.read(happening);
  }
  return history;
}

const present: Present = { nowUs: UNTIL_US, needs: { write: 4, read: 3 }, waiting: [] };
const times = { nowUs: UNTIL_US, edgeUs: UNTIL_US };

const pointsOf = (plot: Plot, kind: Mark['kind'], ink: Mark['ink']) =>
  plot.panels
    .flatMap(({ marks }) => marks)
    .filter((mark) => mark.kind === kind && mark.ink === ink)
    .flatMap(({ points }): readonly (readonly number[])[] => points);

describe('the charts of a calm run', () => {
  let history: MetricsHistory;
  let plots: Readonly<Record<Plot['id'], Plot>>;
  beforeAll(() => {
    history = measured();
    const all = plotsOf(history, rangeOf(history, times, 'all'), present);
    plots = Object.fromEntries(all.map((plot) => [plot.id, plot])) as typeof plots;
  });

  it('say what they find, in words and figures that agree with what they draw', () => {
    const waits = history.commits.map(({ waitedUs }) => waitedUs).toSorted((a, b) => a - b);
    const half = waits[Math.floor(waits.length / 2)]!;
    const [, told] = /^Half of commits in ([\d.]+) ms, 99 % in [\d.]+ ms$/.exec(
      plots.latency.finding,
    )!;
    expect(Math.abs(Number(told) - half / 1_000)).toBeLessThan(0.05);
    expect(plots.fan.finding).toMatch(/^4 of 6 copies after [\d.]+ ms, all after [\d.]+ ms$/);
    expect(plots.frontier.finding).toMatch(/in flight/);
    expect(plots.lag.finding).toMatch(/^Replicas lag [\d.]+ ms, [\d.]+ ms at most$/);
    expect(plots.copies.finding).toBe('All 6 copies of every group are well');
    expect(plots.traffic.finding).toMatch(/^A commit takes [\d.]+ messages, [\d.]+ kB of redo$/);
  });

  it('have a dot and a bar for every commit, and the bar is cut at each acknowledgement', () => {
    const { commits } = history;
    expect(pointsOf(plots.latency, 'dots', 'commit')).toHaveLength(commits.length);
    const sealed = pointsOf(plots.fan, 'caps', 'seal');
    const counted = pointsOf(plots.fan, 'bars', 'counted');
    const late = pointsOf(plots.fan, 'bars', 'late');
    expect(sealed).toHaveLength(commits.length);
    expect(counted).toHaveLength(4 * commits.length);
    const acks = commits.reduce((sum, commit) => sum + commit.acks.length, 0);
    expect(counted.length + late.length).toBe(acks);
    const [queuedUs, ms] = sealed[0]!;
    const own = counted.filter(([timeUs]) => timeUs === queuedUs);
    expect(own.at(-1)?.[2]).toBe(ms);
    expect(late.find(([timeUs]) => timeUs === queuedUs)?.[1]).toBe(ms);
  });

  it('read every point out and know where in the run it is', () => {
    for (const { points, name } of Object.values(plots)) {
      expect(points.length, name).toBeGreaterThan(0);
      expect(points.length, name).toBeLessThanOrEqual(300);
      for (const { says, at, value } of points) {
        expect(says).toMatch(/\d/);
        expect(says).not.toMatch(/NaN|undefined|null/);
        expect(at.timeUs).toBeLessThanOrEqual(UNTIL_US);
        expect(value).toBeGreaterThanOrEqual(0);
      }
    }
    expect(plots.fan.points[0]!.says).toMatch(
      /quorum after .*then [a-f].[\d.]+ · [a-f].[\d.]+\. Last: [a-f] on [ABC]\d\.$/,
    );
  });

  it.each(['latency', 'fan', 'frontier', 'lag', 'copies', 'traffic'] as const)(
    'keep to their axes, but for bars that are marked as cut: %s',
    (id) => {
      for (const { domain, marks, ticks } of plots[id].panels) {
        const [from, to] = domain;
        expect(ticks.filter((tick) => tick < from || tick > to)).toEqual([]);
        const values = marks.filter(({ kind }) => kind !== 'bars').flatMap(valuesOf);
        expect(Math.max(...values)).toBeLessThanOrEqual(to);
        expect(Math.min(...values)).toBeGreaterThanOrEqual(from);
      }
    },
  );
});

const valuesOf = ({ points }: Mark): readonly number[] =>
  points.flatMap(([, ...values]: readonly number[]) => values);

describe('the charts of a run in trouble', () => {
  const crash = (ms: number, target: string): Intervention => ({
    at: { timeUs: millis(ms), n: 0 },
    act: { op: 'crash', target },
  });

  it('tell that writes wait, and for how long', () => {
    const history = measured(['A1', 'B1', 'C1'].map((host) => crash(300, host)));
    const range = rangeOf(history, times, 'auto');
    const waiting = [{ txn: 7, sinceUs: millis(310) }];
    const [latency, , , , copies] = plotsOf(history, range, { ...present, waiting });
    expect(latency!.finding).toBe('1 commit waits, the oldest for 90.0 ms');
    expect(copies!.finding).toMatch(/^PG \d has 3 of 6 copies: its writes wait$/);
    expect(pointsOf(copies!, 'line', 'copies').map(([, healthy]) => healthy)).toContain(3);
  });

  it('show five parts of a bar while one copy is away', () => {
    const history = measured([crash(100, 'A1')]);
    const [, fan] = plotsOf(history, rangeOf(history, times, millis(200)), present);
    const late = pointsOf(fan!, 'bars', 'late');
    expect(late.length).toBeLessThan(2 * fan!.points.length);
  });
});

describe('the stretch of time that is shown', () => {
  it('holds some thirty commits unless somebody asks for another', () => {
    const history = measured();
    const { fromUs, toUs } = rangeOf(history, times, 'auto');
    const inside = history.commits.filter(({ queuedUs }) => queuedUs >= fromUs);
    expect(inside.length).toBeGreaterThanOrEqual(30);
    expect(inside.length).toBeLessThan(100);
    expect(toUs).toBeGreaterThan(UNTIL_US);
    expect(rangeOf(history, times, 'all').fromUs).toBe(0);
  });

  it('stays at the edge while the present is in it, and goes back with it', () => {
    const history = measured();
    const at = (nowUs: number) => rangeOf(history, { nowUs, edgeUs: UNTIL_US }, 100_000);
    expect(at(millis(350))).toEqual(at(UNTIL_US));
    const early = at(millis(150));
    expect(early.fromUs).toBe(millis(100));
    expect(early.knownUs).toBe(early.toUs);
  });

  it('begins with what held before it', () => {
    const samples = [0, 10, 20, 30].map((timeUs) => ({ at: { timeUs } }));
    const found = samplesIn(samples, { fromUs: 15, toUs: 25, knownUs: 25 });
    expect(found.map(({ at }) => at.timeUs)).toEqual([10, 20]);
  });

  it('is thinned to the highest of neighbours', () => {
    const many = Array.from({ length: 1_000 }, (_, i) => (i === 501 ? 9 : i % 3));
    const few = thinned(many, (value) => value);
    expect(few.length).toBeLessThanOrEqual(300);
    expect(few).toContain(9);
  });
});

describe('figures', () => {
  it('have about three digits and one unit', () => {
    expect([0.934, 12.34, 456.7].map(figure)).toEqual(['0.93', '12.3', '457']);
    expect([930, 12_340, 1_280_000].map(lengthText)).toEqual(['0.93 ms', '12.3 ms', '1.28 s']);
    expect(timeTexts([320_000, 340_000])).toEqual(['320', '340 ms']);
    expect(timeTexts([800_000, 1_000_000, 1_200_000])).toEqual(['0.8', '1.0', '1.2 s']);
  });

  it('stand on round axes', () => {
    expect(axisFromZero([1.21], 0.5, 4)).toEqual({ domain: [0, 1.5], ticks: [0, 0.5, 1, 1.5] });
    expect(axisFromZero([], 4, 2)).toEqual({ domain: [0, 4], ticks: [0, 2, 4] });
  });
});
