import { describe, expect, it } from 'vitest';
import { bootstrapVolume } from '../../database/volume.ts';
import { Kernel } from '../../engine/kernel.ts';
import { millis, seconds } from '../../engine/time.ts';
import { type Fleet, liveFleet } from '../../history/fleet.ts';
import { fleetAtScale } from '../../history/fleet-at-scale.ts';
import { SCALES } from '../../history/fleet-scales.ts';
import { PageOwners } from '../../history/page-owners.ts';
import { auroraModel } from '../../protocol/aurora.ts';
import { viewOf } from '../../protocol/cluster-view.ts';
import type { Act, Intervention } from '../../protocol/intervention.ts';
import { QUIET } from '../../scenario/base-config.ts';
import type { DisplayItem, Rect, TextItem } from '../display.ts';
import { overlaps } from '../geometry.ts';
import { sectorCentre } from '../hexagon.ts';
import { measure } from '../measure.testkit.ts';
import { cellOf, cellsIn, cellUnder } from './comb.ts';
import { fleetSketch } from './fleet-sketch.ts';
import { pagesWords } from './owner-words.ts';
import { combFor, type FleetLook, mostZoom } from './plan.ts';
import { NAMED, sectorTowards } from './shapes.ts';

/** A quiet cluster in which these things were done, some time later. */
function seenAfter(acts: readonly Act[] = [], untilUs: number = millis(50), groups = 4) {
  const interventions = acts.map(
    (act, i): Intervention => ({ at: { timeUs: millis(5 + i), n: 0 }, act }),
  );
  const world = new Kernel(
    auroraModel({ ...QUIET, groups, pagesPerGroup: groups < 3 ? 31 : 16 }),
    1,
    interventions,
  );
  while ((world.nextUs() ?? Number.POSITIVE_INFINITY) <= untilUs) if (!world.step()) break;
  return viewOf(world);
}

const room = { widthPx: 700, heightPx: 420 };

const lookAt = (more: Partial<FleetLook> = {}): FleetLook => ({
  theme: 'dark',
  form: 'comb',
  camera: { k: 1, x: 0, y: 0 },
  cursor: null,
  hosts: new Set(),
  selected: null,
  ...more,
});

const drawn = (
  fleet: Fleet,
  more: Partial<FleetLook> = {},
  size = room,
): readonly DisplayItem[] => {
  const { scene } = fleetSketch(fleet, lookAt(more), size, measure);
  return [...scene.actors, ...scene.front];
};

const named = (items: readonly DisplayItem[], pattern: RegExp): readonly string[] =>
  items.map(({ id }) => id).filter((id) => pattern.test(id));

function boxOf({ x, y, w, size, align }: TextItem): Rect {
  const left = align === 'center' ? x - w / 2 : align === 'right' ? x - w : x;
  return { x: left, y: y - size * 0.75, w, h: size * 0.95 };
}

/** Pairs of texts that lie on each other. */
function collisions(items: readonly DisplayItem[]): readonly string[] {
  const texts = items.filter((item): item is TextItem => item.kind === 'text');
  return texts.flatMap((a, i) =>
    texts
      .slice(i + 1)
      .filter((b) => overlaps(boxOf(a), boxOf(b)))
      .map((b) => `${a.id} on ${b.id}`),
  );
}

/** A camera that brings a group to the middle, so many times closer. */
function closeTo(fleet: Fleet, group: number, k: number) {
  const { x, y } = cellOf(combFor(fleet.size, room), group);
  return { k, x: room.widthPx / 2 - k * x, y: room.heightPx / 2 - k * y };
}

