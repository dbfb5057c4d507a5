import { setup } from 'xstate';
import type { SessionId } from '../database/ids.ts';
import { printStatement } from '../database/print-statement.ts';
import type { Statement } from '../database/statement.ts';
import {
  type ActorId,
  type Delivery,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { protocolActions, step } from '../engine/step.ts';
import type { Micros } from '../engine/time.ts';
import type { Query, Reply, Submit } from './messages.ts';

/** One statement to send. */
interface Waiting {
  readonly endpoint: ActorId;
  readonly statement: Statement;
  readonly text: string;
  /** Statements submitted together: when one fails, the rest of them is not sent. */
  readonly batch: number;
}

/** The client's end of one connection: sends one statement at a time and waits for its answer. */
export interface Client {
  readonly id: ActorId;
  readonly session: SessionId;
  readonly application: boolean;
  readonly endpoint: ActorId;
  readonly queue: readonly Waiting[];
  readonly current: Waiting | null;
  readonly sinceUs: Micros | null;
  readonly batches: number;
}

export interface ClientInput {
  readonly id: ActorId;
  readonly session: SessionId;
  readonly application: boolean;
  readonly endpoint: ActorId;
}

/** An application that is this far behind drops work instead of queueing it. */
const QUEUE_LIMIT = 64;

const newClient = ({ id, session, application, endpoint }: ClientInput): Client => ({
  id,
  session,
  application,
  endpoint,
  queue: [],
  current: null,
  sinceUs: null,
  batches: 0,
});

/** Takes statements in; the first goes out at once when the connection is idle. */
function submit(client: Client, { message, atUs }: Delivery<Submit>): Outcome<Client> {
  const queued = enqueue(client, message);
  return client.current === null ? next(queued, atUs) : [queued, []];
}

function enqueue(client: Client, message: Submit): Client {
  if (client.application && client.queue.length >= QUEUE_LIMIT) return client;
  const batch = client.batches + 1;
  const { endpoint, statements, text } = message;
  const added = statements.map((statement) => ({
    endpoint,
    statement,
    text: statements.length === 1 && text !== '' ? text : printStatement(statement),
    batch,
  }));
  const queued = [...client.queue, ...added];
  const next = withQueue(client, queued, client.current, client.sinceUs);
  next.batches = batch;
  return next;
}

function next(client: Client, atUs: Micros): Outcome<Client> {
  const current = client.queue[0];
  if (current === undefined) return [withQueue(client, [], null, null), NO_EFFECTS];
  const { endpoint, statement, text } = current;
  const query: Query = { type: 'QUERY', session: client.session, statement, text };
  const effects: Effect[] = [send(endpoint, query)];
  const asking = withQueue(client, client.queue.slice(1), current, atUs);
  asking.endpoint = endpoint;
  return [asking, effects];
}

/** Written out: a spread costs V8 twenty times as much. */
const withQueue = (
  client: Client,
  queue: Client['queue'],
  current: Client['current'],
  sinceUs: Client['sinceUs'],
): Mutable<Client> => ({
  id: client.id,
  session: client.session,
  application: client.application,
  endpoint: client.endpoint,
  queue,
  current,
  sinceUs,
  batches: client.batches,
});

/** The answer is here: the next statement goes out, if there is one. */
function answered(client: Client, delivery: Delivery<Reply>): Outcome<Client> {
  const queue = queueAfter(client, delivery.message);
  return next(withQueue(client, queue, client.current, client.sinceUs), delivery.atUs);
}

/**
 * What is left to send after an answer. A failure takes the rest of what was submitted with the
 * statement; an application that was inside a transaction rolls it back.
 */
function queueAfter({ queue, current, application }: Client, reply: Reply): readonly Waiting[] {
  if (reply.problem === null || current === null) return queue;
  const rest = queue.filter(({ batch }) => batch !== current.batch);
  return application && rest.length < queue.length ? [rollback(current), ...rest] : rest;
}

/** What an application does when a statement inside its transaction fails. */
const rollback = ({ endpoint, batch }: Waiting): Waiting => ({
  endpoint,
  statement: { kind: 'rollback' },
  text: 'ROLLBACK',
  batch,
});

export type ClientEvent = Delivery<Submit> | Delivery<Reply>;

/** A connection: idle, or waiting for the answer to its statement. */
export const clientMachine = setup({
  types: {} as { context: Client; events: ClientEvent; input: ClientInput },
  actions: protocolActions,
  guards: {
    hasMore: ({ context, event }) =>
      event.type === 'REPLY' && queueAfter(context, event.message).length > 0,
  },
}).createMachine({
  id: 'client',
  context: ({ input }) => newClient(input),
  initial: 'idle',
  states: {
    idle: { on: { SUBMIT: { target: 'waiting', actions: step(submit) } } },
    waiting: {
      on: {
        SUBMIT: { actions: step(submit) },
        REPLY: [
          { guard: 'hasMore', actions: step(answered) },
          { target: 'idle', actions: step(answered) },
        ],
      },
    },
  },
});
