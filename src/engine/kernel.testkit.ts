import { setup } from 'xstate';
import { arm, type Delivery, type Effect, type Outcome } from './effect.ts';
import type { Happening } from './happening.ts';
import { Kernel } from './kernel.ts';
import type { Model } from './model.ts';
import { protocolActions, step } from './step.ts';
import { type Act, frozen, type ToyNetwork, toyModel } from './toy.testkit.ts';

type World = Kernel<ToyNetwork, Act>;

/** Something done to a toy world, after `n` events of a microsecond. */
export const act = (timeUs: number, n: number, does: Act['does'], to = 'S1'): Act => ({
  at: { timeUs, n },
  does,
  to,
});

/** The toy world, which fails loudly when a context is changed in place. */
export const world = (acts: readonly Act[] = [], seed = 1): World =>
  new Kernel(toyModel(), seed, acts, frozen());

/** At most so many events, one by one as they happen. */
export function* steps<N, I extends Act>(
  kernel: Kernel<N, I>,
  events: number,
): Generator<Happening> {
  for (let i = 0; i < events; i++) {
    const happening = kernel.step();
    if (happening === null) return;
    yield happening;
  }
}

/** So many events, once they have happened. */
export const played = <N, I extends Act>(
  kernel: Kernel<N, I>,
  events: number,
): readonly Happening[] => [...steps(kernel, events)];

/** Acts that keep a toy world busy: slow, killed, choked and flooded actors. */
export const busy: readonly Act[] = [
  act(90, 0, 'CHOKE', 'S2'),
  act(200, 1, 'KILL', 'S1'),
  act(200, 1, 'slow', 'S3'),
  act(200, 2, 'CHOKE', 'S4'),
  act(650, 0, 'KILL', 'W'),
  act(700, 3, 'REVIVE', 'S1'),
  act(900, 0, 'storm'),
];

/** A world of one actor that answers each event by its name. */
export function scripted(
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

/** What that actor has heard by the end, each with its time. */
export const heard = (kernel: Kernel<number, Act>): readonly string[] => {
  played(kernel, 100);
  const context = kernel.actor('it')?.context as { heard: readonly string[] } | undefined;
  return context?.heard ?? [];
};

/** Arms timer `a`, which is heard as `A`. */
export const armA = (delay: Parameters<typeof arm>[1]): Effect => arm('a', delay, { type: 'A' });

/** Answers by the name of what was heard. */
export const byName = (script: Readonly<Record<string, readonly Effect[]>>) => (type: string) =>
  script[type] ?? [];
