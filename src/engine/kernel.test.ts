import { describe, expect, it } from 'vitest';
import { createMachine } from 'xstate';
import { interpreted } from './driver.ts';
import { arm, type Effect } from './effect.ts';
import type { Flight, Happening } from './happening.ts';
import { armA, busy, byName, played, scripted, steps, world } from './kernel.testkit.ts';
import { Kernel } from './kernel.ts';
import type { Model } from './model.ts';
import { comparePositions } from './time.ts';
import { type Act, digest, frozen, placeOf, toyModel } from './toy.testkit.ts';

/** Whether a flight is the second copy of the one scheduled just before it. */
const isRepeat = (before: Flight | undefined, flight: Flight): boolean =>
  before?.message === flight.message && before.to === flight.to;

describe('a run', () => {
  it('is the same every time, to the last bit', () => {
    const one = world(busy);
    const other = world(busy);
    expect(played(one, 3_000)).toEqual(played(other, 3_000));
    expect(digest(one)).toBe(digest(other));
    const slow = new Kernel(toyModel(), 1, busy, frozen(interpreted()));
    played(slow, 3_000);
    expect(digest(slow)).toBe(digest(one));
  });

  it('differs with its seed and with what is done to it', () => {
    const hashes = [world(), world([], 2), world(busy), world(busy.slice(1))].map((kernel) => {
      played(kernel, 500);
      return kernel.hash();
    });
    expect(new Set(hashes).size).toBe(4);
    expect(hashes[0]).toMatch(/^[0-9a-f]{16}$/);
  });

  it('orders its events by time and, in a tie, by scheduling', () => {
    const happenings = played(world(busy), 3_000);
    let ties = 0;
    happenings.forEach((happening, i) => {
      expect(happening.count).toBe(i + 1);
      const before = happenings[i - 1];
      if (before === undefined) return;
      expect(comparePositions(placeOf(before), placeOf(happening))).toBeLessThan(0);
      if (before.timeUs !== happening.timeUs) return;
      ties++;
      expect(happening.n).toBe(before.n + 1);
      if (happening.flight.to !== 'outside' && before.flight.to !== 'outside')
        expect(happening.flight.order).toBeGreaterThan(before.flight.order);
    });
    expect(ties).toBeGreaterThan(500);
  });

  it('has a hash that sees the kind of a note and the numbers in it', () => {
    const hashOf = (note: Effect) => {
      const kernel = scripted(() => [note]);
      kernel.step();
      return kernel.hash();
    };
    const told = (type: string, lsn: number): Effect =>
      ({ kind: 'note', note: { type, lsn } }) as Effect;
    const hashes = [told('held', 1), told('held', 2), told('lost', 1)].map(hashOf);
    expect(new Set(hashes).size).toBe(3);
  });
});

