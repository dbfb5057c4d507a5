import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Rect } from './display.ts';
import { restingView } from './fixtures.testkit.ts';
import { bottom, holds, overlaps, rect } from './geometry.ts';
import { type ClusterLayout, layoutCluster, topologyOf } from './layout.ts';

const SIZES = [
  [320, 360],
  [687, 240],
  [799, 197],
  [358, 412],
  [724, 507],
  [792, 640],
  [1200, 860],
] as const;

function layoutOf(size: readonly [number, number], hostsPerZone: number, replicas: number) {
  const [widthPx, heightPx] = size;
  const view = restingView({ hostsPerZone, replicas, groups: 4 });
  const options = { coarse: widthPx < 560, focusGroup: 0 };
  return layoutCluster(topologyOf(view), { widthPx, heightPx }, options);
}

const anyLayout = fc
  .tuple(fc.constantFrom(...SIZES), fc.constantFrom(2, 3, 4, 6, 8), fc.integer({ min: 0, max: 15 }))
  .map(([size, hosts, replicas]) => layoutOf(size, hosts, replicas));

/** What stands on the stage side by side, by name. */
function standing(layout: ClusterLayout): readonly (readonly [string, Rect])[] {
  return [
    ['clients', layout.clients],
    ...layout.zones.flatMap(({ az, air, header }) =>
      air === header
        ? [[`air ${az}`, air] as const]
        : [[`air ${az}`, air] as const, [`header ${az}`, header] as const],
    ),
    ...[...layout.instances].map(([id, { rect: box }]) => [id, box] as const),
    ...layout.stacks.map(({ az, rect: box }) => [`more ${az}`, box] as const),
    ...[...layout.hosts].map(([id, { rect: box }]) => [id, box] as const),
  ];
}

const pairs = <T>(list: readonly T[]): readonly (readonly [T, T])[] =>
  list.flatMap((a, k) => list.slice(k + 1).map((b) => [a, b] as const));

/** Holds a property of many layouts; what it returns are the offences, in words. */
const hold = (offences: (layout: ClusterLayout) => readonly string[]): void =>
  fc.assert(
    fc.property(anyLayout, (layout) => {
      expect(offences(layout)).toEqual([]);
    }),
  );

describe('what stands beside the cluster', () => {
  const marks = (widthPx: number, coarse: boolean) => {
    const topology = { ...topologyOf(restingView()), services: ['control', 'S3', 'restored'] };
    const layout = layoutCluster(topology, { widthPx, heightPx: 640 }, { coarse, focusGroup: 0 });
    return layout.targets.filter(({ kind }) => kind === 'service').map(({ id }) => id);
  };

  it.each([
    [390, true],
    [724, true],
    [792, false],
  ])('can be pressed at a width of %i', (widthPx, coarse) => {
    expect(marks(widthPx, coarse)).toEqual(['control', 'S3', 'restored']);
  });
});

describe('a layout', () => {
  it('keeps everything inside the viewport', () => {
    hold((layout) => {
      const stage = rect(0, 0, layout.viewport.widthPx, layout.viewport.heightPx);
      return standing(layout).flatMap(([name, box]) => (holds(stage, box) ? [] : [name]));
    });
  });

  it('lets nothing overlap', () => {
    hold((layout) =>
      pairs(standing(layout)).flatMap(([[a, box], [b, near]]) =>
        overlaps(box, near) ? [`${a} and ${b}`] : [],
      ),
    );
  });

  it('keeps chips inside their host, apart from one another and below its name', () => {
    hold((layout) =>
      [...layout.hosts.values()].flatMap(({ rect: box, chips, header }) => [
        ...chips.filter((chip) => !holds(box, chip.rect)).map(({ id }) => `${id} is outside`),
        ...chips.filter((chip) => overlaps(chip.rect, header)).map(({ id }) => `${id} on a name`),
        ...pairs(chips)
          .filter(([a, b]) => overlaps(a.rect, b.rect))
          .map(([a, b]) => `${a.id} and ${b.id}`),
      ]),
    );
  });

  it('makes every target large enough for what presses it', () => {
    const least = ({ w, h }: Rect): number => Math.min(w, h);
    hold(({ targets, narrow }) =>
      targets.filter(({ rect: box }) => least(box) < (narrow ? 44 : 24)).map(({ id }) => id),
    );
    hold(({ targets }) =>
      targets
        .filter(({ rect: box, power }) => power && !(least(power) >= 24 && holds(box, power)))
        .map(({ id }) => `power of ${id}`),
    );
  });

  it('keeps a fifth of the stage, or 64 px in a crowd and 32 where it is flat, for what flies', () => {
    hold(({ zones, viewport }) => {
      const fifth = viewport.heightPx < 500 ? 0 : Math.floor(viewport.heightPx * 0.2) - 1;
      const least = viewport.heightPx < 300 ? 32 : 64;
      return zones.filter(({ air }) => air.h < Math.max(least, fifth)).map(({ az }) => az);
    });
  });

  it('uses the whole stage: bands and racks reach its lower edge', () => {
    hold(({ zones, hosts, viewport }) => {
      const below = viewport.heightPx - Math.max(...[...hosts.values()].map((h) => bottom(h.rect)));
      const short = zones.filter(({ band }) => viewport.heightPx - bottom(band) > 16);
      return [...short.map(({ az }) => az), ...(below > 32 ? [`${below} px are empty`] : [])];
    });
  });

  it('is the same for the same input and stands on whole pixels', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SIZES), fc.integer({ min: 0, max: 15 }), (size, replicas) => {
        const layout = layoutOf(size, 4, replicas);
        expect(layout).toEqual(layoutOf(size, 4, replicas));
        const numbers = layout.targets.flatMap(({ rect: { x, y, w, h } }) => [x, y, w, h]);
        expect(numbers.every(Number.isInteger)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });
});

describe('what can be pressed', () => {
  it('comes in grid order: clients, services, zones, instances, then racks row by row', () => {
    const ids = layoutOf([792, 640], 4, 2).targets.filter(({ kind }) => kind !== 'segment');
    expect(ids.map(({ id }) => id).join(' ')).toBe(
      'clients control A B C W R1 R2 A1 A2 B1 B2 C1 C2 A3 A4 B3 B4 C3 C4',
    );
  });
  it('gives power buttons to fine pointers only', () => {
    expect(layoutOf([792, 640], 4, 2).hosts.get('B2')?.power).not.toBeNull();
    expect(layoutOf([358, 412], 4, 2).targets.every(({ power }) => power === null)).toBe(true);
  });
});

describe('a crowd', () => {
  it('piles up the instances that find no room, and loses none', () => {
    fc.assert(
      fc.property(anyLayout, (layout) => {
        const hidden = layout.stacks.flatMap((stack) => stack.hidden);
        const shown = [...layout.instances.keys()];
        expect(new Set([...hidden, ...shown]).size).toBe(hidden.length + shown.length);
        expect(shown).toContain('W');
      }),
    );
  });
  it('shows the focused group where a host holds more segments than fit', () => {
    const view = restingView({ hostsPerZone: 2, replicas: 0, groups: 40 });
    const options = { coarse: false, focusGroup: 33 };
    const layout = layoutCluster(topologyOf(view), { widthPx: 724, heightPx: 507 }, options);
    expect(layout.segments.has('33/a')).toBe(true);
    expect([...layout.hosts.values()].every(({ more }) => more > 0)).toBe(true);
  });
});