describe('the honeycomb', () => {
  it.each([1, 4, 16, 64, 13_108])(
    'keeps %i cells inside its room and finds each again',
    (count) => {
      const comb = combFor(count, room);
      expect(cellsIn(comb, room.widthPx, room.heightPx)).toHaveLength(count);
      for (const at of [0, 1, Math.floor(count / 2), count - 1].filter((each) => each < count)) {
        const { x, y } = cellOf(comb, at);
        expect(x - comb.r * 0.9).toBeGreaterThan(0);
        expect(y + comb.r).toBeLessThan(room.heightPx);
        expect(cellUnder(comb, x + comb.r * 0.3, y - comb.r * 0.3)?.at).toBe(at);
      }
    },
  );

  it('knows which sector a direction leads to', () => {
    [...'abcdef'].forEach((slot, k) => {
      const { x, y } = sectorCentre(slot, NAMED);
      expect(sectorTowards(x, y)).toBe(k);
    });
  });

  it.each([...'wide tall small'.split(' ')])('writes no label on another, in a %s room', (kind) => {
    const sizes = { wide: [980, 420], tall: [360, 500], small: [366, 180] } as const;
    const [widthPx, heightPx] = sizes[kind as keyof typeof sizes];
    const acts: readonly Act[] = [
      { op: 'crash-zone', az: 'C' },
      { op: 'lose', target: 'A1' },
    ];
    for (const groups of [1, 2, 4, 9, 16]) {
      const fleet = liveFleet(seenAfter(acts, seconds(3), groups));
      expect(collisions(drawn(fleet, {}, { widthPx, heightPx }))).toEqual([]);
    }
  });

  it.each(SCALES.map(({ groups }) => groups))(
    'writes no label on another at %i groups',
    (groups) => {
      const fleet = fleetAtScale(seenAfter([{ op: 'crash', target: 'A1' }]), groups);
      const most = mostZoom(groups, room);
      for (const share of [0, 0.2, 0.4, 0.6, 0.8, 1]) {
        const camera = closeTo(fleet, groups - 2, 1 + (most - 1) * share);
        expect(collisions(drawn(fleet, { camera }))).toEqual([]);
      }
    },
  );
});

describe('what a hexagon tells', () => {
  const lost = liveFleet(
    seenAfter([
      { op: 'crash-zone', az: 'C' },
      { op: 'crash', target: 'A1' },
    ]),
  );

  it('hatches every copy that is down, and only those', () => {
    const hatched = named(drawn(lost), /hatch/);
    const down = lost.states.filter((state) => state === 5).length;
    expect(hatched).toHaveLength(down);
    expect(hatched).toContain('PG 0.hatch a');
    expect(hatched).not.toContain('PG 0.hatch b');
  });

  it('closes the outline where writes go on and breaks it where they wait', () => {
    const items = drawn(lost);
    const waiting = [...lost.writesOk.keys()].filter((group) => lost.writesOk[group] === 0);
    expect(waiting.length).toBeGreaterThan(0);
    expect(named(items, /\.open$/)).toEqual(waiting.map((group) => `PG ${group}.open`));
    expect(named(items, /\.seal$/)).toHaveLength(lost.size - waiting.length);
  });

  it('outlines exactly the sectors that a node carries', () => {
    const { scene } = fleetSketch(lost, lookAt({ hosts: new Set(['B1']) }), room, measure);
    const groups = [...Array(lost.size).keys()].filter((group) =>
      [0, 1, 2, 3, 4, 5].some((k) => lost.copy(group, k)?.host.id === 'B1'),
    );
    expect(named(scene.front, /^carried/)).toEqual(groups.map((group) => `carried ${group}`));
  });

  it('tells of a copy, its host and its state, and what it stands for', () => {
    const sketch = fleetSketch(lost, lookAt(), room, measure);
    const { x, y } = cellOf(sketch.plan.comb, 0);
    const at = sectorCentre('a', { ...NAMED, r: sketch.plan.comb.r });
    const spot = sketch.at?.(x + at.x, y + at.y);
    expect(spot?.name).toMatch(/^PG 0, slot a on A1: down\. 3 of 6 copies answer, writes wait\./);
    expect(spot?.stands).toEqual({ kind: 'segment', id: '0/a' });
    expect(sketch.at?.(x, y)?.stands).toEqual({ kind: 'group', id: '0' });
  });
});

