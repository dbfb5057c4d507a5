import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import { type Client, copyOf } from './client-connection.ts';
import type { Reply } from './messages.ts';
import { note } from './note.ts';
import type { Endpoint, Resolve } from './recovery-messages.ts';
import { NOTHING } from './reply.ts';
import { CLUSTER, CONTROL } from './topology.ts';

/** Between two looks at where the cluster endpoint leads (protocol choice). */
const LOOK_UP_EVERY = { fromUs: 100_000, toUs: 300_000 };
/** A client that finds no writer for so long gives its statement up (protocol choice). */
const HOPELESS_US = 60_000_000;

/** The connection was gone before the statement came, and nothing was open on it: ask on a new one. */
export const isGone = ({ inTransaction }: Client, { refused }: Reply): boolean =>
  refused === 'no-connection' && !inTransaction;

/** This is not the writer (any more), and nothing is lost by asking another. */
export const isToRetry = ({ current, inTransaction }: Client, { refused }: Reply): boolean =>
  refused !== null && current?.endpoint === CLUSTER && !inTransaction;

/** The address of the endpoint that the client knows is no good: it looks for the writer. */
export function retryElsewhere(client: Client): Outcome<Client> {
  const { session, endpoint, tries } = client;
  const effects: Effect[] = [arm('look up', LOOK_UP_EVERY, signal('LOOK_UP'))];
  if (tries === 0) effects.push(note({ type: 'reconnect', session, endpoint, state: 'lost' }));
  const next = copyOf(client);
  next.tries = tries + 1;
  next.connected = null;
  return [next, effects];
}

/** Asks where the cluster endpoint leads; the answer may never come. */
export const lookAgain = (client: Client): Outcome<Client> => [
  client,
  [resolving(), arm('look up', LOOK_UP_EVERY, signal('LOOK_UP'))],
];

function resolving(): Effect {
  const resolve: Resolve = { type: 'RESOLVE' };
  return send(CONTROL, resolve);
}

/** An answer is long missing: perhaps the instance is cut off, and the endpoint leads elsewhere by now. */
export function lookUp(
  client: Client,
  { atUs }: Delivery<Signal<'PATIENCE_OVER'>>,
): Outcome<Client> {
  const { current, sinceUs, patienceUs } = client;
  const next = copyOf(client);
  next.patient = current !== null;
  if (!next.patient) return [next, []];
  const effects: Effect[] = [arm('patience', patienceUs, signal('PATIENCE_OVER'))];
  const isLate = sinceUs !== null && atUs - sinceUs >= patienceUs;
  if (isLate && current?.endpoint === CLUSTER) effects.push(resolving());
  return [next, effects];
}

/**
 * Where the writer is. If that is not who was asked, the answer is not waited for any more: whatever the
 * statement did has an unknown outcome.
 */
export function found(client: Client, { message }: Delivery<Endpoint>): Outcome<Client> {
  const { id, session, writer, current, endpoint, tries } = client;
  if (message.writer === writer) return [client, []];
  const next = copyOf(client);
  next.writer = message.writer;
  const effects: Effect[] = [
    note({ type: 'reconnect', session, endpoint: message.writer, state: 'found' }),
  ];
  const isAbandoned = tries === 0 && current?.endpoint === CLUSTER && endpoint !== message.writer;
  if (isAbandoned) effects.push(send(id, given(client, NO_ANSWER, true)));
  return [next, effects];
}

const NO_ANSWER =
  'The writer did not answer and was replaced. A commit that was waiting has an unknown outcome.';
const NO_WRITER = 'No writer was found for a minute: the statement was not run.';

const given = ({ session }: Client, problem: string, lost: boolean): Reply => ({
  ...NOTHING,
  session,
  problem,
  lost,
});

/** Whether a statement has waited for a writer as long as a client is willing to. */
export const isWithoutHope = ({ sinceUs }: Client, atUs: Micros): boolean =>
  sinceUs !== null && atUs - sinceUs >= HOPELESS_US;

/** Nobody writes: the statement fails. */
export const loseHope = (client: Client): Outcome<Client> => [
  client,
  [send(client.id, given(client, NO_WRITER, true))],
];
