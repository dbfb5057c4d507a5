import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type AnyMachineSnapshot,
  type AnyStateMachine,
  assign,
  createMachine,
  type EventObject,
  initialTransition,
  not,
  or,
  setup,
  transition,
} from 'xstate';
import { begin, compiled, interpreted, type Stepped } from './driver.ts';
import type { Effect, Outcome } from './effect.ts';
import { protocolActions, step } from './step.ts';

interface Context {
  readonly n: number;
  readonly log: readonly string[];
}

const add = (c: Context, e: EventObject): Outcome<Context> => [
  { n: c.n + 1, log: [...c.log, e.type] },
  [{ kind: 'disarm', timer: `${c.n}` }],
];
const look = (c: Context): Outcome<Context> => [c, []];
const ask = (c: Context): Outcome<Context> => [c, [{ kind: 'disarm', timer: `asked ${c.n}` }]];
const everyThird = ({ context }: { context: Context }): boolean => context.n % 3 === 0;

/** Everything at once: parallel regions, nesting, inheritance, guards, always, after, re-entry. */
const everything = setup({
  types: {} as { context: Context; events: EventObject },
  actions: protocolActions,
}).createMachine({
  id: 'chart',
  context: { n: 0, log: [] },
  type: 'parallel',
  on: { INHERITED: { actions: step(add) }, LOOK: { actions: step(look) }, MAYBE: {} },
  states: {
    left: {
      initial: 'one',
      states: {
        one: {
          on: {
            BOTH: { actions: step(add) },
            GUARDED: { guard: ({ context }) => context.n % 2 === 0, actions: step(add) },
            HOP: { target: 'two', actions: step(add) },
            GO: { target: 'two', actions: step(add) },
            TWICE: { actions: [step(add), step(ask)] },
            FOREIGN: { actions: assign({ n: ({ context }) => context.n + 10 }) },
            PLAIN: { actions: step(add) },
            NOTHING: { actions: [] },
          },
          after: { 50: 'two' },
        },
        two: {
          initial: 'upper',
          entry: step(ask),
          on: { BACK: 'one', INHERITED: { actions: step(ask) }, PLAIN: { actions: step(look) } },
          states: {
            upper: {
              on: {
                BOTH: [{ guard: everyThird, actions: step(add) }, { actions: step(look) }],
                DOWN: { target: 'lower', actions: step(ask) },
                AGAIN: { target: 'upper', reenter: true, actions: step(add) },
              },
              after: { 70: { target: 'lower', actions: step(add) } },
            },
            lower: {
              exit: step(ask),
              on: { 'FAMILY.*': { actions: step(add) }, LOOK: { guard: everyThird } },
            },
          },
        },
      },
    },
    right: {
      initial: 'p',
      states: {
        p: {
          on: {
            OTHER: { actions: step(add) },
            BOTH: { actions: step(look) },
            GO: 'q',
            MAYBE: { guard: everyThird, actions: step(look) },
          },
        },
        q: {
          always: { guard: ({ context }) => context.n % 7 === 6, target: 'p' },
          on: {
            OTHER: { actions: step(add) },
            BACK: { target: 'q', reenter: true },
            SECOND: [{ guard: everyThird, actions: step(ask) }, { actions: step(add) }],
          },
        },
        unreached: { on: { NEVER: { actions: step(add) } } },
      },
    },
  },
});

/** The conditions of the fast driver, each in a chart of its own so that none hides another. */
const single = (on: object, rest: object = {}): AnyStateMachine =>
  setup({
    types: {} as { context: Context; events: EventObject },
    actions: protocolActions,
  }).createMachine({
    id: 'single',
    context: { n: 0, log: [] },
    initial: 'a',
    states: { a: { on: on as never, ...rest }, b: { on: { BACK: 'a' } } },
  });

/** A chart whose state b has something to it. */
const entered = (b: object): AnyStateMachine =>
  setup({
    types: {} as { context: Context; events: EventObject },
    actions: protocolActions,
  }).createMachine({
    id: 'entered',
    context: { n: 0, log: [] },
    initial: 'a',
    states: {
      a: { on: { GO: { target: 'b', actions: step(add) } } },
      b: { on: { BACK: { target: 'a', actions: step(add) }, PLAIN: 'b' }, ...b },
    },
  });

const guarded = setup({
  types: {} as { context: Context; events: EventObject },
  actions: protocolActions,
  guards: {
    everyThird,
    odd: ({ context }) => context.n % 2 === 1,
    above: ({ context }, least: number) => context.n > least,
    neither: not(or(['everyThird', 'odd'])),
  },
}).createMachine({
  id: 'guarded',
  context: { n: 0, log: [] },
  initial: 'a',
  on: { INHERITED: { guard: 'odd', actions: step(add) }, PLAIN: { actions: step(look) } },
  states: {
    a: {
      on: {
        GO: [
          { guard: 'everyThird', actions: step(add) },
          { guard: 'odd', target: 'b', actions: step(add) },
          { target: 'b', actions: step(ask) },
        ],
        BOTH: { guard: { type: 'above', params: 3 }, target: 'b', actions: step(add) },
        HOP: [{ guard: 'neither', target: 'b' }, { actions: step(add) }],
        PLAIN: { guard: everyThird, actions: step(add) },
        MAYBE: { guard: 'odd', target: 'b' },
      },
    },
    b: { on: { BACK: [{ guard: 'odd', target: 'a' }, { actions: step(add) }], INHERITED: 'a' } },
  },
});

