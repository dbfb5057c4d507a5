import { describe, expect, it } from 'vitest';
import type { QuorumModelName } from './config.ts';
import { firstMembership, type Membership, readSet, writeSet } from './membership.ts';
import { satisfies } from './quorum.ts';
import { type ModelName, readOf, slotsOf, writeOf } from './quorum-model.ts';
import { disjointPairs, type Expression, minimalSets, namesIn, text } from './subsets.testkit.ts';
import { type SegmentId, SLOTS, type Slot, segmentId } from './topology.ts';

const MODELS: readonly QuorumModelName[] = ['4/6', '3/4', '2/3', '6/6', 'full-tail'];
const first = (model: QuorumModelName): Membership =>
  firstMembership({ quorumModel: model, mutations: [] }, 0);

/** A membership in which another member is to take over a place. */
function adding(
  membership: Membership,
  slot: Slot,
  segment: SegmentId,
  hydrated = false,
): Membership {
  const replacement = { segment, reason: 'suspected' as const, joinedAt: null, hydrated };
  return {
    ...membership,
    epoch: membership.epoch + 1,
    places: membership.places.map((place) =>
      place.slot === slot ? { ...place, replacement } : place,
    ),
  };
}

/** The change of a place is over, one way or the other. */
const over = (membership: Membership, slot: Slot, keep: 'old' | 'new'): Membership => ({
  ...membership,
  epoch: membership.epoch + 1,
  places: membership.places.map((place) => {
    if (place.slot !== slot || place.replacement === null) return place;
    const member = keep === 'new' ? place.replacement.segment : place.member;
    return { ...place, member, replacement: null };
  }),
});

const AWAY: readonly Slot[] = ['e', 'f'];
const reforming = (
  membership: Membership,
  model: ModelName,
  away: readonly Slot[],
): Membership => ({
  ...membership,
  epoch: membership.epoch + 1,
  towards: { model, away },
});
const reformed = (membership: Membership): Membership => ({
  ...membership,
  epoch: membership.epoch + 1,
  model: membership.towards?.model ?? membership.model,
  away: membership.towards?.away ?? [],
  towards: null,
});

const withAll = (membership: Membership, hydrated: boolean): Membership => ({
  ...membership,
  places: membership.places.map((place) =>
    place.replacement === null
      ? place
      : { ...place, replacement: { ...place.replacement, hydrated } },
  ),
});

/** What one change can go through: added, filled, finished forwards and backwards. */
function lifeOf(start: Membership, slot: Slot, segment: SegmentId): readonly Transition[] {
  const added = adding(start, slot, segment);
  const hydrated = withAll(added, true);
  return [
    [start, added],
    [added, hydrated],
    [hydrated, over(hydrated, slot, 'new')],
    [added, over(added, slot, 'old')],
    [hydrated, over(hydrated, slot, 'old')],
  ];
}
type Transition = readonly [Membership, Membership];

/** A second failure in the middle of the first, and a zone given up and taken back. */
function transitionsOf(model: QuorumModelName): readonly Transition[] {
  const start = first(model);
  const slots = slotsOf(model);
  const single = slots.flatMap((slot) => lifeOf(start, slot, '0/g@A3'));
  const double = slots.flatMap((one) =>
    slots
      .filter((other) => other !== one)
      .flatMap((other) =>
        [false, true].flatMap((hydrated) =>
          lifeOf(adding(start, one, '0/g@A3', hydrated), other, '0/h@A4'),
        ),
      ),
  );
  return [...single, ...double, ...(model === '4/6' ? zoneGivenUp(start) : [])];
}

function zoneGivenUp(start: Membership): readonly Transition[] {
  const leaving = reforming(start, '3/4', AWAY);
  const without = reformed(leaving);
  const returning = reforming(without, '4/6', []);
  const back = reformed(returning);
  const steps: readonly Transition[] = [
    [start, leaving],
    [leaving, without],
    [without, returning],
    [returning, back],
    [leaving, { ...leaving, epoch: leaving.epoch + 1, towards: null }],
  ];
  const repairs = [leaving, without, returning].flatMap((each) =>
    (['a', 'f'] as const).flatMap((slot) => lifeOf(each, slot, '0/g@A3')),
  );
  return [...steps, ...repairs];
}

