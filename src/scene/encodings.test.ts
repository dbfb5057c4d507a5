/** Colour is never the only difference between two states or two kinds. */
import { describe, expect, it } from 'vitest';
import type { FlightKind, HostView, MeterView } from '../protocol/view.ts';
import { clusterScene } from './cluster-scene.ts';
import type { DisplayItem } from './display.ts';
import { flight, restingView } from './fixtures.testkit.ts';
import { airborne } from './flight-path.ts';
import { glyphs } from './glyphs.ts';
import { hexagonMark } from './hexagon.ts';
import { layoutCluster, topologyOf } from './layout.ts';
import { DEFAULT_LOOK } from './look.ts';
import { measure } from './measure.testkit.ts';

const base = restingView();
const layout = layoutCluster(
  topologyOf(base),
  { widthPx: 792, heightPx: 640 },
  { coarse: false, focusGroup: 0 },
);

/** An item without its colours: where there is a fill or a stroke is form, which one is colour. */
function form(item: DisplayItem): string {
  return JSON.stringify(item, (key, value) => {
    if (key === 'fill' || key === 'stroke') return value ? 'inked' : undefined;
    return key === 'alpha' || key === 'id' ? undefined : value;
  });
}

const forms = (items: readonly DisplayItem[]): string => items.map(form).sort().join('\n');

function expectDistinct(shown: ReadonlyMap<string, string>): void {
  const seen = new Map<string, string>();
  for (const [name, shape] of shown) {
    expect(seen.get(shape), `${name} looks like`).toBeUndefined();
    seen.set(shape, name);
  }
}

describe('without colour one can tell', () => {
  it('the states of a host', () => {
    const states: Readonly<Record<string, Partial<HostView>>> = {
      healthy: {},
      down: { state: 'down' },
      restarting: { state: 'restarting' },
      slow: { slow: true },
      isolated: { isolated: true },
      'dropping one': { dropNext: true },
    };
    const shown = Object.entries(states).map(([name, patch]) => {
      const hosts = base.hosts.map((host) => (host.id === 'A1' ? { ...host, ...patch } : host));
      const { actors } = clusterScene(
        { ...base, hosts },
        base.timeUs,
        layout,
        DEFAULT_LOOK,
        measure,
      );
      return [name, forms(actors.filter(({ of }) => of === 'A1'))] as const;
    });
    expectDistinct(new Map(shown));
  });

  it('the states of a copy in the quorum meter', () => {
    const states: readonly MeterView['slots'][number]['state'][] = [
      'acked',
      'stored',
      'sent',
      'missing',
      'down',
    ];
    const shown = states.map((state) => {
      const groups = base.groups.map((group) => ({
        ...group,
        meter: group.meter && {
          ...group.meter,
          slots: group.meter.slots.map((copy) => (copy.slot === 'c' ? { ...copy, state } : copy)),
        },
      }));
      const { actors } = clusterScene(
        { ...base, groups },
        base.timeUs,
        layout,
        DEFAULT_LOOK,
        measure,
      );
      return [state, forms(actors.filter(({ id }) => id.startsWith('W.sector-c')))] as const;
    });
    expectDistinct(new Map(shown));
  });

  it('a zone that is gone, an instance that is down, a page that is not durable', () => {
    const shown = (patch: Partial<typeof base>) => {
      const scene = clusterScene({ ...base, ...patch }, base.timeUs, layout, DEFAULT_LOOK, measure);
      return forms([...scene.ground, ...scene.actors]);
    };
    const zones = base.zones.map((zone) => ({
      ...zone,
      state: zone.az === 'C' ? 'down' : zone.state,
    }));
    const instances = base.instances.map((one) => ({
      ...one,
      state: one.id === 'R1' ? 'down' : one.state,
    }));
    const settled = base.instances.map((one) => ({
      ...one,
      cache: one.cache.map((page) => ({ ...page, durable: true })),
    }));
    expectDistinct(
      new Map([
        ['at rest', shown({})],
        ['zone down', shown({ zones })],
        ['replica down', shown({ instances })],
        ['all durable', shown({ instances: settled })],
      ]),
    );
  });

  it('the kinds of message, each by its shape or its line', () => {
    const kinds = Object.keys(glyphs) as FlightKind[];
    const shown = kinds.map((kind) => {
      const { shape, filled, line } = glyphs[kind];
      return [kind, `${shape} ${filled ? 'filled' : 'hollow'} ${line}`] as const;
    });
    expectDistinct(new Map(shown));
  });

  it('a lost message: it ends in a cross', () => {
    const lost = flight({
      id: 9,
      kind: 'redo',
      from: 'W',
      to: '0/e',
      toHost: 'C1',
      lost: 'C1 is down',
      reach: 0.5,
    });
    const scene = clusterScene(
      { ...base, flights: [lost] },
      lost.dueUs,
      layout,
      DEFAULT_LOOK,
      measure,
    );
    const cross = scene.front.find(({ id }) => id === '9.cross');
    const { at } = airborne(lost, layout, lost.dueUs);
    expect(cross?.kind === 'lines' && cross.points[0]).toBeCloseTo(at.x - 5.5);
  });
});

describe('the mark', () => {
  it('has six sectors in three pairs, A at the left, B below, C at the right', () => {
    const { lit, unlit } = hexagonMark(['a', 'b', 'c', 'd']);
    expect([lit.length, unlit.length]).toEqual([4, 2]);
    const middle = (d: string | undefined): readonly number[] => {
      const numbers = (d?.match(/-?[\d.]+/g) ?? []).map(Number);
      const mean = (from: number) => {
        const own = numbers.filter((_, k) => k % 2 === from);
        return own.reduce((sum, n) => sum + n, 0) / own.length;
      };
      return [mean(0), mean(1)];
    };
    expect(middle(lit[1])[0]).toBeLessThan(-10);
    expect(middle(lit[2])[1]).toBeGreaterThan(10);
    expect(middle(lit[3])[1]).toBeGreaterThan(10);
    expect(middle(unlit[0])[0]).toBeGreaterThan(10);
  });
});