describe('the stripes of a hexagon', () => {
  const pages = { pagesPerGroup: QUIET.pagesPerGroup };
  const start = bootstrapVolume(QUIET.volume, QUIET);
  /** A second database that has taken the root of a table in each group. */
  const owners = new PageOwners(start, pages, []);
  const table = (group: number) => [{ table: 'people', pages: [group * 16 + 14, group * 16 + 15] }];
  const crm = (group: number) => ({
    ...{ database: 'crm', number: 1, count: 2, tables: table(group) },
  });
  const shared = liveFleet(seenAfter(), (group) => {
    const own = owners.group(group);
    const taken = crm(group).tables.flatMap((each) => each.pages);
    const free = own.free.filter((page) => !taken.includes(page));
    return { ...own, databases: [...own.databases, crm(group)], free };
  });
  const size = { widthPx: 700, heightPx: 460 };

  /** Where the stripes of an item stand, each at its page of the group; with the heights that they take. */
  function stripesOf(items: readonly DisplayItem[], id: string) {
    const item = items.find((each) => each.id === id);
    if (item?.kind !== 'path') throw new Error(`no ${id}`);
    return [...item.d.matchAll(/M([\d.]+) ([\d.]+)h([\d.]+)v([\d.]+)/g)].map((found): Rect => {
      const [x = 0, y = 0, w = 0, h = 0] = found.slice(1).map(Number);
      return { x: item.x + x, y: item.y + y, w, h };
    });
  }

  it('has one for every page that is taken, each database with its own shape', () => {
    const items = drawn(shared, {}, size);
    for (let group = 0; group < shared.size; group++) {
      const own = shared.pages(group)!;
      const shop = stripesOf(items, `PG ${group}.pages of shop`);
      const others = stripesOf(items, `PG ${group}.pages of crm`);
      const system = stripesOf(items, `PG ${group}.pages of the system`);
      expect(shop).toHaveLength(own.databases[0]!.count);
      expect(others).toHaveLength(2);
      expect(system).toHaveLength(own.undo.length + own.map.length + own.catalogue.length);
      expect(new Set([shop[0]!.h, others[0]!.h, system[0]!.h]).size).toBe(3);
      const lefts = [...shop, ...others, ...system].map(({ x }) => x);
      expect(new Set(lefts).size).toBe(own.size - own.free.length);
    }
  });

  it.each([16, 31])('lie on no label and on no sector with %i pages a group', (pagesPerGroup) => {
    const groups = pagesPerGroup === 31 ? 2 : 4;
    const config = { ...QUIET, groups, pagesPerGroup };
    const all = new PageOwners(bootstrapVolume(QUIET.volume, config), config, []);
    const fleet = liveFleet(seenAfter([], millis(50), groups), (group) => all.group(group));
    for (const heightPx of [398, 425, 460, 540]) {
      const room = { widthPx: 700, heightPx };
      const { comb } = fleetSketch(fleet, lookAt(), room, measure).plan;
      const items = drawn(fleet, {}, room);
      expect(collisions(items)).toEqual([]);
      const texts = items.filter((item): item is TextItem => item.kind === 'text').map(boxOf);
      for (let group = 0; group < fleet.size; group++) {
        const { x, y } = cellOf(comb, group);
        const stripes = stripesOf(items, `PG ${group}.pages of shop`);
        expect(stripes.length).toBeGreaterThan(0);
        for (const stripe of stripes) {
          expect(texts.filter((text) => overlaps(text, stripe))).toEqual([]);
          // Within the hole of the hexagon, whose upper sides fall by one in root three.
          const side = Math.max(x - stripe.x, stripe.x + stripe.w - x);
          const hole = comb.r * (NAMED.r / 100) * NAMED.hole;
          expect(y - stripe.y + side / Math.sqrt(3)).toBeLessThan(hole);
        }
      }
    }
  });

  it.each([
    [524, 290],
    [524, 240],
    [460, 300],
  ])('lie on no label and on no sector in a room of %i × %i either', (widthPx, heightPx) => {
    const room = { widthPx, heightPx };
    const { comb } = fleetSketch(shared, lookAt(), room, measure).plan;
    expect(comb.r).toBeLessThan(104);
    const items = drawn(shared, {}, room);
    expect(collisions(items)).toEqual([]);
    const texts = items.filter((item): item is TextItem => item.kind === 'text').map(boxOf);
    for (let group = 0; group < shared.size; group++) {
      const { x, y } = cellOf(comb, group);
      const stripes = ['shop', 'crm'].flatMap((name) =>
        stripesOf(items, `PG ${group}.pages of ${name}`),
      );
      for (const stripe of stripes) {
        expect(texts.filter((text) => overlaps(text, stripe))).toEqual([]);
        const side = Math.max(x - stripe.x, stripe.x + stripe.w - x);
        const hole = comb.r * (NAMED.r / 100) * NAMED.hole;
        expect(y - stripe.y + side / Math.sqrt(3)).toBeLessThan(hole);
      }
    }
  });

  it('are left out where they would find no room, and where nobody knows', () => {
    const small = { widthPx: 366, heightPx: 200 };
    expect(named(drawn(shared, {}, small), /pages of/)).toEqual([]);
    expect(named(drawn(liveFleet(seenAfter()), {}, size), /pages of/)).toEqual([]);
  });

  it('are told in words', () => {
    const sketch = fleetSketch(shared, lookAt(), size, measure);
    const { x, y } = cellOf(sketch.plan.comb, 0);
    const { databases, free } = shared.pages(0)!;
    const shop = databases[0]!.count;
    expect(sketch.at?.(x, y)?.name).toContain(
      `Pages: shop ${shop}, crm 2, system 5; storage does not know. PGCL`,
    );
    const fifth = { ...crm(0), database: 'hr', number: 4 };
    const many = { ...shared.pages(0)!, databases: [...databases, fifth] };
    expect(pagesWords(many)).toContain('crm 2, hr 2 (database 5, striped like 1); system');
    expect(pagesWords(shared.pages(0)!)).toBe(`shop ${shop}, crm 2; system 5, free ${free.length}`);
  });
});

