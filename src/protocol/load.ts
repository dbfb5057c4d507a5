import { setup } from 'xstate';
import type { Statement } from '../database/statement.ts';
import { nextTransaction } from '../database/workload.ts';
import { below, redraw } from '../engine/chance.ts';
import {
  type ActorId,
  arm,
  type Delivery,
  type Effect,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { ClusterConfig, WorkloadConfig } from './config.ts';
import type { Burst, Raw, ReadOnce, Reply, SetWorkload, Signals, Submit } from './messages.ts';
import { signal } from './messages.ts';
import { note } from './note.ts';
import type { Endpoint } from './recovery-messages.ts';
import { CLUSTER, clientOf } from './topology.ts';

/** The application: a steady source of transactions over a pool of connections. */
export interface Load {
  readonly workload: WorkloadConfig;
  readonly source: ClusterConfig['source'];
  readonly connections: number;
  readonly readers: readonly ActorId[];
  /** Where the cluster endpoint leads, for records that are written without a connection. */
  readonly writer: ActorId;
  /** Transactions handed out so far: connections take turns. */
  readonly count: number;
}

const FIRST_TICK_US = 300;
const WHICH_READER = 11;
const NEXT_OF_BURST = 12;
const RAW_PAGE = 1;

/** Starts, stops or changes the load. */
function setWorkload(load: Load, { message }: Delivery<SetWorkload>): Outcome<Load> {
  const { workload } = message;
  const { on, perSecond } = workload;
  const effects: Effect[] = [{ kind: 'disarm', timer: 'tick' }];
  if (on || load.workload.on !== on) effects.push(note({ type: 'workload', on, perSecond }));
  if (on && perSecond > 0) effects.push(arm('tick', FIRST_TICK_US, signal('TICK')));
  return [{ ...load, workload }, effects];
}

/** One transaction starts, and the next is due after a time around the mean. */
function tick(load: Load, { luck }: Signals<'TICK'>): Outcome<Load> {
  const meanUs = Math.max(1, Math.floor(1_000_000 / load.workload.perSecond));
  const half = Math.floor(meanUs / 2);
  const due = { fromUs: meanUs - half, toUs: meanUs + half + 1 };
  const effects: Effect[] = [arm('tick', due, signal('TICK')), transaction(load, luck)];
  return [counted(load, 1), effects];
}

/** Written out: a spread costs V8 twenty times as much. */
const counted = (
  { workload, source, connections, readers, writer, count }: Load,
  more: number,
): Load => ({
  workload,
  source,
  connections,
  readers,
  writer,
  count: count + more,
});

function transaction(load: Load, luck: number): Effect {
  if (load.source === 'records') {
    const raw: Raw = { type: 'RAW', pages: [RAW_PAGE] };
    return send(load.writer, raw);
  }
  const statements = nextTransaction(load.workload, luck);
  const reads = statements.every(({ kind }) => kind === 'select');
  return submitTo(load, load.count, reads ? readerFor(load, luck) : CLUSTER, statements);
}

function submitTo(
  load: Load,
  turn: number,
  endpoint: ActorId,
  statements: readonly Statement[],
): Effect {
  const submit: Submit = { type: 'SUBMIT', endpoint, statements, text: '' };
  return send(clientOf((turn % load.connections) + 1), submit);
}

const readerFor = (load: Load, luck: number): ActorId =>
  load.readers[below(redraw(luck, WHICH_READER), load.readers.length)] ?? CLUSTER;

/** So many write transactions at once, over all connections. */
function burst(load: Load, { message, luck }: Delivery<Burst>): Outcome<Load> {
  const options = { ...load.workload, readPermille: 0 };
  const effects = Array.from({ length: message.count }, (_, i) => {
    const statements = nextTransaction(options, redraw(luck, NEXT_OF_BURST + i));
    return submitTo(load, load.count + i, CLUSTER, statements);
  });
  return [counted(load, message.count), effects];
}

/** One read of a row, at the instance asked for. */
function readOnce(load: Load, { message, luck }: Delivery<ReadOnce>): Outcome<Load> {
  const options = { ...load.workload, readPermille: 1000 };
  const statements = nextTransaction(options, luck);
  return [counted(load, 1), [submitTo(load, load.count, message.endpoint, statements)]];
}

/** The cluster endpoint leads elsewhere now. */
const endpoint = (load: Load, { message }: Delivery<Endpoint>): Outcome<Load> => [
  { ...load, writer: message.writer },
  [],
];

/** Bare records, written by hand: to whoever is the writer. */
const forward = (load: Load, { message }: Delivery<Raw>): Outcome<Load> => [
  load,
  [send(load.writer, message)],
];

/** Bare records are durable: nobody waits for that. */
const told = (load: Load, _: Delivery<Reply>): Outcome<Load> => [load, []];

export type LoadEvent =
  | Delivery<Endpoint>
  | Delivery<Raw>
  | Delivery<Reply>
  | Delivery<SetWorkload>
  | Delivery<Burst>
  | Delivery<ReadOnce>
  | Signals<'TICK'>;

/** The application's load: one state, because a tick that is not armed never comes. */
export const loadMachine = setup({
  types: {} as { context: Load; events: LoadEvent; input: Load },
  actions: protocolActions,
}).createMachine({
  id: 'application',
  context: ({ input }) => input,
  initial: 'ready',
  states: {
    ready: {
      on: {
        SET_WORKLOAD: { actions: step(setWorkload) },
        TICK: { actions: step(tick) },
        BURST: { actions: step(burst) },
        READ_ONCE: { actions: step(readOnce) },
        ENDPOINT: { actions: step(endpoint) },
        RAW: { actions: step(forward) },
        REPLY: { actions: step(told) },
      },
    },
  },
});
