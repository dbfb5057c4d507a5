import { emptyCache } from '../database/page-cache.ts';
import { each } from '../database/sorted-map.ts';
import { AppendLog } from '../engine/append-log.ts';
import { arm, type Delivery, disarm, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import { heartbeatSoon } from './heartbeat.ts';
import type { Instance } from './instance.ts';
import type { Query } from './messages.ts';
import { note } from './note.ts';
import type { Register, Role, TakeOver } from './recovery-messages.ts';
import { newReplica, type Replica, type ReplicaSession } from './replica.ts';
import { abandonReads } from './replica-sessions.ts';
import { askToAttach } from './replica-stream.ts';
import { newSession } from './replica-transactions.ts';
import { disconnected, refusedAt } from './reply.ts';
import { CONTROL } from './topology.ts';
import type { Writer } from './writer.ts';

const LOST_WRITER =
  'The connection to the writer was lost. A commit that was waiting has an unknown outcome.';
const NO_WRITER =
  'The writer is not serving: nothing answers at its endpoint. Read from a replica, or wait.';
const LOST_READER = 'The connection to the replica was lost: run the statement again.';
const NO_READER =
  'This replica is not serving: read from another instance, or wait until it is back.';

/** From power to asking which part to play (protocol choice). */
const BOOT_US = 100_000;
/** An instance that asked and heard nothing asks again. */
const REGISTER_AGAIN_US = 500_000;

/** Nobody serves at the endpoint: the statement was not run. */
export const refuse = (instance: Instance, { message }: Delivery<Query>): Outcome<Instance> => [
  instance,
  [refusedAt(message.session, instance.role === 'writer' ? NO_WRITER : NO_READER, 'not-serving')],
];

/**
 * Everything an instance knows is memory; the volume keeps what matters (SIGMOD'18 §2.4). Clients that
 * waited see their connections end.
 */
export function crash(instance: Instance): Outcome<Instance> {
  const [next, told] = emptied(instance);
  return [
    next,
    [disarm('*'), note({ type: 'instance', instance: instance.id, state: 'down' }), ...told],
  ];
}

/** The instance without its memory, and its clients without their connections. */
export function emptied(instance: Instance): Outcome<Instance> {
  return instance.role === 'writer' ? emptiedWriter(instance) : emptiedReader(instance);
}

/** Its numbers stay as they were last known: nobody asks it any more, but they can be looked at. */
function emptiedWriter(writer: Writer): Outcome<Instance> {
  const effects: Effect[] = [];
  const waiting = new Set([...writer.commits].map(({ session }) => session));
  each(writer.db.sessions, (id, { work }) => {
    if (id > 0 && (work !== null || waiting.has(id))) effects.push(disconnected(id, LOST_WRITER));
  });
  const cache = emptyCache(writer.db.cache.capacity);
  return [
    {
      ...writer,
      recovery: null,
      commits: AppendLog.empty(),
      db: { ...writer.db, cache, sessions: null, locks: null, waiting: [] },
      reads: [],
      stalled: [],
      outbox: [],
    },
    effects,
  ];
}

function emptiedReader(before: Replica): Outcome<Instance> {
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

/** Power is back: the process starts. */
export const restart = (instance: Instance): Outcome<Instance> => booting(instance, BOOT_US, []);

/** A new instance is ordered in the place of one that is lost: that takes its time. */
export const launch = (instance: Instance, { message }: Delivery<TakeOver>): Outcome<Instance> =>
  booting(instance, message.launchUs, []);

/** Its claim to the volume was refused: it asks anew which part it plays. */
export function standBack(instance: Instance): Outcome<Instance> {
  const [next, told] = emptied(instance);
  return booting(next, 0, [disarm('*'), ...told]);
}

function booting(instance: Instance, inUs: Micros, effects: Effect[]): Outcome<Instance> {
  return [
    { ...instance, boot: instance.boot + 1 },
    [
      ...effects,
      note({ type: 'instance', instance: instance.id, state: 'restarting' }),
      arm('boot', inUs, signal('REGISTER_DUE')),
      ...heartbeatSoon(instance),
    ],
  ];
}

/** It cannot know who is the writer by now: the control plane does. */
export function register(
  instance: Instance,
  _: Delivery<Signal<'REGISTER_DUE'>>,
): Outcome<Instance> {
  const { id, boot } = instance;
  const message: Register = { type: 'REGISTER', instance: id, boot };
  return [
    instance,
    [send(CONTROL, message), arm('boot', REGISTER_AGAIN_US, signal('REGISTER_DUE'))],
  ];
}

/** Somebody else is the writer: this instance reads along, whatever it was before. */
export function becomeReader(instance: Instance, { message }: Delivery<Role>): Outcome<Instance> {
  const { writer, epoch } = message;
  const reader = instance.role === 'replica' ? instance : readerOf(instance);
  const effects: Effect[] = [disarm('boot')];
  const [next, asked] = askToAttach({ ...reader, writer, epoch });
  return [next, [...effects, ...asked]];
}

function readerOf(writer: Writer): Replica {
  const { id, settings, boot, ranges, nextRequest, volume, groups, counters } = writer;
  const fresh = newReplica({
    role: 'replica',
    id,
    writer: id,
    lsn: volume.vdl,
    settings,
    warm: [],
    groups: [...groups],
  });
  return { ...fresh, boot, ranges, nextRequest, commits: counters.commits };
}