describe('the write and read sets of SIGMOD’18 §4.1', () => {
  const one = first('4/6');
  const two = adding(one, 'f', '0/g@C3');
  const both = adding(two, 'e', '0/h@C4');

  it('print as the paper has them, epoch by epoch', () => {
    const print = (quorum: Expression): string =>
      'k' in quorum
        ? `${quorum.k}/${quorum.of.length} of ${text(quorum.of)}`
        : 'and' in quorum
          ? quorum.and.map(print).join(' AND ')
          : quorum.or.map(print).join(' OR ');
    const rows = (membership: Membership) => [
      membership.epoch,
      print(writeSet(membership)),
      print(readSet(membership)),
    ];
    expect(rows(one)).toEqual([1, '4/6 of abcdef', '3/6 of abcdef']);
    expect(rows(two)).toEqual([2, '4/6 of abcdef AND 4/6 of abcdeg', '3/6 of abcdef']);
    expect(rows(withAll(two, true))).toEqual([
      2,
      '4/6 of abcdef AND 4/6 of abcdeg',
      '3/6 of abcdef OR 3/6 of abcdeg',
    ]);
    expect(rows(over(two, 'f', 'new'))).toEqual([3, '4/6 of abcdeg', '3/6 of abcdeg']);
    expect(rows(over(two, 'f', 'old'))).toEqual([3, '4/6 of abcdef', '3/6 of abcdef']);
    expect(print(writeSet(both))).toBe(
      '4/6 of abcdef AND 4/6 of abcdeg AND 4/6 of abcdfh AND 4/6 of abcdgh',
    );
    expect(print(readSet(withAll(both, true)))).toBe(
      '3/6 of abcdef OR 3/6 of abcdeg OR 3/6 of abcdfh OR 3/6 of abcdgh',
    );
  });

  it('have 15 minimal write sets while one member changes: five of four, ten of five', () => {
    const sets = minimalSets(writeSet(two)).map(text);
    expect(sets.length).toBe(15);
    expect(sets.filter((set) => set.length === 4).toSorted()).toEqual([
      'abcd',
      'abce',
      'abde',
      'acde',
      'bcde',
    ]);
    expect(sets.filter((set) => set.length === 5).length).toBe(10);
    expect(sets).toContain('abcfg');
  });

  it('have 15 while two change: ABCD, eight of five, six of six', () => {
    const sets = minimalSets(writeSet(both)).map(text);
    expect([4, 5, 6].map((size) => sets.filter((set) => set.length === size).length)).toEqual([
      1, 8, 6,
    ]);
    for (const set of ['abcd', 'abceh', 'abcfg', 'abefgh']) expect(sets).toContain(set);
  });
});

describe('a step that a write quorum of both sets has recorded', () => {
  const one = first('4/6');
  const two = adding(one, 'f', '0/g@C3');

  it('leaves a writer of before two members at most that still listen to it', () => {
    const before = namesIn(writeSet(one));
    const deaf = minimalSets(writeSet(two)).map(
      (recorded) => before.filter((id) => !recorded.includes(id)).length,
    );
    expect(Math.max(...deaf)).toBe(2);
  });

  it('needs nothing more for records written since, whichever way it ends', () => {
    for (const keep of ['new', 'old'] as const)
      expect(disjointPairs(writeSet(two), readSet(over(two, 'f', keep)))).toEqual([]);
  });

  it('leaves every older record on four of the new six, once the new member has it', () => {
    const after = writeSet(over(two, 'f', 'new'));
    for (const held of minimalSets(writeSet(one)))
      expect(satisfies(after, (id) => id === '0/g@C3' || held.includes(id))).toBe(true);
  });
});

describe('why a new member does not count before it is hydrated', () => {
  it('10 of 450 pairs of an old write and a read with the empty member miss each other', () => {
    const write = writeSet(first('4/6'));
    const early = readSet(adding(first('4/6'), 'f', '0/g@C3', true));
    expect(minimalSets(write).length * minimalSets(early).length).toBe(450);
    const missed = disjointPairs(write, early);
    expect(missed.length).toBe(10);
    expect(missed).toContain('abcf deg');
    const late = readSet(adding(first('4/6'), 'f', '0/g@C3'));
    expect(disjointPairs(write, late)).toEqual([]);
  });

  it('6 of 90 pairs of an old write and a 2/4 read miss each other, none with 3/4', () => {
    const write = writeSet(first('4/6'));
    const survivors = readSet(reformed(reforming(first('4/6'), '3/4', AWAY)));
    expect(minimalSets(write).length * minimalSets(survivors).length).toBe(90);
    expect(disjointPairs(write, survivors).length).toBe(6);
    expect(disjointPairs(write, { k: 3, of: namesIn(survivors) })).toEqual([]);
  });
});

const zonesOf = (slots: readonly Slot[]): readonly (readonly Slot[])[] =>
  [
    ['a', 'b'],
    ['c', 'd'],
    ['e', 'f'],
  ].map((zone) => slots.filter((slot) => zone.includes(slot)));

/** Whether the rest can still do something when some are lost. */
const can = (quorum: Expression, lost: readonly Slot[]): boolean =>
  satisfies(quorum, (id) => !lost.some((slot) => segmentId(0, slot) === id));

/** How often something survives a zone, and a zone and any one more. */
function tolerance(model: QuorumModelName, what: (m: Membership) => Expression): readonly string[] {
  const membership = first(model);
  const slots = slotsOf(model);
  const zones = zonesOf(slots).filter((zone) => zone.length > 0);
  const more = zones.flatMap((zone) =>
    slots.filter((slot) => !zone.includes(slot)).map((slot) => [...zone, slot]),
  );
  const survived = (losses: readonly (readonly Slot[])[]): string =>
    `${losses.filter((lost) => can(what(membership), lost)).length} of ${losses.length}`;
  return [survived(zones), survived(more)];
}

