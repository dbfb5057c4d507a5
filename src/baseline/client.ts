import { setup } from 'xstate';
import {
  batchOf,
  isApplication,
  QUEUE_LIMIT,
  type Queued,
  rollbackOf,
} from '../database/connections.ts';
import type { SessionId } from '../database/ids.ts';
import {
  type ActorId,
  arm,
  type Delivery,
  disarm,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { type Signals, signal } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Query, Reply, Submit } from './messages.ts';
import { INSTANCES, peerOf } from './places.ts';

/** The client's end of one connection: one statement at a time. */
export interface Client {
  readonly id: ActorId;
  readonly session: SessionId;
  readonly application: boolean;
  /** The instance it was last answered by: after a refusal the other one. */
  readonly endpoint: ActorId;
  readonly queue: readonly Queued[];
  readonly current: Queued | null;
  readonly batches: number;
}

/** Between attempts to reach an open instance. */
const RETRY_US = 500_000;
/** An answer that stays away for so long is not waited for: the machine asked is gone. */
const TIMEOUT_US = 20_000_000;

/** A connection that has not been used yet. */
export const newClient = (id: ActorId, session: SessionId): Client => ({
  id,
  session,
  application: isApplication(id),
  endpoint: INSTANCES.A,
  queue: [],
  current: null,
  batches: 0,
});

function submit(client: Client, { message }: Delivery<Submit>): Outcome<Client> {
  if (client.application && client.queue.length >= QUEUE_LIMIT) return [client, NO_EFFECTS];
  const batch = client.batches + 1;
  const { statements, text } = message;
  const queue = [...client.queue, ...batchOf(statements, text, batch)];
  const queued = { ...client, queue, batches: batch };
  return client.current === null ? next(queued) : [queued, NO_EFFECTS];
}

function next(client: Client): Outcome<Client> {
  const [current = null, ...queue] = client.queue;
  const { session, endpoint } = client;
  const asking: Client = { ...client, current, queue };
  if (current === null) return [asking, [disarm('patience')]];
  const { statement, text } = current;
  const query: Query = { type: 'QUERY', session, statement, text };
  return [asking, [send(endpoint, query), arm('patience', TIMEOUT_US, signal('TIMEOUT'))]];
}

/** The answer is here: on with the next statement. Where nobody is open, the other instance is next. */
function answered(client: Client, { message }: Delivery<Reply>): Outcome<Client> {
  const after: Client = { ...client, queue: queueAfter(client, message) };
  if (!message.elsewhere) return next(after);
  const moved: Client = { ...after, endpoint: peerOf(client.endpoint), current: null };
  if (moved.queue.length === 0) return next(moved);
  return [moved, [arm('patience', RETRY_US, signal('TRY_AGAIN'))]];
}

/** A failure takes the rest of its batch with it; an application rolls back what it was inside of. */
function queueAfter({ queue, current, application }: Client, reply: Reply): readonly Queued[] {
  if (reply.problem === null || current === null) return queue;
  const { batch } = current;
  const rest = queue.filter((each) => each.batch !== batch);
  if (!application || reply.elsewhere || rest.length === queue.length) return rest;
  return [rollbackOf(batch), ...rest];
}

/** Nobody answers: the machine is gone, and with it the connection. */
function timedOut(client: Client): Outcome<Client> {
  const { current } = client;
  const rest = client.queue.filter(({ batch }) => batch !== current?.batch);
  return next({ ...client, endpoint: peerOf(client.endpoint), queue: rest });
}

type ClientEvent = Delivery<Submit> | Delivery<Reply> | Signals<'TRY_AGAIN' | 'TIMEOUT'>;

/** What is left after an answer decides where the connection stands. */
const hasMore = (client: Client, reply: Reply): boolean => queueAfter(client, reply).length > 0;

/** A connection: idle, waiting for an answer, or looking for an instance that is open. */
export const clientMachine = setup({
  types: {} as { context: Client; events: ClientEvent; input: Client },
  actions: protocolActions,
  guards: {
    refused: ({ context, event }) =>
      event.type === 'REPLY' && event.message.elsewhere && hasMore(context, event.message),
    more: ({ context, event }) => event.type === 'REPLY' && hasMore(context, event.message),
    lastOne: ({ context }) => context.queue.every(({ batch }) => batch === context.current?.batch),
  },
}).createMachine({
  id: 'client',
  context: ({ input }) => input,
  initial: 'idle',
  states: {
    idle: { on: { SUBMIT: { target: 'waiting', actions: step(submit) } } },
    waiting: {
      on: {
        SUBMIT: { actions: step(submit) },
        REPLY: [
          { guard: 'refused', target: 'looking', actions: step(answered) },
          { guard: 'more', actions: step(answered) },
          { target: 'idle', actions: step(answered) },
        ],
        TIMEOUT: [
          { guard: 'lastOne', target: 'idle', actions: step(timedOut) },
          { actions: step(timedOut) },
        ],
      },
    },
    looking: {
      on: {
        SUBMIT: { actions: step(queueOnly) },
        TRY_AGAIN: { target: 'waiting', actions: step(next) },
      },
    },
  },
});

/** Work that comes while nobody is open waits. */
function queueOnly(client: Client, delivery: Delivery<Submit>): Outcome<Client> {
  const [queued] = submit({ ...client, current: NOTHING }, delivery);
  return [{ ...queued, current: null }, NO_EFFECTS];
}

const NOTHING: Queued = { statement: { kind: 'commit' }, text: '', batch: 0 };