const regions = setup({
  types: {} as { context: Context; events: EventObject },
  actions: protocolActions,
}).createMachine({
  id: 'regions',
  context: { n: 0, log: [] },
  initial: 'on',
  states: {
    on: {
      type: 'parallel',
      on: { DOWN: { target: 'off', actions: step(add) }, PLAIN: { actions: step(add) } },
      states: {
        left: {
          initial: 'a',
          states: {
            a: { on: { GO: { target: 'b', actions: step(add) }, BOTH: 'b' } },
            b: { on: { BACK: { target: 'a', actions: step(ask) }, BOTH: 'a' } },
          },
        },
        right: {
          initial: 'p',
          states: { p: { on: { OTHER: 'q', BOTH: 'q' } }, q: { on: { HOP: 'p', BOTH: 'p' } } },
        },
      },
    },
    off: { on: { AGAIN: { target: 'on', actions: step(look) } } },
  },
});

const remembering = createMachine({
  id: 'remembering',
  context: { n: 0, log: [] },
  initial: 'on',
  states: {
    on: {
      initial: 'a',
      states: {
        a: { on: { GO: 'b' } },
        b: { on: { BACK: 'a' } },
        before: { type: 'history' },
      },
      on: { DOWN: 'off' },
    },
    off: { on: { AGAIN: 'on.before', HOP: 'on' } },
  },
});

const charts: readonly (readonly [string, AnyStateMachine])[] = [
  ['everything at once', everything],
  ['a guard', single({ PLAIN: { guard: everyThird, actions: step(add) }, BOTH: step(add) })],
  ['a target', single({ PLAIN: { target: 'b', actions: step(add) } })],
  ['a target that is the state itself', single({ PLAIN: { target: 'a', actions: step(ask) } })],
  ['a guard before a target', guarded],
  ['parallel states that move alone', regions],
  ['a target that has something to do on entry', entered({ entry: step(ask) })],
  ['a target that has something to do on exit', entered({ exit: step(ask) })],
  ['a target with a timer', entered({ after: { 30: 'a' } })],
  ['a target that moves on at once', entered({ always: { guard: everyThird, target: 'a' } })],
  ['a target that ends it', entered({ type: 'final' })],
  [
    'a target that begins with an action',
    entered({
      initial: { target: 'c', actions: step(ask) },
      states: { c: { on: { PLAIN: { actions: step(add) } } } },
    }),
  ],
  ['a target that is remembered', remembering],
  ['two actions', single({ PLAIN: { actions: [step(add), step(ask)] } })],
  ['an action that is no step', single({ PLAIN: { actions: assign({ n: 3 }) } })],
  ['no action', single({ PLAIN: {}, BOTH: { actions: step(add) } })],
  [
    'two candidates',
    single({ PLAIN: [{ guard: everyThird, actions: step(add) }, { actions: step(ask) }] }),
  ],
  [
    'an always',
    single(
      { PLAIN: { actions: step(add) } },
      { always: { guard: ({ context }: { context: Context }) => context.n > 1, target: 'b' } },
    ),
  ],
  ['a wildcard', single({ '*': { actions: step(add) } })],
  ['a wildcard below a name', single({ 'FAMILY.*': { actions: step(add) } })],
];

const types = [
  ...['INHERITED', 'LOOK', 'MAYBE', 'BOTH', 'GUARDED', 'HOP', 'GO', 'TWICE', 'FOREIGN', 'PLAIN'],
  ...['NOTHING', 'BACK', 'DOWN', 'AGAIN', 'FAMILY.CHILD', 'OTHER', 'SECOND', 'NEVER'],
  ...['xstate.after.50.chart.left.one', 'xstate.after.70.chart.left.two.upper'],
];

const told = ({ snapshot, context, effects, accepted }: Stepped) => ({
  value: snapshot.value,
  context,
  effects,
  accepted,
});

/** As `toEqual`, which is slow, but only where it has something to say. */
const same = (actual: unknown, expected: unknown): void => {
  if (!isDeepStrictEqual(actual, expected)) expect(actual).toEqual(expected);
};

/** What XState itself makes of an event, in the words of a driver. */
function byXState(machine: AnyStateMachine, snapshot: AnyMachineSnapshot, event: EventObject) {
  const [next, actions] = transition(machine, snapshot, event);
  const effects = actions.flatMap((action): readonly Effect[] => {
    const { type, params } = action as { readonly type: string; readonly params: unknown };
    const asked = params as { id: string; sendId: string; delay: number; event: EventObject };
    if (type === 'effects') return params as readonly Effect[];
    if (type === 'xstate.cancel') return [{ kind: 'disarm', timer: asked.sendId }];
    return [{ kind: 'arm', timer: asked.id, delay: asked.delay, message: asked.event }];
  });
  return { snapshot: next, context: next.context, effects, accepted: snapshot.can(event) };
}

