import type { Queued } from '../database/connections.ts';
import type { SessionId } from '../database/ids.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import type { Micros } from '../engine/time.ts';
import type { Reply } from './messages.ts';
import { WRITER } from './topology.ts';

/** One statement to send, and to whom. */
export interface Waiting extends Queued {
  /** An instance, or the cluster's endpoint. */
  readonly endpoint: ActorId;
}

/** The client's end of one connection: sends one statement at a time and waits for its answer. */
export interface Client {
  readonly id: ActorId;
  readonly session: SessionId;
  readonly application: boolean;
  /** The instance that the present or the last statement went to. */
  readonly endpoint: ActorId;
  /** Where the cluster endpoint led when it was last looked up. */
  readonly writer: ActorId;
  /** The instance that the connection is open to, as far as the client knows. */
  readonly connected: ActorId | null;
  /** Whether a transaction is open, as far as the client knows. */
  readonly inTransaction: boolean;
  readonly queue: readonly Waiting[];
  readonly current: Waiting | null;
  readonly sinceUs: Micros | null;
  readonly batches: number;
  /** How often the present statement was refused. */
  readonly tries: number;
  /** Whether a look at a missing answer is due, and after how long. */
  readonly patient: boolean;
  readonly patienceUs: Micros;
}

export interface ClientInput {
  readonly id: ActorId;
  readonly session: SessionId;
  readonly application: boolean;
  readonly patienceUs: Micros;
}

/** A connection that has not been used yet: it takes the first writer for the writer. */
export const newClient = ({ id, session, application, patienceUs }: ClientInput): Client => ({
  id,
  session,
  application,
  endpoint: WRITER,
  writer: WRITER,
  connected: null,
  inTransaction: false,
  queue: [],
  current: null,
  sinceUs: null,
  batches: 0,
  tries: 0,
  patient: false,
  patienceUs,
});

/** Written out: a spread costs V8 twenty times as much. */
export const copyOf = (client: Client): Mutable<Client> => ({
  id: client.id,
  session: client.session,
  application: client.application,
  endpoint: client.endpoint,
  writer: client.writer,
  connected: client.connected,
  inTransaction: client.inTransaction,
  queue: client.queue,
  current: client.current,
  sinceUs: client.sinceUs,
  batches: client.batches,
  tries: client.tries,
  patient: client.patient,
  patienceUs: client.patienceUs,
});

/** Whether a transaction is open after an answer: a lost connection takes it with it. */
export function transactionAfter({ current, inTransaction }: Client, reply: Reply): boolean {
  if (reply.lost) return false;
  if (current === null || reply.problem !== null) return inTransaction;
  const { kind } = current.statement;
  return kind === 'begin' || (inTransaction && kind !== 'commit' && kind !== 'rollback');
}
