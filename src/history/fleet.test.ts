import { describe, expect, it } from 'vitest';
import { Kernel } from '../engine/kernel.ts';
import { millis, seconds } from '../engine/time.ts';
import { auroraModel } from '../protocol/aurora.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import { AZS } from '../protocol/topology.ts';
import { QUIET } from '../scenario/base-config.ts';
import { type Fleet, type FleetHost, liveFleet, PLACES, withoutHosts } from './fleet.ts';
import { fleetAtScale, hostsPerZoneAt } from './fleet-at-scale.ts';
import { SCALES } from './fleet-scales.ts';

/** A quiet cluster in which these things were done, some time later. */
function runWith(acts: readonly Act[] = [], untilUs: number = millis(50)) {
  const interventions = acts.map(
    (act, i): Intervention => ({ at: { timeUs: millis(5 + i), n: 0 }, act }),
  );
  const world = new Kernel(auroraModel(QUIET), 1, interventions);
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= untilUs) if (!world.step()) break;
  return viewOf(world);
}

/** The same count made the slow way, by asking every place of every group. */
function counted(fleet: Fleet, gone: (host: FleetHost) => boolean): readonly number[] {
  const tally = [0, 0, 0, 0, 0, 0, 0];
  for (let group = 0; group < fleet.size; group++) {
    const copies = Array.from({ length: PLACES }, (_, k) => fleet.copy(group, k));
    const left = copies.filter((copy) => copy?.state === 'up' && !gone(copy.host)).length;
    tally[left]!++;
  }
  return tally;
}

const tallyOf = (fleet: Fleet) => withoutHosts(fleet, () => false).tally;

describe('the fleet of a run', () => {
  it('has the six hosts of each group and nothing missing', () => {
    const view = runWith();
    const fleet = liveFleet(view);
    expect(fleet.size).toBe(view.groups.length);
    for (const group of view.groups)
      for (let k = 0; k < PLACES; k++) {
        const copy = fleet.copy(group.id, k);
        expect(copy?.host.id).toBe(group.segments[k]?.host);
        expect(copy?.state).toBe('up');
      }
    expect(tallyOf(fleet)).toEqual([0, 0, 0, 0, 0, 0, view.groups.length]);
  });

  it('tells what the loss of a host leaves before and after it is lost alike', () => {
    const expected = withoutHosts(liveFleet(runWith()), ({ id }) => id === 'A1');
    const fleet = liveFleet(runWith([{ op: 'crash', target: 'A1' }]));
    expect(tallyOf(fleet)).toEqual(expected.tally);
    expect(expected.least).toBe(5);
    expect(fleet.hosts.find(({ id }) => id === 'A1')?.down).toBe(true);
  });

  it('shows an isolated host as out of reach and a copy on its way as being filled', () => {
    const cut = liveFleet(runWith([{ op: 'isolate', target: 'B2', on: true }]));
    const states = [...Array(cut.size).keys()].flatMap((g) =>
      [0, 1, 2, 3, 4, 5].map((k) => cut.copy(g, k)).filter((copy) => copy?.host.id === 'B2'),
    );
    expect(states.length).toBeGreaterThan(0);
    for (const copy of states) expect(copy?.state).toBe('unreachable');
    const repaired = runWith([{ op: 'lose', target: 'B2' }], seconds(4));
    const filling = liveFleet(repaired);
    const coming = [...Array(filling.size).keys()].flatMap((g) =>
      [0, 1, 2, 3, 4, 5].map((k) => filling.copy(g, k)).filter((copy) => copy?.state === 'filling'),
    );
    expect(coming.length).toBeGreaterThan(0);
    for (const copy of coming) expect(copy?.host.id).not.toBe('B2');
    for (const { id, segments } of filling.hosts)
      expect(withoutHosts(filling, (host) => host.id === id).segments).toBe(segments);
  });
});

describe('the fleet at scale', () => {
  const calm = runWith();

  it.each(SCALES.map(({ groups }) => groups))(
    'keeps six copies of each of %i groups on six hosts, two in each zone',
    (groups) => {
      const fleet = fleetAtScale(calm, groups);
      expect(fleet.size).toBe(groups);
      const wrong: number[] = [];
      for (let group = 0; group < groups; group++) {
        const hosts = [0, 1, 2, 3, 4, 5].map((k) => fleet.copy(group, k)!.host);
        const zones = hosts.map(({ az }) => az).join('');
        if (new Set(hosts).size !== PLACES || zones !== 'AABBCC') wrong.push(group);
      }
      expect(wrong).toEqual([]);
      expect(fleet.hosts).toHaveLength(AZS.length * hostsPerZoneAt(groups, 4));
    },
  );

  it.each(SCALES.map(({ groups }) => groups))(
    'counts what losses leave of %i groups as brute force does',
    (groups) => {
      const fleet = fleetAtScale(calm, groups);
      const losses: readonly ((host: FleetHost) => boolean)[] = [
        () => false,
        ({ id }) => id === 'A1',
        ({ az }) => az === 'C',
        ({ id, az }) => az === 'C' || id === 'A1',
        ({ id, az }) => az === 'C' || ['A1', 'B1'].includes(id),
      ];
      for (const gone of losses)
        expect(withoutHosts(fleet, gone).tally).toEqual(counted(fleet, gone));
    },
  );

  it('has down what is down in the run, by zone and number', () => {
    const view = runWith([
      { op: 'crash-zone', az: 'C' },
      { op: 'crash', target: 'A1' },
    ]);
    const expected = withoutHosts(
      fleetAtScale(calm, 1_024),
      ({ id, az }) => az === 'C' || id === 'A1',
    );
    const fleet = fleetAtScale(view, 1_024);
    expect(tallyOf(fleet)).toEqual(expected.tally);
    expect(expected.tally).toEqual([0, 0, 0, 32, 992, 0, 0]);
    expect(fleet.writesOk.filter((ok) => ok === 0)).toHaveLength(32);
    expect(fleet.readsOk.every((ok) => ok === 1)).toBe(true);
  });

  it('counts four of six as quorum, three of four where a zone was given up', () => {
    const view = runWith([{ op: 'extended-loss', az: 'C', on: true }], seconds(2));
    expect(view.groups[0]?.copies).toBe(4);
    const fleet = fleetAtScale(view, 64);
    expect(tallyOf(fleet)).toEqual([0, 0, 0, 0, 64, 0, 0]);
    expect(fleet.copy(0, 4)?.state).toBe('not counted');
  });
});
