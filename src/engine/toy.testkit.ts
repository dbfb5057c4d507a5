/** A small world with everything the kernel can do: loss, ties, timers, nesting, late births. */
import { setup } from 'xstate';
import { AppendLog } from './append-log.ts';
import { below } from './chance.ts';
import { compiled, type Driver, type Stepped } from './driver.ts';
import {
  type ActorId,
  arm,
  type Delivery,
  disarm,
  type Effect,
  type Message,
  type Note,
  type Outcome,
  send,
} from './effect.ts';
import type { Flight, Happening } from './happening.ts';
import type { Kernel } from './kernel.ts';
import type { Birth, Model, Post, Scheduled } from './model.ts';
import { protocolActions, step } from './step.ts';
import type { Position } from './time.ts';

interface Write extends Message {
  readonly type: 'WRITE';
  readonly lsn: number;
}
interface Told extends Message {
  readonly type: 'ACK' | 'NEWS' | 'PUSH' | 'PERSISTED';
  readonly lsn: number;
}

const note = (type: string, lsn: number): Effect => {
  const told: Note & { readonly lsn: number } = { type, lsn };
  return { kind: 'note', note: told };
};
const bare = (type: string): Message => ({ type });

interface Writer {
  readonly segments: readonly ActorId[];
  readonly lsn: number;
  readonly waiting: readonly { readonly lsn: number; readonly acks: number }[];
}

const toAll = ({ segments }: Writer, lsn: number): readonly Effect[] =>
  segments.map((segment) => send(segment, { type: 'WRITE', lsn } as Write));

function issue(writer: Writer): Outcome<Writer> {
  const lsn = writer.lsn + 1;
  const waiting = [...writer.waiting, { lsn, acks: 0 }].slice(-8);
  return [
    { ...writer, lsn, waiting },
    [
      note('issued', lsn),
      ...toAll(writer, lsn),
      arm('tick', { fromUs: 5, toUs: 40 }, bare('TICK')),
      arm('resend', 200, bare('RESEND')),
    ],
  ];
}

function hear(writer: Writer, { message }: Delivery<Told>): Outcome<Writer> {
  const { lsn } = message;
  const heard = writer.waiting.map((each) =>
    each.lsn === lsn ? { lsn, acks: each.acks + 1 } : each,
  );
  const waiting = heard.filter(({ acks }) => acks < 4);
  if (waiting.length === heard.length) return [{ ...writer, waiting }, []];
  const news = lsn % 5 === 0 ? [send(`L${lsn % 3}`, { type: 'NEWS', lsn } as Told)] : [];
  const quiet = waiting.length === 0 ? [disarm('resend')] : [];
  return [{ ...writer, waiting }, [note('committed', lsn), ...news, ...quiet]];
}

const resend = (writer: Writer): Outcome<Writer> => [
  writer,
  [...writer.waiting.flatMap(({ lsn }) => toAll(writer, lsn)), arm('resend', 200, bare('RESEND'))],
];
const start = (writer: Writer): Outcome<Writer> => [writer, [arm('tick', 0, bare('TICK'))]];
const stop = (writer: Writer): Outcome<Writer> => [writer, [disarm('*')]];

const writerMachine = setup({
  types: {} as { context: Writer; events: Delivery; input: readonly ActorId[] },
  actions: protocolActions,
}).createMachine({
  id: 'writer',
  context: ({ input }) => ({ segments: input ?? [], lsn: 0, waiting: [] }),
  initial: 'open',
  states: {
    open: {
      on: {
        START: { actions: step(start) },
        TICK: { actions: step(issue) },
        ACK: { actions: step(hear) as never },
        RESEND: { actions: step(resend) },
        KILL: { target: 'down', actions: step(stop) },
      },
    },
    down: { after: { 300: { target: 'open', actions: step(start) } }, on: { REVIVE: 'open' } },
  },
});

interface Segment {
  readonly peers: readonly ActorId[];
  readonly held: AppendLog<number>;
  readonly gossiping: boolean;
}

const persist = (segment: Segment, { message }: Delivery<Write>): Outcome<Segment> => [
  segment,
  [
    arm(`persist ${message.lsn % 4}`, { table: 'disk', permille: 1_500, extraUs: 1 }, {
      type: 'PERSISTED',
      lsn: message.lsn,
    } as Told),
  ],
];

function hold(segment: Segment, { message }: Delivery<Told>): Outcome<Segment> {
  const { lsn } = message;
  const held = segment.held.push(lsn);
  const gossip = segment.gossiping ? [] : [arm('gossip', { fromUs: 20, toUs: 60 }, bare('GOSSIP'))];
  return [
    { ...segment, held: held.drop(held.length - 20), gossiping: true },
    [note('held', lsn), send('W', { type: 'ACK', lsn } as Told), ...gossip],
  ];
}

function gossip(segment: Segment, { luck }: Delivery): Outcome<Segment> {
  const peer = segment.peers[below(luck, segment.peers.length)] ?? 'S0';
  const told: Told = { type: 'PUSH', lsn: segment.held.last ?? 0 };
  return [{ ...segment, gossiping: false }, [send(peer, told)]];
}

