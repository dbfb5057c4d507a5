import { describe, expect, it } from 'vitest';
import { createMachine, setup } from 'xstate';
import { draw, redraw } from './chance.ts';
import { Directory } from './directory.ts';
import { interpreted } from './driver.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from './effect.ts';
import type { Flight, Happening } from './happening.ts';
import { Kernel } from './kernel.ts';
import type { Model } from './model.ts';
import { protocolActions, step } from './step.ts';
import { comparePositions } from './time.ts';
import { type Act, digest, frozen, placeOf, type ToyNetwork, toyModel } from './toy.testkit.ts';

type World = Kernel<ToyNetwork, Act>;
const act = (timeUs: number, n: number, does: Act['does'], to = 'S1'): Act => ({
  at: { timeUs, n },
  does,
  to,
});
const world = (acts: readonly Act[] = [], seed = 1): World =>
  new Kernel(toyModel(), seed, acts, frozen());

function* steps<N, I extends Act>(kernel: Kernel<N, I>, events: number): Generator<Happening> {
  for (let i = 0; i < events; i++) {
    const happening = kernel.step();
    if (happening === null) return;
    yield happening;
  }
}

const played = <N, I extends Act>(kernel: Kernel<N, I>, events: number): readonly Happening[] => [
  ...steps(kernel, events),
];

const busy: readonly Act[] = [
  act(90, 0, 'CHOKE', 'S2'),
  act(200, 1, 'KILL', 'S1'),
  act(200, 1, 'slow', 'S3'),
  act(200, 2, 'CHOKE', 'S4'),
  act(650, 0, 'KILL', 'W'),
  act(700, 3, 'REVIVE', 'S1'),
  act(900, 0, 'storm'),
];

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