describe('the drivers', () => {
  it.each(charts)(
    'agree with each other and with XState on %s',
    (_, machine) => {
      const slow = interpreted();
      const fast = compiled();
      fc.assert(
        fc.property(
          fc.array(fc.constantFrom(...types), { maxLength: 30, size: 'max' }),
          (sequence) => {
            let a = begin(machine, undefined);
            let b = a;
            let c = initialTransition(machine)[0] as AnyMachineSnapshot;
            for (const type of sequence) {
              a = slow(machine, a.snapshot, a.context, { type });
              b = fast(machine, b.snapshot, b.context, { type });
              const expected = byXState(machine, c, { type });
              same(told(a), told(expected));
              same(told(b), told(expected));
              c = expected.snapshot;
            }
          },
        ),
        { numRuns: machine === everything ? 2_000 : 200 },
      );
    },
    60_000,
  );

  it('accept a step that changes nothing, and no event that the chart does not name', () => {
    for (const driver of [interpreted(), compiled()]) {
      const { snapshot, context } = begin(everything, undefined);
      const accepted = (type: string) => driver(everything, snapshot, context, { type }).accepted;
      expect(accepted('LOOK')).toBe(true);
      expect(accepted('NEVER')).toBe(false);
      expect(accepted('NOTHING')).toBe(false);
    }
  });

  it('give a rule the very event, whatever the driver', () => {
    const heard: EventObject[] = [];
    const hear = (c: Context, e: EventObject): Outcome<Context> => {
      heard.push(e);
      return [c, []];
    };
    const machine = single({ PLAIN: { actions: step(hear) }, HOP: { actions: [step(hear)] } });
    const { snapshot, context } = begin(machine, undefined);
    const event = { type: 'PLAIN', luck: 7 };
    interpreted()(machine, snapshot, context, event);
    compiled()(machine, snapshot, context, event);
    expect(heard[0]).toBe(event);
    expect(heard[1]).toBe(event);
  });

  it('take the context from the argument, not from the snapshot', () => {
    const { snapshot } = begin(everything, undefined);
    for (const driver of [interpreted(), compiled()]) {
      const { context } = driver(everything, snapshot, { n: 41, log: [] }, { type: 'HOP' });
      expect(context).toEqual({ n: 42, log: ['HOP'] });
    }
  });

  it('leave alone what the chart decides without them', () => {
    let asked = 0;
    const reference = interpreted();
    const driver = compiled((...args) => {
      asked++;
      return reference(...args);
    });
    const { snapshot, context } = begin(everything, undefined);
    for (const type of ['OTHER', 'INHERITED', 'LOOK', 'NEVER'])
      driver(everything, snapshot, context, { type });
    expect(asked).toBe(0);
  });

  it('go the way they know without asking again', () => {
    let asked = 0;
    const reference = interpreted();
    const driver = compiled((...args) => {
      asked++;
      return reference(...args);
    });
    let { snapshot, context } = begin(regions, undefined);
    const go = (...sequence: readonly string[]): void => {
      for (const type of sequence)
        ({ snapshot, context } = driver(regions, snapshot, context, { type }));
    };
    go('GO', 'BACK', 'DOWN', 'AGAIN');
    expect(asked).toBe(4);
    go('GO', 'BACK', 'PLAIN', 'DOWN', 'AGAIN', 'GO', 'BACK');
    expect(asked).toBe(4);
    expect(context).toMatchObject({ n: 6 });
  });

  it('turn `after` into timers of the kernel', () => {
    const alarm = createMachine({
      id: 'alarm',
      initial: 'quiet',
      states: {
        quiet: { after: { 5000: 'ringing' }, on: { SNOOZE: { target: 'quiet', reenter: true } } },
        ringing: {},
      },
    });
    const timer = 'xstate.after.5000.alarm.quiet';
    const armed = { kind: 'arm', timer, delay: 5_000, message: { type: timer } };
    const quiet = begin(alarm, undefined);
    expect(quiet.effects).toEqual([armed]);
    const again = compiled()(alarm, quiet.snapshot, quiet.context, { type: 'SNOOZE' });
    expect(again.effects).toEqual([{ kind: 'disarm', timer }, armed]);
    const rung = compiled()(alarm, again.snapshot, again.context, { type: timer });
    expect(rung.snapshot.value).toBe('ringing');
  });

  it('refuse an action that is neither a step nor a timer', () => {
    const machine = createMachine({ on: { SHOUT: { actions: 'shout' } } });
    const { snapshot, context } = begin(machine, undefined);
    expect(() => compiled()(machine, snapshot, context, { type: 'SHOUT' })).toThrow(
      'a protocol machine may not use the action "shout"',
    );
  });
});