describe('what each model survives', () => {
  it.each([
    ['4/6', ['3 of 3', '0 of 12'], ['3 of 3', '12 of 12']],
    ['full-tail', ['3 of 3', '0 of 12'], ['3 of 3', '12 of 12']],
    ['6/6', ['0 of 3', '0 of 12'], ['3 of 3', '12 of 12']],
    ['2/3', ['3 of 3', '0 of 6'], ['3 of 3', '0 of 6']],
    ['3/4', ['0 of 2', '0 of 4'], ['2 of 2', '0 of 4']],
  ] as const)('%s: a zone, and a zone and one more', (model, writes, reads) => {
    expect(tolerance(model, writeSet)).toEqual(writes);
    expect(tolerance(model, readSet)).toEqual(reads);
  });
});

describe('full and tail segments', () => {
  const membership = first('full-tail');
  const threes = SLOTS.flatMap((a, i) =>
    SLOTS.slice(i + 1).flatMap((b, j) => SLOTS.slice(i + j + 2).map((c) => [a, b, c])),
  );

  it('have one of each kind in every zone', () => {
    for (const zone of zonesOf(SLOTS)) {
      const kinds = membership.places.filter(({ slot }) => zone.includes(slot));
      expect(kinds.map(({ kind }) => kind).toSorted()).toEqual(['full', 'tail']);
    }
  });

  it('let reads go on after 19 of the 20 losses of three, and writes after one', () => {
    const readable = threes.filter((lost) => can(readSet(membership), lost));
    const writable = threes.filter((lost) => can(writeSet(membership), lost));
    expect([threes.length, readable.length]).toEqual([20, 19]);
    expect(threes.filter((lost) => !readable.includes(lost))).toEqual([['a', 'c', 'e']]);
    expect(writable).toEqual([['b', 'd', 'f']]);
  });

  it('would lose a write by the three full ones if any three could be read', () => {
    const broken = firstMembership(
      { quorumModel: 'full-tail', mutations: ['three-of-any-with-tails'] },
      0,
    );
    expect(disjointPairs(writeSet(broken), readSet(broken))).toEqual(['ace bdf']);
    expect(disjointPairs(writeSet(membership), readSet(membership))).toEqual([]);
  });
});

describe('in every configuration that a change passes through', () => {
  const alike = (one: Expression, other: Expression, what: string): void => {
    expect(disjointPairs(one, other), what).toEqual([]);
  };

  it.each(MODELS)('%s: every write meets every read and every other write', (model) => {
    const seen = new Set<string>();
    for (const membership of transitionsOf(model).flat()) {
      const key = JSON.stringify([writeSet(membership), readSet(membership)]);
      if (seen.has(key)) continue;
      seen.add(key);
      alike(writeSet(membership), readSet(membership), `${key} write and read`);
      alike(writeSet(membership), writeSet(membership), `${key} write and write`);
    }
    expect(seen.size).toBeGreaterThan(6);
  });

  it.each(MODELS)('%s: every write before a step meets every write after it', (model) => {
    const seen = new Set<string>();
    for (const [before, after] of transitionsOf(model)) {
      const key = JSON.stringify([writeSet(before), writeSet(after)]);
      if (seen.has(key)) continue;
      seen.add(key);
      alike(writeSet(before), writeSet(after), key);
    }
    expect(seen.size).toBeGreaterThan(6);
  });

  it('four healthy members go on writing through a change of the two others', () => {
    const both = adding(adding(first('4/6'), 'f', '0/g@C3'), 'e', '0/h@C4');
    const lost: readonly string[] = ['0/e', '0/f', '0/g@C3', '0/h@C4'];
    expect(satisfies(writeSet(both), (id) => !lost.includes(id))).toBe(true);
  });

  it('three copies as a write quorum would miss each other', () => {
    const broken = firstMembership({ quorumModel: '4/6', mutations: ['three-writes'] }, 0);
    expect(disjointPairs(writeSet(broken), writeSet(broken)).length).toBe(20);
  });
});

describe('the read set', () => {
  it.each(MODELS)('%s: is the dual of the write set', (model) => {
    const members = slotsOf(model).map((slot) => ({
      member: segmentId(0, slot),
      kind: first(model).places.find((place) => place.slot === slot)?.kind ?? 'full',
    }));
    const write = writeOf(model, members);
    const read = readOf(model, members);
    const all = namesIn(write);
    for (let bits = 0; bits < 2 ** all.length; bits++) {
      const has = (id: SegmentId): boolean => (bits & (1 << all.indexOf(id))) !== 0;
      expect(satisfies(read, has)).toBe(!satisfies(write, (id) => !has(id)));
    }
  });
});
