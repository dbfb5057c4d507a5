import {
  type AnyStateMachine,
  assign,
  createMachine,
  type EventObject,
  not,
  or,
  setup,
} from 'xstate';
import type { Outcome } from './effect.ts';
import { protocolActions, step } from './step.ts';

export interface Context {
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
export const everything = setup({
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
export const single = (on: object, rest: object = {}): AnyStateMachine =>
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

export const regions = setup({
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

/** Every way a chart may be made, so that no shortcut of the fast driver is taken where it may not. */
export const charts: readonly (readonly [string, AnyStateMachine])[] = [
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

/** Every event that one of them knows. */
export const types = [
  ...['INHERITED', 'LOOK', 'MAYBE', 'BOTH', 'GUARDED', 'HOP', 'GO', 'TWICE', 'FOREIGN', 'PLAIN'],
  ...['NOTHING', 'BACK', 'DOWN', 'AGAIN', 'FAMILY.CHILD', 'OTHER', 'SECOND', 'NEVER'],
  ...['xstate.after.50.chart.left.one', 'xstate.after.70.chart.left.two.upper'],
];
