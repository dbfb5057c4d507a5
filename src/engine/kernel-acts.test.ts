import { describe, expect, it } from 'vitest';
import { arm } from './effect.ts';
import { act, armA, busy, byName, heard, played, scripted, world } from './kernel.testkit.ts';

describe('an action from outside', () => {
  const three = byName({ GO: [armA(5), arm('b', 5, { type: 'B' }), arm('c', 5, { type: 'C' })] });
  const kill = (timeUs: number, n: number) => act(timeUs, n, 'KILL', 'it');

  it('happens between the very events that its position names', () => {
    const at = (n: number) => heard(scripted(three, [kill(5, n)]));
    expect(at(0)).toEqual(['GO 0', 'A 5', 'B 5', 'C 5', 'KILL 5']);
    const orderOf = (n: number) =>
      played(scripted(three, [kill(5, n)]), 9).map(({ flight }) => flight.type);
    expect(orderOf(0)).toEqual(['GO', 'INTERVENTION', 'A', 'B', 'C', 'KILL']);
    expect(orderOf(1)).toEqual(['GO', 'A', 'INTERVENTION', 'B', 'C', 'KILL']);
    expect(orderOf(2)).toEqual(['GO', 'A', 'B', 'INTERVENTION', 'C', 'KILL']);
    expect(orderOf(3)).toEqual(['GO', 'A', 'B', 'C', 'INTERVENTION', 'KILL']);
    expect(orderOf(99)).toEqual(['GO', 'A', 'B', 'C', 'INTERVENTION', 'KILL']);
  });

  it('can share its microsecond with others, which keep their order', () => {
    const kernel = scripted(three, [kill(5, 1), kill(5, 1), kill(5, 1), kill(5, 2)]);
    const happenings = played(kernel, 20);
    expect(happenings.map(({ flight, n }) => `${n} ${flight.type}`)).toEqual([
      ...['1 GO', '1 A', '2 INTERVENTION', '3 INTERVENTION', '4 INTERVENTION', '5 INTERVENTION'],
      ...['6 B', '7 C', '8 KILL', '9 KILL', '10 KILL', '11 KILL'],
    ]);
    expect([kernel.applied, kernel.network]).toEqual([4, 4]);
  });

  it('happens at its time when nothing else does, even after everything', () => {
    const kernel = scripted(three, [kill(3, 0), kill(50, 7)]);
    const times = played(kernel, 20).map(({ timeUs, flight }) => `${timeUs} ${flight.type}`);
    expect(times).toEqual([
      '0 GO',
      '3 INTERVENTION',
      '3 KILL',
      '5 A',
      '5 B',
      '5 C',
      '50 INTERVENTION',
      '50 KILL',
    ]);
    expect(kernel.nextUs()).toBeNull();
  });

  it('that is due earlier than the one before it waits for that one', () => {
    const kernel = scripted(three, [kill(4, 0), kill(2, 0)]);
    const times = played(kernel, 20).map(({ timeUs, flight }) => `${timeUs} ${flight.type}`);
    const late = scripted(three, [kill(4, 0), kill(2, 0)]);
    expect(played(late, 2).map(({ timeUs }) => timeUs)).toEqual([0, 4]);
    expect(late.nextUs()).toBe(4);
    expect(times.slice(1, 5)).toEqual(['4 INTERVENTION', '4 INTERVENTION', '4 KILL', '4 KILL']);
  });

  it('is told with its own facts', () => {
    const happenings = played(world(busy), 500);
    const told = happenings.filter(({ flight }) => flight.type === 'INTERVENTION');
    expect(told.slice(0, 2).map(({ notes, accepted }) => [notes, accepted])).toEqual([
      [[{ type: 'CHOKE' }], true],
      [[{ type: 'KILL' }], true],
    ]);
    expect(told[0]?.flight.message).toEqual({ type: 'INTERVENTION', intervention: busy[0] });
  });
});