describe('chance', () => {
  /** The delay and loss of every message, by kind and link and its number there. */
  function fates(happenings: readonly Happening[]): ReadonlyMap<string, string> {
    const ordinals = new Map<string, number>();
    const out = new Map<string, string>();
    for (const { sent } of happenings)
      for (const { from, to, type, sentUs, atUs, lost, luck } of sent) {
        const link = `${from} → ${to} ${type}`;
        const ordinal = ordinals.get(link) ?? 0;
        ordinals.set(link, ordinal + 1);
        out.set(`${link} ${ordinal}`, `${atUs - sentUs} µs, ${lost}, ${luck}`);
      }
    return out;
  }

  it('deals the n-th message of a kind on a link the same, whatever is killed elsewhere', () => {
    const calm = fates(played(world(), 3_000));
    const killed = fates(
      played(world([act(333, 0, 'KILL', 'S5'), act(600, 0, 'KILL', 'W')]), 3_000),
    );
    const both = [...calm.keys()].filter((key) => killed.has(key));
    expect(both.length).toBeGreaterThan(500);
    for (const key of both) expect(`${key}: ${killed.get(key)}`).toBe(`${key}: ${calm.get(key)}`);
  });

  it('is not changed by which actors were asked about before', () => {
    const asked = world();
    for (let i = 0; i < 50; i++) asked.actor(`X${i}`);
    const plain = world();
    played(asked, 500);
    played(plain, 500);
    expect(digest(asked)).toBe(digest(plain));
  });

  it('draws the delay, the loss and the choice of one message apart', () => {
    const drawn: number[][] = [];
    const model: ReturnType<typeof toyModel> = {
      ...toyModel(),
      transmit: (network, { delayLuck, lossLuck }) => {
        drawn.push([delayLuck, lossLuck]);
        return { network, delayUs: 1, lost: null, againUs: null };
      },
    };
    const sent = played(new Kernel(model, 1, []), 100).flatMap((happening) => happening.sent);
    expect(drawn).toHaveLength(sent.length);
    const all = drawn.flatMap((pair, i) => [...pair, sent[i]?.luck]);
    expect(new Set(all).size).toBe(all.length);
    expect(sent[0]?.luck).toBe(redraw(lucksOf(1), 3));
    expect(drawn[0]).toEqual([redraw(lucksOf(1), 1), redraw(lucksOf(1), 2)]);
  });

  /** The luck behind the first message from the writer to its first segment. */
  function lucksOf(seed: number): number {
    const directory = new Directory(seed);
    return draw(directory.link(directory.entry('W'), 'S0', 'WRITE').key, 0);
  }

  it('loses about as many messages as the network says', () => {
    const sent = played(world(), 5_000).flatMap((happening) => happening.sent);
    const lost = sent.filter((flight) => flight.lost !== null).length;
    expect(lost / sent.length).toBeGreaterThan(0.015);
    expect(lost / sent.length).toBeLessThan(0.05);
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

/** A world of one actor that answers each event by its name. */
function scripted(
  answer: (type: string) => readonly Effect[],
  acts: readonly Act[] = [],
  delayUs = 1,
): Kernel<number, Act> {
  const rule = (heard: readonly string[], { type, atUs }: Delivery): Outcome<readonly string[]> => [
    [...heard, `${type} ${atUs}`],
    answer(type),
  ];
  const machine = setup({
    types: {} as { context: { heard: readonly string[] }; events: Delivery },
    actions: protocolActions,
  }).createMachine({
    context: { heard: [] },
    on: Object.fromEntries(
      ['GO', 'A', 'B', 'C', 'KILL'].map((type) => [
        type,
        {
          actions: step((c: { heard: readonly string[] }, d: Delivery) => {
            const [heard, effects] = rule(c.heard, d);
            return [{ heard }, effects];
          }),
        },
      ]),
    ),
  });
  const model: Model<number, Act> = {
    network: 0,
    start: [{ to: 'it', message: { type: 'GO' } }],
    birth: () => ({ machine, input: undefined }),
    transmit: (network) => ({ network, delayUs, lost: null, againUs: null }),
    sample: (table) => (table === 'disk' ? 7 : 3),
    react: (network, { does, to }) => ({
      network: network + 1,
      posts: [{ to, message: { type: does } }],
      notes: [],
    }),
  };
  return new Kernel(model, 1, acts);
}

const heard = (kernel: Kernel<number, Act>): readonly string[] => {
  played(kernel, 100);
  const context = kernel.actor('it')?.context as { heard: readonly string[] } | undefined;
  return context?.heard ?? [];
};
const a = (delay: Parameters<typeof arm>[1]): Effect => arm('a', delay, { type: 'A' });
const on = (script: Readonly<Record<string, readonly Effect[]>>) => (type: string) =>
  script[type] ?? [];

describe('a timer', () => {
  it('fires once, when it is due, and is armed no longer', () => {
    const kernel = scripted(on({ GO: [a(5)] }));
    const armed = () => kernel.actor('it')?.timers.map(({ name }) => name);
    kernel.step();
    expect(armed()).toEqual(['a']);
    kernel.step();
    expect(armed()).toEqual([]);
    expect(heard(scripted(on({ GO: [a(5)] })))).toEqual(['GO 0', 'A 5']);
  });

  it('never fires once it is disarmed, by its name or with all others', () => {
    const b = arm('b', 2, { type: 'B' });
    expect(heard(scripted(on({ GO: [a(5), b], B: [disarm('a')] })))).toEqual(['GO 0', 'B 2']);
    expect(heard(scripted(on({ GO: [a(5), b], B: [disarm('*')] })))).toEqual(['GO 0', 'B 2']);
    expect(heard(scripted(on({ GO: [a(2), b, disarm('a')] })))).toEqual(['GO 0', 'B 2']);
    expect(heard(scripted(on({ GO: [a(5), b], B: [disarm('x')] })))).toEqual([
      'GO 0',
      'B 2',
      'A 5',
    ]);
  });

  it('armed anew runs anew, and only the last arming counts', () => {
    const b = arm('b', 4, { type: 'B' });
    expect(heard(scripted(on({ GO: [a(5), b], B: [a(5)] })))).toEqual(['GO 0', 'B 4', 'A 9']);
    expect(heard(scripted(on({ GO: [a(9), a(5)] })))).toEqual(['GO 0', 'A 5']);
    expect(heard(scripted(on({ GO: [a(3), b], B: [disarm('*'), a(1)] })))).toEqual([
      'GO 0',
      'A 3',
      'B 4',
      'A 5',
    ]);
  });

  it('of an actor leaves the timers of others alone', () => {
    const kernel = scripted((type) =>
      type === 'GO' ? [a(5), send('other', { type: 'B' })] : [disarm('*')],
    );
    expect(heard(kernel)).toEqual(['GO 0', 'A 5']);
  });

  it('that was disarmed is not under way', () => {
    const kernel = scripted(on({ GO: [a(5), arm('b', 2, { type: 'B' })], B: [disarm('a')] }));
    played(kernel, 1);
    expect(kernel.waiting.map(({ timer }) => timer).toSorted()).toEqual(['a', 'b']);
    played(kernel, 1);
    expect(kernel.waiting).toEqual([]);
    expect(kernel.nextUs()).toBeNull();
  });

  it('runs for a number, a draw from a table or a draw from a range', () => {
    expect(heard(scripted(on({ GO: [a({ table: 'disk' })] })))).toEqual(['GO 0', 'A 7']);
    const stretched = a({ table: 'disk', permille: 1_500, extraUs: 100 });
    expect(heard(scripted(on({ GO: [stretched] })))).toEqual(['GO 0', 'A 110']);
    const [, fired] = heard(scripted(on({ GO: [a({ fromUs: 50, toUs: 60 })] })));
    expect(fired).toMatch(/^A 5\d$/);
  });

  it('may not run for a fraction of a microsecond, nor backwards', () => {
    for (const delay of [0.5, -1, Number.NaN])
      expect(() => heard(scripted(on({ GO: [a(delay)] })))).toThrow('a whole number');
    expect(() => heard(scripted(on({ GO: [send('it', { type: 'A' })] }), [], 1.5))).toThrow(
      'a whole number',
    );
  });
});

describe('an action from outside', () => {
  const three = on({ GO: [a(5), arm('b', 5, { type: 'B' }), arm('c', 5, { type: 'C' })] });
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

describe('time', () => {
  it('passes between events when it is let, and never backwards', () => {
    const kernel = scripted(on({ GO: [a(10)] }));
    played(kernel, 1);
    kernel.settle(4);
    expect(kernel.position).toEqual({ timeUs: 4, n: 0 });
    kernel.settle(2);
    expect(kernel.position).toEqual({ timeUs: 4, n: 0 });
    expect(played(kernel, 1)[0]).toMatchObject({ timeUs: 10, n: 1, count: 2 });
  });

  it('reaches a position exactly where the next event lies at or before it', () => {
    const kernel = scripted(on({ GO: [a(10), arm('b', 10, { type: 'B' })] }));
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