describe('the number of items', () => {
  it.each(SCALES.map(({ groups }) => groups))(
    'stays small at %i groups, however close',
    (groups) => {
      const acts: readonly Act[] = [
        { op: 'crash-zone', az: 'C' },
        { op: 'crash', target: 'A1' },
      ];
      const fleet = fleetAtScale(seenAfter(acts), groups);
      const most = mostZoom(groups, room);
      for (const share of [0, 0.05, 0.1, 0.2, 0.4, 0.7, 1]) {
        const camera = closeTo(fleet, Math.floor(groups / 2), 1 + (most - 1) * share);
        expect(drawn(fleet, { camera, hosts: new Set(['A1']) }).length).toBeLessThan(2_400);
      }
      expect(drawn(fleet).length).toBeLessThan(groups > 1_000 ? 300 : 400);
    },
  );
});

describe('the matrix', () => {
  it('has six places for each group, each on the row of its host', () => {
    const fleet = fleetAtScale(seenAfter(), 64);
    const items = drawn(fleet, { form: 'matrix' });
    expect(named(items, /^copy/)).toHaveLength(64 * 6);
    const sketch = fleetSketch(fleet, lookAt({ form: 'matrix' }), room, measure);
    const box = items.find(({ id }) => id === 'copy 3 c');
    if (box?.kind !== 'rect') throw new Error('no such place');
    expect(sketch.pointAt(box.x + box.w / 2, box.y + box.h / 2)).toEqual({ group: 3, place: 2 });
  });
});
