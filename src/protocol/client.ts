import { setup } from 'xstate';
import { batchOf, QUEUE_LIMIT, rollbackOf } from '../database/connections.ts';
import {
  arm,
  type Delivery,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { type Signals, signal } from '../engine/signal.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Micros } from '../engine/time.ts';
import {
  type Client,
  type ClientInput,
  copyOf,
  newClient,
  transactionAfter,
  type Waiting,
} from './client-connection.ts';
import {
  found,
  isGone,
  isToRetry,
  isWithoutHope,
  lookAgain,
  lookUp,
  loseHope,
  retryElsewhere,
} from './client-reconnect.ts';
import type { Query, Reply, Submit } from './messages.ts';
import type { Endpoint } from './recovery-messages.ts';
import { CLUSTER } from './topology.ts';

/** Takes statements in; the first goes out at once when the connection is idle. */
function submit(client: Client, { message, atUs }: Delivery<Submit>): Outcome<Client> {
  const queued = enqueue(client, message);
  return client.current === null ? next(queued, atUs) : [queued, []];
}

function enqueue(client: Client, message: Submit): Client {
  if (client.application && client.queue.length >= QUEUE_LIMIT) return client;
  const batch = client.batches + 1;
  const { endpoint, statements, text } = message;
  const added = batchOf(statements, text, batch).map((queued) => ({ endpoint, ...queued }));
  const next = copyOf(client);
  next.queue = [...client.queue, ...added];
  next.batches = batch;
  return next;
}

function next(client: Client, atUs: Micros): Outcome<Client> {
  const current = client.queue[0] ?? null;
  const asking = copyOf(client);
  asking.current = current;
  asking.sinceUs = null;
  asking.tries = 0;
  if (current === null) return [asking, NO_EFFECTS];
  asking.queue = client.queue.slice(1);
  asking.sinceUs = atUs;
  return ask(asking, current);
}

/** The present statement, to whoever its endpoint names; the first one there opens a connection. */
function ask(client: Mutable<Client>, { endpoint, statement, text }: Waiting): Outcome<Client> {
  const address = endpoint === CLUSTER ? client.writer : endpoint;
  const begins = client.connected !== address && !client.inTransaction;
  const query: Query = { type: 'QUERY', session: client.session, begins, statement, text };
  const effects: Effect[] = [send(address, query)];
  if (endpoint === CLUSTER && !client.patient) {
    effects.push(arm('patience', client.patienceUs, signal('PATIENCE_OVER')));
    client.patient = true;
  }
  client.endpoint = address;
  client.connected = address;
  return [client, effects];
}

/** The answer is here: the next statement goes out, if there is one. */
function answered(client: Client, delivery: Delivery<Reply>): Outcome<Client> {
  const { message, atUs } = delivery;
  const heard = copyOf(client);
  heard.queue = queueAfter(client, message);
  heard.inTransaction = transactionAfter(client, message);
  if (message.lost) heard.connected = null;
  return next(heard, atUs);
}

/**
 * What is left to send after an answer. A failure takes the rest of what was submitted with the
 * statement; an application that was inside a transaction rolls it back, if its connection still stands.
 */
function queueAfter({ queue, current, application }: Client, reply: Reply): readonly Waiting[] {
  if (reply.problem === null || current === null) return queue;
  const rest = queue.filter(({ batch }) => batch !== current.batch);
  const rollsBack = application && !reply.lost && rest.length < queue.length;
  const { endpoint, batch } = current;
  return rollsBack ? [{ endpoint, ...rollbackOf(batch) }, ...rest] : rest;
}

/** The connection was gone before the statement came: a new one is opened for it. */
function askAnew(client: Client): Outcome<Client> {
  if (client.current === null) return [client, NO_EFFECTS];
  const again = copyOf(client);
  again.connected = null;
  return ask(again, client.current);
}

/** An answer of somebody who was given up. */
const ignore = (client: Client): Outcome<Client> => [client, NO_EFFECTS];

/** The writer was looked up: the statement goes there. */
function askAt(client: Client, delivery: Delivery<Endpoint>): Outcome<Client> {
  const [known, told] = found(client, delivery);
  const [asking, asked] = askAnew(known);
  return [asking, [...told, ...asked]];
}

export type ClientEvent =
  | Delivery<Submit>
  | Delivery<Reply>
  | Delivery<Endpoint>
  | Signals<'PATIENCE_OVER' | 'LOOK_UP'>;

const isReply = (client: Client, event: ClientEvent): event is Delivery<Reply> =>
  event.type === 'REPLY' && (event.from === client.endpoint || event.from === client.id);

/** A connection: idle, waiting for the answer to its statement, or looking for the writer. */
export const clientMachine = setup({
  types: {} as { context: Client; events: ClientEvent; input: ClientInput },
  actions: protocolActions,
  guards: {
    isForeign: ({ context, event }) => !isReply(context, event),
    isConnectionGone: ({ context, event }) =>
      isReply(context, event) && isGone(context, event.message),
    isToRetry: ({ context, event }) => isReply(context, event) && isToRetry(context, event.message),
    hasMore: ({ context, event }) =>
      event.type === 'REPLY' && queueAfter(context, event.message).length > 0,
    isHopeless: ({ context, event }) =>
      event.type === 'LOOK_UP' && isWithoutHope(context, event.atUs),
  },
}).createMachine({
  id: 'client',
  context: ({ input }) => newClient(input),
  initial: 'idle',
  states: {
    idle: {
      on: {
        SUBMIT: { target: 'waiting', actions: step(submit) },
        PATIENCE_OVER: { actions: step(lookUp) },
      },
    },
    waiting: {
      on: {
        SUBMIT: { actions: step(submit) },
        REPLY: [
          { guard: 'isForeign', actions: step(ignore) },
          { guard: 'isConnectionGone', actions: step(askAnew) },
          { guard: 'isToRetry', target: 'reconnecting', actions: step(retryElsewhere) },
          { guard: 'hasMore', actions: step(answered) },
          { target: 'idle', actions: step(answered) },
        ],
        PATIENCE_OVER: { actions: step(lookUp) },
        ENDPOINT: { actions: step(found) },
      },
    },
    reconnecting: {
      on: {
        SUBMIT: { actions: step(submit) },
        LOOK_UP: [
          { guard: 'isHopeless', target: 'waiting', actions: step(loseHope) },
          { actions: step(lookAgain) },
        ],
        ENDPOINT: { target: 'waiting', actions: step(askAt) },
        PATIENCE_OVER: { actions: step(lookUp) },
      },
    },
  },
});
