import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { flight, restingView } from './fixtures.testkit.ts';
import { airborne, progress, trail, travelled } from './flight-path.ts';
import { layoutCluster, topologyOf } from './layout.ts';
import { everyState } from './states.testkit.ts';

const layout = layoutCluster(
  topologyOf(restingView()),
  { widthPx: 792, heightPx: 640 },
  { coarse: false, focusGroup: 0 },
);
const flights = everyState().flights;
const anyFlight = fc.constantFrom(...flights);
const share = fc.double({ min: 0, max: 1, noNaN: true });

describe('a message in flight', () => {
  it('is where its share of the time says, and nowhere else', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9_999 }), share, (hop, part) => {
        const one = flight({
          id: 1,
          kind: 'redo',
          from: 'W',
          to: '0/a',
          sentUs: 100,
          dueUs: 100 + hop,
        });
        expect(progress(one, 100 + hop * part)).toBeCloseTo(part, 9);
      }),
    );
  });

  it('covers equal lengths in equal times, whatever its curve', () => {
    fc.assert(
      fc.property(anyFlight, fc.integer({ min: 0, max: 9 }), (one, k) => {
        const at = (part: number) =>
          airborne(one, layout, one.sentUs + (one.dueUs - one.sentUs) * part);
        const { route } = at(0);
        const a = at(k / 10).at;
        const b = at((k + 1) / 10).at;
        // A chord is never longer than its arc, and hardly shorter on curves as calm as these.
        const chord = Math.hypot(b.x - a.x, b.y - a.y);
        expect(chord).toBeLessThanOrEqual(route.length / 10 + 1);
      }),
    );
  });

  it('never goes back', () => {
    fc.assert(
      fc.property(anyFlight, share, share, (one, a, b) => {
        const at = (part: number) => travelled(one, one.sentUs + (one.dueUs - one.sentUs) * part);
        expect(at(Math.max(a, b))).toBeGreaterThanOrEqual(at(Math.min(a, b)));
      }),
    );
  });

  it('has a tail of places where it was', () => {
    const one = flight({ id: 1, kind: 'redo', from: 'W', to: '0/e', toHost: 'C1' });
    const head = airborne(one, layout, 12_800);
    const points = trail(head, 12_800);
    expect([points[0], points[1]]).toEqual([head.at.x, head.at.y]);
    const before = airborne(one, layout, 12_670).at;
    expect(points.slice(-2)).toEqual([before.x, before.y]);
  });

  it('has no tail before it left', () => {
    const one = flight({ id: 1, kind: 'redo', from: 'W', to: '0/e', toHost: 'C1' });
    const points = trail(airborne(one, layout, one.sentUs), one.sentUs);
    expect(points).toHaveLength(2);
  });

  it('goes only part of the way when it is lost, and is doomed only at the end', () => {
    const lost = flight({
      id: 1,
      kind: 'redo',
      from: 'W',
      to: '0/e',
      toHost: 'C1',
      lost: 'down',
      reach: 0.6,
    });
    expect(travelled(lost, lost.dueUs)).toBeCloseTo(0.6);
    expect(airborne(lost, layout, lost.sentUs + 200).doom).toBe(0);
    expect(airborne(lost, layout, lost.dueUs).doom).toBe(1);
  });
});

describe('the ways', () => {
  it('of six copies leave the writer at six places and do not cross', () => {
    const ways = restingView().groups[0]!.segments.map(
      ({ id, host }) =>
        airborne(flight({ id: 1, kind: 'redo', from: 'W', to: id, toHost: host }), layout, 0).route,
    );
    expect(new Set(ways.map(({ samples }) => samples[0])).size).toBe(6);
    const heights = Array.from({ length: 30 }, (_, k) => 250 + k * 4);
    for (const y of heights) {
      const xs = ways.map(({ samples }) => {
        const at = samples.findIndex((value, k) => k % 2 === 1 && value >= y);
        return samples[at - 1] ?? Number.POSITIVE_INFINITY;
      });
      expect(xs).toEqual([...xs].sort((a, b) => a - b));
    }
  });
  it('of an acknowledgement runs beside the way of its record and ends in its port', () => {
    const out = flight({ id: 1, kind: 'redo', from: 'W', to: '0/d', toHost: 'B2' });
    const back = flight({ id: 2, kind: 'ack', from: '0/d', to: 'W', fromHost: 'B2' });
    const down = airborne(out, layout, 0).route.samples;
    const up = airborne(back, layout, 0).route.samples;
    expect(up.slice(-2).map(Math.round)).toEqual(down.slice(0, 2).map(Math.round));
    const middle = Math.floor(down.length / 4) * 2;
    const gap = Math.hypot(down[middle]! - up[middle]!, down[middle + 1]! - up[middle + 1]!);
    expect(gap).toBeCloseTo(6, 0);
  });
});