const fill = (segment: Segment, { message }: Delivery<Told>): Outcome<Segment> =>
  [...segment.held].includes(message.lsn)
    ? [segment, []]
    : [{ ...segment, held: segment.held.push(message.lsn) }, [note('filled', message.lsn)]];
const forget = (segment: Segment): Outcome<Segment> => [
  { ...segment, gossiping: false },
  [disarm('*')],
];

const segmentMachine = setup({
  types: {} as { context: Segment; events: Delivery; input: readonly ActorId[] },
  actions: protocolActions,
}).createMachine({
  id: 'segment',
  context: ({ input }) => ({
    peers: input ?? [],
    held: AppendLog.empty<number>(),
    gossiping: false,
  }),
  initial: 'up',
  states: {
    up: {
      initial: 'normal',
      on: {
        PERSISTED: { actions: step(hold) as never },
        PUSH: { actions: step(fill) as never },
        KILL: { target: 'down', actions: step(forget) },
      },
      states: {
        normal: {
          on: {
            WRITE: { actions: step(persist) as never },
            GOSSIP: { actions: step(gossip) },
            CHOKE: 'busy',
          },
        },
        busy: { after: { 50: 'normal' } },
      },
    },
    down: { after: { 250: 'up' }, on: { REVIVE: 'up' } },
  },
});

interface Listener {
  readonly news: readonly number[];
}

const listenerMachine = setup({
  types: {} as { context: Listener; events: Delivery },
  actions: protocolActions,
}).createMachine({
  id: 'listener',
  context: { news: [] },
  initial: 'fresh',
  on: {
    NEWS: {
      target: '.fresh',
      reenter: true,
      actions: step((c: Listener, { message }: Delivery<Told>) => [
        { news: [...c.news, message.lsn].slice(-5) },
        [],
      ]) as never,
    },
  },
  states: { fresh: { after: { 120: 'stale' } }, stale: {} },
});

export interface Act extends Scheduled {
  readonly does: 'KILL' | 'REVIVE' | 'CHOKE' | 'slow' | 'storm';
  readonly to: ActorId;
}

export interface ToyNetwork {
  readonly slow: readonly ActorId[];
  readonly lossPpm: number;
  /** Messages handed over: a network may carry state. */
  readonly carried: number;
}

const names = (count: number): readonly ActorId[] =>
  Array.from({ length: count }, (_, i) => `S${i}`);

function birth(id: ActorId, segments: readonly ActorId[]): Birth {
  if (id === 'W') return { machine: writerMachine, input: segments };
  if (id.startsWith('L')) return { machine: listenerMachine, input: undefined };
  return { machine: segmentMachine, input: segments.filter((other) => other !== id) };
}

/** One writer and six segments in which many things happen in the same microsecond. */
export function toyModel(segmentCount = 6): Model<ToyNetwork, Act> {
  const segments = names(segmentCount);
  return {
    network: { slow: [], lossPpm: 30_000, carried: 0 },
    start: [{ to: 'W', message: bare('START') }],
    birth: (id) => birth(id, segments),
    transmit: (network, { from, to, delayLuck, lossLuck }) => ({
      network: { ...network, carried: network.carried + 1 },
      delayUs:
        below(delayLuck, 6) * 5 + (network.slow.some((id) => id === from || id === to) ? 50 : 0),
      lost: below(lossLuck, 1_000_000) < network.lossPpm ? 'on the way' : null,
      againUs: lossLuck % 50 === 0 ? 7 : null,
    }),
    sample: (table, actor, { slow }, luck) =>
      below(luck, table === 'disk' ? 12 : 2) * (slow.includes(actor) ? 10 : 1),
    react: (network, { does, to }) => {
      const notes: readonly Note[] = [{ type: does }];
      if (does === 'slow')
        return { network: { ...network, slow: [...network.slow, to] }, posts: [], notes };
      if (does === 'storm')
        return { network: { ...network, lossPpm: 500_000 }, posts: [], notes: [] };
      const posts: readonly Post[] = [{ to, message: bare(does) }];
      return { network, posts, notes };
    },
  };
}

function deepFreeze(value: unknown): void {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return;
  Object.freeze(value);
  for (const part of Object.values(value)) deepFreeze(part);
}

/** Freezes whatever a rule returns, so that a change in place throws where it is made. */
export function frozen(driver: Driver = compiled()): Driver {
  return (...args): Stepped => {
    deepFreeze(args[2]);
    deepFreeze(args[3]);
    const stepped = driver(...args);
    deepFreeze(stepped.context);
    deepFreeze(stepped.effects);
    return stepped;
  };
}

const byOrder = (a: Flight, b: Flight): number => a.order - b.order;

/** Everything that a moment of a run consists of. */
export const digest = (kernel: Kernel<ToyNetwork, Act>): string =>
  JSON.stringify({
    hash: kernel.hash(),
    position: kernel.position,
    count: kernel.count,
    applied: kernel.applied,
    network: kernel.network,
    waiting: kernel.waiting.toSorted(byOrder),
    next: kernel.nextUs(),
    actors: kernel
      .actorIds()
      .toSorted()
      .map((id) => {
        const { snapshot, context, timers } = kernel.actor(id) ?? {};
        return [id, snapshot?.value, context, timers];
      }),
  });

export const placeOf = ({ timeUs, n }: Happening): Position => ({ timeUs, n });
