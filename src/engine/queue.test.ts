import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Flight } from './happening.ts';
import { FlightQueue } from './queue.ts';

const flight = (atUs: number, order: number): Flight => ({
  order,
  type: 'T',
  message: { type: 'T' },
  from: 'a',
  to: 'b',
  sentUs: 0,
  atUs,
  luck: 0,
  timer: null,
  lost: null,
});

const sorted = (flights: readonly Flight[]): readonly Flight[] =>
  flights.toSorted((a, b) => a.atUs - b.atUs || a.order - b.order);

const drained = (queue: FlightQueue): readonly Flight[] => {
  const out: Flight[] = [];
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) out.push(next);
  return out;
};

it('a queue gives the earliest first, and equal times in the order of scheduling', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(20), { maxLength: 100, size: 'max' }), (times) => {
      const flights = times.map(flight);
      const queue = new FlightQueue();
      for (const each of flights) queue.push(each);
      expect(queue.size).toBe(flights.length);
      expect(drained(queue)).toEqual(sorted(flights));
      expect(queue.first).toBeUndefined();
    }),
  );
});

it('a queue is a sorted list under any mix of pushing, popping, saving and restoring', () => {
  const op = fc.oneof(
    { weight: 4, arbitrary: fc.nat(30) },
    { weight: 2, arbitrary: fc.constant('pop' as const) },
    { weight: 1, arbitrary: fc.constantFrom('save' as const, 'restore' as const) },
  );
  fc.assert(
    fc.property(fc.array(op, { maxLength: 100, size: 'max' }), (ops) => {
      const queue = new FlightQueue();
      let list: readonly Flight[] = [];
      let saved: readonly [readonly Flight[], readonly Flight[]] = [[], []];
      ops.forEach((op, order) => {
        if (op === 'save') saved = [queue.save(), list];
        else if (op === 'restore') {
          queue.restore(saved[0]);
          list = saved[1];
        } else if (op === 'pop') {
          expect(queue.pop()).toBe(list[0]);
          list = list.slice(1);
        } else {
          const next = flight(op, order);
          queue.push(next);
          list = sorted([...list, next]);
        }
        expect(queue.first).toBe(list[0]);
        expect(queue.all).toHaveLength(list.length);
      });
      expect(drained(queue)).toEqual(list);
    }),
  );
});
