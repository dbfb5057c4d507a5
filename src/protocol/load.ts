import { setup } from 'xstate';
import { clientOf } from '../database/connections.ts';
import type { Statement } from '../database/statement.ts';
import {
  burstOf,
  FIRST_TRANSACTION_US,
  nextDue,
  nextTransaction,
  RECORDS_PAGE,
  type WorkloadConfig,
} from '../database/workload.ts';
import { below, redraw } from '../engine/chance.ts';
import {
  type ActorId,
  arm,
  type Delivery,
  disarm,
  type Effect,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { type Signals, signal } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { ClusterConfig } from './config.ts';
import type { Burst, Raw, ReadOnce, Reply, SetWorkload, Submit } from './messages.ts';
import { note } from './note.ts';
import type { Endpoint } from './recovery-messages.ts';
import { CLUSTER } from './topology.ts';

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

/** The draw from a transaction's luck that decides which reader it goes to. */
const WHICH_READER = 11;

/** Starts, stops or changes the load. */
function setWorkload(load: Load, { message }: Delivery<SetWorkload>): Outcome<Load> {
  const { workload } = message;
  const { on, perSecond } = workload;
  const effects: Effect[] = [disarm('tick')];
  if (on || load.workload.on !== on) effects.push(note({ type: 'workload', on, perSecond }));
  if (on && perSecond > 0) effects.push(arm('tick', FIRST_TRANSACTION_US, signal('TICK')));
  return [{ ...load, workload }, effects];
}

/** One transaction starts, and the next is due after a time around the mean. */
function tick(load: Load, { luck }: Signals<'TICK'>): Outcome<Load> {
  const due = arm('tick', nextDue(load.workload), signal('TICK'));
  return [counted(load, 1), [due, transaction(load, luck)]];
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
    const raw: Raw = { type: 'RAW', pages: [RECORDS_PAGE] };
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
  const effects = burstOf(load.workload, message.count, luck).map((statements, i) =>
    submitTo(load, load.count + i, CLUSTER, statements),
  );
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
