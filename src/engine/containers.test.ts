import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AppendLog } from './append-log.ts';
import { CowArray, type Saved } from './cow-array.ts';
import { Vector } from './vector.ts';

describe('an append log', () => {
  type Op = { readonly on: number; readonly push: number } | { readonly on: number; drop: number };
  const on = fc.nat(40);
  const op: fc.Arbitrary<Op> = fc.oneof(
    { weight: 3, arbitrary: fc.record({ on, push: fc.constantFrom(1, 2, 63, 64, 65, 200) }) },
    { weight: 1, arbitrary: fc.record({ on, drop: fc.integer({ min: -1, max: 220 }) }) },
  );

  /** A log beside the plain array it stands for. */
  type Version = readonly [log: AppendLog<number>, plain: readonly number[]];

  function changed([log, plain]: Version, op: Op, fresh: () => number): Version {
    if ('drop' in op) return [log.drop(op.drop), plain.slice(Math.max(0, op.drop))];
    const items = Array.from({ length: op.push }, fresh);
    return [items.reduce((grown, item) => grown.push(item), log), [...plain, ...items]];
  }

  it('is a plain array in every version, however the versions branch', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 40, size: 'max' }), (ops) => {
        let next = 0;
        const versions: Version[] = [[AppendLog.empty(), []]];
        for (const op of ops)
          versions.push(changed(versions[op.on % versions.length]!, op, () => next++));
        for (const [log, plain] of versions) {
          expect([...log]).toEqual(plain);
          expect(log.length).toBe(plain.length);
          expect(log.last).toBe(plain.at(-1));
          expect(log.at(0)).toBe(plain[0]);
          expect(log.at(plain.length)).toBeUndefined();
          expect(log.at(-1)).toBeUndefined();
          expect(log.slice(3, 70)).toEqual(plain.slice(3, 70));
        }
      }),
    );
  });

  it('pushed twice from the same version grows two logs that know nothing of each other', () => {
    for (const length of [0, 1, 63, 64, 65, 128]) {
      const common = AppendLog.of(Array.from({ length }, (_, i) => i));
      const one = common.push(-1).push(-2);
      const other = common.push(-3);
      const third = common.push(-4).push(-5).push(-6);
      expect(common.length).toBe(length);
      expect(one.slice(length)).toEqual([-1, -2]);
      expect(other.slice(length)).toEqual([-3]);
      expect(third.slice(length)).toEqual([-4, -5, -6]);
    }
    expect(AppendLog.empty().length).toBe(0);
  });

  it('finds where a condition starts to hold', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(310), (length, dropped, bound) => {
        const plain = Array.from({ length }, (_, i) => i).slice(dropped);
        const found = AppendLog.of(Array.from({ length }, (_, i) => i))
          .drop(dropped)
          .firstIndex((item) => item >= bound);
        const expected = plain.findIndex((item) => item >= bound);
        expect(found).toBe(expected === -1 ? plain.length : expected);
      }),
    );
  });

  it('looks like its entries to a digest', () => {
    expect(JSON.stringify({ log: AppendLog.of([1, 2, 3]).drop(1) })).toBe('{"log":[2,3]}');
  });
});

describe('a copy-on-write array', () => {
  type Op =
    | { readonly type: 'set'; readonly at: number }
    | { readonly type: 'save' }
    | { readonly type: 'restore'; readonly which: number };
  const op: fc.Arbitrary<Op> = fc.oneof(
    { weight: 5, arbitrary: fc.record({ type: fc.constant('set' as const), at: fc.nat(150) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('save' as const) }) },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('restore' as const), which: fc.nat() }) },
  );

  it('is a plain array, and a saved state stays what it was', () => {
    fc.assert(
      fc.property(fc.array(op, { maxLength: 80, size: 'max' }), (ops) => {
        const array = new CowArray<number>();
        let plain: number[] = [];
        const saves: [Saved<number>, readonly number[]][] = [];
        const check = (expected: readonly number[]) => {
          const places = Array.from({ length: 160 }, (_, i) => i);
          expect(places.map((i) => array.get(i))).toEqual(places.map((i) => expected[i]));
        };
        ops.forEach((op, i) => {
          if (op.type === 'set') {
            array.set(op.at, i);
            plain[op.at] = i;
          } else if (op.type === 'save') {
            saves.push([array.save(), plain.slice()]);
          } else if (saves.length > 0) {
            const [saved, then] = saves[op.which % saves.length]!;
            array.restore(saved);
            plain = then.slice();
          }
        });
        check(plain);
        for (const [saved, then] of saves) {
          array.restore(saved);
          check(then);
        }
      }),
    );
  });

  it('shares with a saved state whatever was not written since', () => {
    const array = new CowArray<number>();
    for (let i = 0; i < 320; i++) array.set(i, i);
    const before = array.save();
    array.set(40, -1);
    const after = array.save();
    expect(after.filter((chunk, i) => chunk !== before[i])).toHaveLength(1);
  });
});

describe('a vector', () => {
  it('is a plain array in every version', () => {
    const changes = fc.array(
      fc.record({ version: fc.nat(), at: fc.integer({ min: -2, max: 140 }) }),
    );
    fc.assert(
      fc.property(fc.nat(130), changes, (length, ops) => {
        const start = Array.from({ length }, (_, i) => i);
        const versions: [Vector<number>, readonly number[]][] = [[Vector.of(start), start]];
        ops.forEach(({ version, at }, i) => {
          const [vector, plain] = versions[version % versions.length]!;
          const changed = plain.map((item, j) => (j === at ? -i : item));
          versions.push([vector.with(at, -i), changed]);
        });
        for (const [vector, plain] of versions) {
          expect([...vector]).toEqual(plain);
          expect(vector.length).toBe(length);
          for (let i = -1; i <= length; i++) expect(vector.at(i)).toBe(plain[i]);
        }
      }),
    );
  });

  it('looks like its items to a digest', () => {
    expect(JSON.stringify(Vector.of(['a', 'b']).with(1, 'c'))).toBe('["a","c"]');
  });
});
