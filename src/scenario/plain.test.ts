import fc from 'fast-check';
import { expect, it } from 'vitest';
import { difference, saysSame, withChanges } from './plain.ts';

const BASE = { groups: 4, workload: { on: true, perSecond: 400 }, tables: [{ name: 'orders' }] };

it('only what differs is written down', () => {
  expect(difference(BASE, { ...BASE })).toBeUndefined();
  expect(difference(BASE, { ...BASE, workload: { on: true, perSecond: 5 } })).toEqual({
    workload: { perSecond: 5 },
  });
  expect(difference(BASE, { ...BASE, tables: [] })).toEqual({ tables: [] });
});

it('what differs gives the value back', () => {
  const value = fc.record({
    groups: fc.nat(9),
    workload: fc.record({ on: fc.boolean(), perSecond: fc.nat(9) }),
    tables: fc.array(fc.record({ name: fc.string() })),
  });
  fc.assert(
    fc.property(value, value, (base, value) => {
      expect(withChanges(base, difference(base, value))).toEqual(value);
    }),
  );
});

it('nothing reaches a prototype', () => {
  const hostile = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"x":1}}}');
  const merged = withChanges(BASE, hostile) as Record<string, unknown>;
  expect(merged).toEqual(BASE);
  expect(merged['polluted']).toBeUndefined();
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

it('fields may be written in any order, elements of a list may not', () => {
  const { groups, workload, tables } = BASE;
  expect(saysSame(BASE, { tables, workload, groups })).toBe(true);
  expect(saysSame(BASE, { ...BASE, workload: { on: true, perSecond: 5 } })).toBe(false);
  expect(saysSame([1, 2], [2, 1])).toBe(false);
  expect(saysSame([{ groups, workload }], [{ workload, groups }])).toBe(true);
  expect(saysSame({ groups }, { groups, more: 1 })).toBe(false);
});
