import { describe, expect, it } from 'vitest';
import { Kernel } from '../engine/kernel.ts';
import { millis } from '../engine/time.ts';
import { auroraModel } from '../protocol/aurora.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { Intervention } from '../protocol/intervention.ts';
import { DEFAULT_RUN } from '../scenario/presets.ts';
import { LogHistory } from './log-history.ts';

/** A run up to a moment, with what its log has to say. */
function played(untilMs: number, interventions: readonly Intervention[] = []) {
  const { config } = DEFAULT_RUN.scenario;
  const world = new Kernel(auroraModel(config), 1, interventions);
  const history = new LogHistory();
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= millis(untilMs)) {
    const happening = world.step();
    if (happening === null) break;
    history.read(happening);
  }
  return { history, view: viewOf(world) };
}

const act = (timeMs: number, what: Intervention['act']): Intervention => ({
  at: { timeUs: millis(timeMs), n: 0 },
  act: what,
});

describe('the history of the log', () => {
  it('agrees with every segment about what it holds and with the writer about what it heard', () => {
    const { history, view } = played(60);
    const { entries } = history;
    expect(entries.length).toBeGreaterThan(20);
    for (const { group, lsn, stored, acked } of entries)
      for (const segment of view.groups[group]!.segments) {
        if (segment.scl >= lsn) expect(stored.has(segment.id)).toBe(true);
        expect(acked.has(segment.id)).toBe(segment.ackedScl >= lsn);
      }
  });

  it('has every record issued, in order, durable in its group before in the volume', () => {
    const { history, view } = played(60);
    const lsns = history.entries.map(({ lsn }) => lsn);
    expect(lsns).toEqual(lsns.toSorted((a, b) => a - b));
    expect(lsns.at(-1)).toBe(view.volume.allocated);
    for (const { lsn, issuedUs, sentUs, durableUs, volumeUs } of history.entries) {
      expect(volumeUs !== null).toBe(lsn <= view.volume.vdl);
      if (sentUs === null || durableUs === null || volumeUs === null) continue;
      expect([issuedUs, sentUs, durableUs, volumeUs]).toEqual(
        [issuedUs, sentUs, durableUs, volumeUs].toSorted((a, b) => a - b),
      );
    }
  });

  it('tells what came by gossip from what came from the writer', () => {
    const { history } = played(700, [act(5, { op: 'drop-next', target: '0/e' })]);
    const ways = history.entries.flatMap(({ stored }) =>
      [...stored.values()].map(({ how }) => how),
    );
    expect(ways).toContain('gossip');
    expect(ways).toContain('write');
  });

  it('marks what a recovery annulled', () => {
    const { history, view } = played(1_500, [
      act(20, { op: 'crash', target: 'W' }),
      act(400, { op: 'restore', target: 'W' }),
    ]);
    const [range] = view.volume.ranges;
    for (const { lsn, annulled } of history.entries) {
      const inside = range !== undefined && lsn > range.above && lsn <= range.upTo;
      expect(annulled).toBe(inside);
    }
    expect(range).toBeDefined();
  });
});
