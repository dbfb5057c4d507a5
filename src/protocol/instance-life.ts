import { emptyCache } from '../database/page-cache.ts';
import { each } from '../database/sorted-map.ts';
import { AppendLog } from '../engine/append-log.ts';
import type { Delivery, Effect, Outcome } from '../engine/effect.ts';
import type { Instance } from './instance.ts';
import type { Query, Stream } from './messages.ts';
import { note } from './note.ts';
import type { Replica, ReplicaSession } from './replica.ts';
import { abandonReads } from './replica-sessions.ts';
import { askToAttach } from './replica-stream.ts';
import { newSession } from './replica-transactions.ts';
import { unanswered } from './reply.ts';
import type { Writer } from './writer.ts';

const LOST_WRITER =
  'The connection to the writer was lost. A commit that was waiting has an unknown outcome.';
const NO_WRITER =
  'The writer is down and nothing answers at its endpoint. Read from a replica, or step back.';
const LOST_READER = 'The connection to the replica was lost: run the statement again.';
const NO_READER =
  'This replica is not serving: read from another instance, or wait until it is back.';
const OUT_OF_STREAM =
  'The replica lost part of its stream and starts over: run the statement again.';

/** Nobody listens at the endpoint. */
export const refuse = (instance: Instance, { message }: Delivery<Query>): Outcome<Instance> => [
  instance,
  [unanswered(message.session, instance.role === 'writer' ? NO_WRITER : NO_READER)],
];

/**
 * Everything an instance knows is memory; the volume keeps what matters (SIGMOD'18 §2.4). Clients that
 * waited see their connections end.
 */
export function crash(instance: Instance): Outcome<Instance> {
  const gone: Effect[] = [
    { kind: 'disarm', timer: '*' },
    note({ type: 'instance', instance: instance.id, state: 'down' }),
  ];
  const [next, told] = instance.role === 'writer' ? lost(instance) : emptied(instance);
  return [next, [...gone, ...told]];
}

function lost(writer: Writer): Outcome<Instance> {
  const effects: Effect[] = [];
  const waiting = new Set([...writer.commits].map(({ session }) => session));
  each(writer.db.sessions, (id, { work }) => {
    if (work !== null || waiting.has(id)) effects.push(unanswered(id, LOST_WRITER));
  });
  return [writer, effects];
}

function emptied(before: Replica): Outcome<Instance> {
  const [replica, told] = abandonReads(before, LOST_READER);
  const cache = emptyCache(replica.cache.capacity);
  const queue = AppendLog.empty<never>();
  const sessions = replica.sessions.filter(({ lost }) => lost).map(reconnected);
  return [{ ...replica, cache, queue, sessions, early: [], feedbackDue: false }, told];
}

/** A new connection in place of one that was inside a transaction. */
const reconnected = ({ id, database, view }: ReplicaSession): ReplicaSession => ({
  ...newSession(id, database, view),
  lost: true,
});

/** Part of the stream is lost: start over from the volume. */
export function fallOut(replica: Replica): Outcome<Replica> {
  const [next, told] = abandonReads(replica, OUT_OF_STREAM);
  const [asking, asked] = askToAttach(next);
  return [asking, [...told, ...asked]];
}

/** The stream may begin before the writer's answer arrives: kept for then. */
export function keepEarly(replica: Replica, { message }: Delivery<Stream>): Outcome<Replica> {
  return [{ ...replica, early: [...replica.early, message] }, []];
}
