import { describe, expect, it } from 'vitest';
import { Kernel } from '../engine/kernel.ts';
import { millis } from '../engine/time.ts';
import { auroraModel } from '../protocol/aurora.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { Intervention } from '../protocol/intervention.ts';
import { DEFAULT_RUN } from '../scenario/presets.ts';
import { MetricsHistory } from './metrics-history.ts';

const { config } = DEFAULT_RUN.scenario;

/** A run up to a moment and what was measured of it; `look` is asked every so often. */
function played(
  untilMs: number,
  interventions: readonly Intervention[] = [],
  look?: (history: MetricsHistory, world: Parameters<typeof viewOf>[0]) => void,
) {
  const world = new Kernel(auroraModel(config), 1, interventions);
  const history = new MetricsHistory(config);
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= millis(untilMs)) {
    const happening = world.step();
    if (happening === null) break;
    history.read(happening);
    if (world.nextUs() !== happening.timeUs) look?.(history, world);
  }
  return { history, view: viewOf(world) };
}

const act = (timeMs: number, what: Intervention['act']): Intervention => ({
  at: { timeUs: millis(timeMs), n: 0 },
  act: what,
});

describe('what is measured of commits', () => {
  it('has every commit that returned, each with its acknowledgements in order', () => {
    const { history, view } = played(300);
    expect(history.commits.length).toBe(view.counters.commits);
    expect(history.commits.length).toBeGreaterThan(50);
    for (const { acks, quorumUs, waitedUs, queuedUs, returned } of history.commits) {
      const atUs = acks.map((ack) => ack.atUs);
      expect(atUs).toEqual(atUs.toSorted((a, b) => a - b));
      expect(new Set(acks.map(({ segment }) => segment)).size).toBe(acks.length);
      expect(returned.timeUs).toBe(queuedUs + waitedUs);
      // A commit is durable with the fourth copy, and answered then or when all before it is durable.
      expect(quorumUs).toBe(atUs[3]);
      expect(returned.timeUs).toBeGreaterThanOrEqual(quorumUs!);
    }
    expect(history.commits.slice(0, 40).every(({ acks }) => acks.length === 6)).toBe(true);
  });

  it('counts what was sent: each boxcar to six copies, answered by each', () => {
    const { history } = played(300);
    const { writes, acks, streams, bytes } = history.sent;
    expect(writes % 6).toBe(0);
    expect(acks).toBeGreaterThan(writes * 0.9);
    expect(streams).toBeGreaterThan(0);
    expect(bytes).toBeGreaterThan(writes);
    const inOrder = history.commits.map(({ sent }) => sent.bytes);
    expect(inOrder).toEqual(inOrder.toSorted((a, b) => a - b));
  });

  it('keeps what a copy that is down owes as not acknowledged', () => {
    const { history } = played(200, [act(20, { op: 'crash', target: 'B2' })]);
    const later = history.commits.filter(({ queuedUs }) => queuedUs > millis(30));
    const onB2 = later.flatMap(({ acks }) => acks).filter(({ host }) => host === 'B2');
    expect(onB2).toEqual([]);
    expect(later.some(({ acks }) => acks.length === 5)).toBe(true);
  });
});

describe('how far things have come', () => {
  it('agrees with the writer and its replicas', () => {
    const { history, view } = played(300);
    const last = history.frontier.at(-1)!;
    expect(last).toMatchObject({
      allocated: view.volume.allocated,
      vcl: view.volume.vcl,
      vdl: view.volume.vdl,
    });
    for (const { id, role, readPoint, lagUs } of view.instances) {
      if (role !== 'replica') continue;
      expect(last.reads.get(id)).toBe(readPoint);
      expect(history.lags.findLast(({ replica }) => replica === id)?.lagUs).toBe(lagUs);
    }
  });

  it('never has VDL above VCL, nor either above what was given out', () => {
    const { history } = played(300);
    for (const { allocated, vcl, vdl } of history.frontier.filter(({ vdl }) => vdl > 0)) {
      expect(vdl).toBeLessThanOrEqual(vcl);
      expect(vcl).toBeLessThanOrEqual(allocated);
    }
  });

  it('follows the volume through a recovery', () => {
    const { history, view } = played(1_500, [
      act(20, { op: 'crash', target: 'W' }),
      act(400, { op: 'restore', target: 'W' }),
    ]);
    expect(history.frontier.at(-1)).toMatchObject({
      allocated: view.volume.allocated,
      vdl: view.volume.vdl,
    });
  });
});

describe('healthy copies of the worst group', () => {
  const faults: readonly (readonly [string, readonly Intervention[]])[] = [
    ['nothing', []],
    ['a host', [act(20, { op: 'crash', target: 'B2' }), act(300, { op: 'restore', target: 'B2' })]],
    ['a zone', [act(20, { op: 'crash-zone', az: 'C' }), act(300, { op: 'restore-zone', az: 'C' })]],
    ['a lonely host', [act(20, { op: 'isolate', target: 'A1', on: true })]],
  ];
  it.each(faults)('are as many as the cluster shows when %s is lost', (_, interventions) => {
    let looked = 0;
    played(600, interventions, (history, world) => {
      if (looked++ % 20 > 0 || history.copies.length === 0) return;
      const worst = Math.min(...viewOf(world).groups.map(({ healthy }) => healthy));
      expect(history.copies.at(-1)?.healthy).toBe(worst);
    });
  });

  it('are told from what the cluster shows where accounts begin late', () => {
    const world = new Kernel(auroraModel(config), 1, [act(20, { op: 'crash', target: 'B2' })]);
    const history = new MetricsHistory(config);
    while ((world.nextUs() ?? 0) <= millis(100)) {
      const happening = world.step()!;
      if (happening.timeUs > millis(50)) history.read(happening);
    }
    expect(history.fromUs).toBeGreaterThan(millis(50));
    history.agree(viewOf(world), world.position);
    expect(history.copies.map(({ healthy }) => healthy)).toEqual([5]);
    expect(history.copies[0]!.at).toEqual(world.position);
  });

  it('come back when a copy is made anew elsewhere', () => {
    const { history, view } = played(14_000, [act(20, { op: 'lose', target: 'B2' })]);
    expect(Math.min(...view.groups.map(({ healthy }) => healthy))).toBe(6);
    const counts = history.copies.map(({ healthy }) => healthy);
    expect(counts).toEqual([6, 5, 6]);
  });
});