describe('a delivery', () => {
  it('is marked where the chart does not accept it, and changes nothing there', () => {
    const kernel = world(busy);
    const known = new Map<string, unknown>();
    const contextOf = ({ flight }: Happening) => kernel.actor(flight.to)?.context;
    let refused = 0;
    for (const happening of steps(kernel, 2_000)) {
      const { flight, accepted, sent, notes } = happening;
      if (!accepted) {
        refused++;
        if (known.has(flight.to)) expect(contextOf(happening)).toBe(known.get(flight.to));
        expect([sent, notes]).toEqual([[], []]);
      }
      known.set(flight.to, contextOf(happening));
    }
    expect(refused).toBeGreaterThan(50);
    expect(refused).toBeLessThan(1_000);
  });

  it('of a lost message is an event that its receiver never sees', () => {
    const lost = played(world(busy), 2_000).filter(({ flight }) => flight.lost !== null);
    expect(lost.length).toBeGreaterThan(20);
    expect(
      lost.every(({ accepted, sent, notes }) => !accepted && sent.length + notes.length === 0),
    ).toBe(true);
  });

  it('that is refused leaves another hash than one that is accepted', () => {
    const refusing: Model<number, Act> = {
      network: 0,
      start: [{ to: 'it', message: { type: 'GO' } }],
      birth: () => ({ machine: createMachine({}), input: undefined }),
      transmit: (network) => ({ network, delayUs: 1, lost: null, againUs: null }),
      sample: () => 1,
      react: (network) => ({ network, posts: [], notes: [] }),
    };
    const kernels = [new Kernel(refusing, 1, []), scripted(() => [])];
    expect(kernels.map((kernel) => kernel.step()?.accepted)).toEqual([false, true]);
    expect(kernels[0]?.hash()).not.toBe(kernels[1]?.hash());
  });

  it('arms what a receiver asks for at its birth, and for no other', () => {
    const machine = createMachine({
      initial: 'young',
      states: { young: { after: { 30: 'old' } }, old: {} },
    });
    const toy = toyModel();
    const model = {
      ...toy,
      birth: (id: string) => (id === 'S2' ? { machine, input: undefined } : toy.birth(id)),
    };
    const kernel = new Kernel(model, 1, []);
    const born = () => kernel.actor('S2');
    while (born() === undefined) kernel.step();
    expect(born()?.timers.map(({ name }) => name)).toEqual(['xstate.after.30.(machine).young']);
    const bornUs = kernel.position.timeUs;
    while (born()?.snapshot.value === 'young') kernel.step();
    expect(kernel.position.timeUs).toBe(bornUs + 30);
    const { timers } = kernel.actor('S0') ?? { timers: [] };
    expect(timers.every(({ name }) => /^(persist|gossip)/.test(name))).toBe(true);
  });

  it('hands the network on as each message left it', () => {
    const kernel = world(busy);
    const sent = played(kernel, 1_000).flatMap((happening) => happening.sent);
    const repeats = sent.filter((flight, i) => isRepeat(sent[i - 1], flight));
    expect(kernel.network.carried).toBe(sent.length - repeats.length);
  });

  it('lets a message arrive twice where the network says so', () => {
    const happened = played(world(busy), 1_000);
    const sent = happened.flatMap((happening) => happening.sent);
    const repeats = sent.filter((flight, i) => isRepeat(sent[i - 1], flight));
    expect(repeats.length).toBeGreaterThan(3);
    const arrived = new Set(happened.map(({ flight }) => flight.order));
    const twice = repeats.filter(({ order }) => arrived.has(order) && arrived.has(order - 1));
    expect(twice.length).toBeGreaterThan(0);
  });

  it('brings its receiver into being, but no other actor', () => {
    const kernel = world();
    expect(kernel.actorIds()).toEqual([]);
    kernel.step();
    expect(kernel.actorIds()).toEqual(['W']);
    expect(kernel.actor('L1')).toBeUndefined();
    played(kernel, 500);
    expect(kernel.actorIds().toSorted()).toEqual([
      'L0',
      'L1',
      'L2',
      'S0',
      'S1',
      'S2',
      'S3',
      'S4',
      'S5',
      'W',
    ]);
  });
});

describe('time', () => {
  it('passes between events when it is let, and never backwards', () => {
    const kernel = scripted(byName({ GO: [armA(10)] }));
    played(kernel, 1);
    kernel.settle(4);
    expect(kernel.position).toEqual({ timeUs: 4, n: 0 });
    kernel.settle(2);
    expect(kernel.position).toEqual({ timeUs: 4, n: 0 });
    expect(played(kernel, 1)[0]).toMatchObject({ timeUs: 10, n: 1, count: 2 });
  });

  it('reaches a position exactly where the next event lies at or before it', () => {
    const kernel = scripted(byName({ GO: [armA(10), arm('b', 10, { type: 'B' })] }));
    const reaches = (timeUs: number, n: number) => kernel.reaches({ timeUs, n });
    expect([reaches(0, 0), reaches(0, 1)]).toEqual([false, true]);
    played(kernel, 1);
    expect([reaches(9, 9), reaches(10, 0), reaches(10, 1)]).toEqual([false, false, true]);
    kernel.settle(10);
    expect([reaches(10, 0), reaches(10, 1)]).toEqual([false, true]);
    played(kernel, 1);
    expect([reaches(10, 1), reaches(10, 2), reaches(11, 0)]).toEqual([false, true, true]);
    played(kernel, 1);
    expect(reaches(99, 99)).toBe(false);
  });
});

describe('a keyframe', () => {
  it('brings back everything, and stays good after the run went on', () => {
    const kernel = world(busy);
    const moments = Array.from({ length: 12 }, () => {
      played(kernel, 97);
      return { saved: kernel.save(), was: digest(kernel) };
    });
    for (const [i, { saved, was }] of [...moments.entries()].toReversed()) {
      kernel.restore(saved);
      expect(digest(kernel)).toBe(was);
      played(kernel, 97);
      expect(digest(kernel)).toBe(moments[i + 1]?.was ?? digest(kernel));
      played(kernel, 60);
    }
  });
});
