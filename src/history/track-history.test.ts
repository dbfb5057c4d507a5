import { describe, expect, it } from 'vitest';
import type { Happening } from '../engine/happening.ts';
import { Kernel } from '../engine/kernel.ts';
import { millis } from '../engine/time.ts';
import { auroraModel } from '../protocol/aurora.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import type { ClusterView } from '../protocol/view.ts';
import { QUIET } from '../scenario/base-config.ts';
import { TENFOLD } from '../scenario/demonstration.ts';
import { availabilityOf, firstStanding, standingAfter, standingIn } from './standing.ts';
import { ThinnedTimes } from './thinned-times.ts';
import { TrackHistory } from './track-history.ts';

const CONFIG = { ...QUIET, ...TENFOLD };

const script = (...acts: readonly (readonly [ms: number, act: Act])[]): readonly Intervention[] =>
  acts.map(([ms, act]) => ({ at: { timeUs: millis(ms), n: 0 }, act }));

/** Every event of a run, with a look at the cluster after it. */
function* run(
  interventions: readonly Intervention[],
  untilMs: number,
): Generator<[Happening, () => ClusterView]> {
  const world = new Kernel(auroraModel(CONFIG), 1, interventions);
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= millis(untilMs)) {
    const happening = world.step();
    if (happening === null) return;
    yield [happening, () => viewOf(world)];
  }
}

function track(interventions: readonly Intervention[], untilMs: number): TrackHistory {
  const history = new TrackHistory(CONFIG);
  for (const [happening] of run(interventions, untilMs)) history.read(happening);
  return history;
}

/** How far writes can go, and the copies of the worst group, as the view has them. */
function seenIn({ groups }: ClusterView): readonly [string, number] {
  const readable = groups.every(({ readsOk }) => readsOk);
  const writable = groups.every(({ writesOk }) => writesOk);
  const waiting = readable ? 'waits' : 'lost';
  return [writable ? 'yes' : waiting, Math.min(...groups.map(({ healthy }) => healthy))];
}

const ZONE_AND_ONE = script(
  [5, { op: 'crash-zone', az: 'C' }],
  [8, { op: 'crash', target: 'B2' }],
  [11, { op: 'crash', target: 'A1' }],
  [14, { op: 'restore', target: 'A1' }],
  [17, { op: 'restore', target: 'B2' }],
  [20, { op: 'restore-zone', az: 'C' }],
);

describe('availability', () => {
  it('is what the view says of the quorums after each event', () => {
    let standing = firstStanding(CONFIG);
    let looks = 0;
    for (const [happening, view] of run(ZONE_AND_ONE, 3_000)) {
      const before = standing;
      standing = standingAfter(standing, happening, CONFIG);
      if (standing === before) continue;
      looks++;
      const { worst, writes } = availabilityOf({ ...standing, stuck: new Set() }, CONFIG);
      expect([writes, worst?.healthy ?? 6]).toEqual(seenIn(view()));
    }
    expect(looks).toBeGreaterThan(10);
  });

  it('goes from yes to waiting to lost and back when a zone and two nodes go and come', () => {
    const levels = track(ZONE_AND_ONE, 3_000).availability.map(({ writes }) => writes);
    const changes = levels.filter((level, i) => level !== levels[i - 1]);
    expect(changes).toEqual(['yes', 'waits', 'lost', 'waits', 'yes']);
  });

  it('waits while nobody has the volume open, and knows who opened it', () => {
    const history = track(script([20, { op: 'crash', target: 'W' }]), 3_000);
    const writes = history.availability.map(({ writes, why }) => [writes, why]);
    expect(writes).toContainEqual(['waits', 'no writer']);
    expect(writes.at(-1)).toEqual(['yes', null]);
    expect(history.epochs).toEqual([{ epoch: 2, atUs: expect.any(Number), writer: 'R1' }]);
    const done = history.stretches.filter(({ toUs }) => toUs !== null);
    expect(done.map(({ kind, id }) => `${kind} ${id}`)).toEqual(
      expect.arrayContaining(['failover W', 'recovery R1']),
    );
    const reads = history.availability.map((each) => each.reads);
    expect(new Set(reads)).toEqual(new Set(['yes']));
  });

  it('can be taken up from a look at the cluster, also after a repair', () => {
    const lost = script([20, { op: 'lose', target: 'B2' }]);
    let standing = firstStanding(CONFIG);
    let end: ClusterView | null = null;
    for (const [happening, view] of run(lost, 4_000)) {
      standing = standingAfter(standing, happening, CONFIG);
      if (happening.timeUs > millis(3_990)) end ??= view();
    }
    const seen = availabilityOf(standingIn(end!, CONFIG), CONFIG);
    expect(seen.writes).toBe('yes');
    expect(availabilityOf(standing, CONFIG)).toEqual(seen);
    const moved = [...standing.memberships.values()].filter(({ epoch }) => epoch > 1);
    expect(moved.length).toBeGreaterThan(0);
  });
});

describe('what is forgotten', () => {
  it('from a fork on is as if it had never been read', () => {
    const history = track(ZONE_AND_ONE, 3_000);
    const shorter = track(ZONE_AND_ONE, 9.999);
    history.forget(millis(10));
    expect(history.stretches).toEqual(shorter.stretches);
    expect(history.availability).toEqual(shorter.availability);
    expect(history.commits.times).toEqual(shorter.commits.times);
    expect(history.beats.times).toEqual(shorter.beats.times);
    expect(history.beats.count).toBeGreaterThan(3);
  });

  it('is said, and what it led to is looked at', () => {
    const history = new TrackHistory(CONFIG);
    const gap = { fromUs: millis(2), toUs: millis(12) };
    const events = [...run(ZONE_AND_ONE, 12)];
    for (const [happening] of events) if (happening.timeUs < gap.fromUs) history.read(happening);
    history.skip(gap, events.at(-1)![1]());
    expect(history.unread).toEqual([gap]);
    expect(history.availability.map(({ writes }) => writes)).toEqual(['yes', 'lost']);
    const down = history.stretches.map(({ id }) => id);
    expect(down).toEqual(expect.arrayContaining(['A1', 'B2', 'C1', 'C']));
  });
});

describe('thinned times', () => {
  it('keep every second, then every fourth, and how many there were', () => {
    const times = new ThinnedTimes(8);
    for (let at = 1; at <= 16; at++) times.add(at * 10);
    expect(times.count).toBe(16);
    expect([times.stride, times.times]).toEqual([4, [40, 80, 120, 160]]);
    times.forget(100);
    expect(times.times).toEqual([40, 80]);
    expect(times.count).toBe(8);
  });
});
