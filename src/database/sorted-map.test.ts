import fc from 'fast-check';
import { expect, it } from 'vitest';
import { each, first, get, put, remove, type SortedMap } from './sorted-map.ts';

const key = fc.integer({ min: 0, max: 40 });
const change = fc.record({ key, value: fc.option(fc.nat()) });

function entriesOf(map: SortedMap<number, number>): readonly (readonly [number, number])[] {
  const entries: (readonly [number, number])[] = [];
  each(map, (k, v) => {
    entries.push([k, v]);
  });
  return entries;
}

it('a sorted map holds what a Map would, in key order, and is never deep', () => {
  fc.assert(
    fc.property(fc.array(change, { maxLength: 120 }), (changes) => {
      const model = new Map<number, number>();
      let map: SortedMap<number, number> = null;
      for (const { key, value } of changes) {
        const before = entriesOf(map);
        const next: SortedMap<number, number> =
          value === null ? remove(map, key) : put(map, key, value);
        expect(entriesOf(map)).toEqual(before);
        map = next;
        if (value === null) model.delete(key);
        else model.set(key, value);
      }
      const entries = [...model].sort(([a], [b]) => a - b);
      expect(entriesOf(map)).toEqual(entries);
      expect(first(map)?.key).toBe(entries[0]?.[0]);
      for (let k = 0; k <= 40; k++) expect(get(map, k)).toBe(model.get(k));
      expect(map?.height ?? 0).toBeLessThanOrEqual(1.45 * Math.log2(entries.length + 2));
    }),
  );
});
