import { arm, type Delivery, disarm, type Effect, type Outcome } from '../engine/effect.ts';
import { signal } from '../engine/signal.ts';
import { heartbeatSoon } from './heartbeat.ts';
import type { Instance } from './instance.ts';
import { emptied } from './instance-life.ts';
import type { ReadRefused, Refused, Stream } from './messages.ts';
import { note } from './note.ts';
import type { Endpoint } from './recovery-messages.ts';
import type { Replica } from './replica.ts';
import { abandonReads, interruptReads } from './replica-sessions.ts';
import { askToAttach } from './replica-stream.ts';

const REPLACED = 'The instance follows a new writer: run the statement again.';
const OUT_OF_STREAM = 'The replica lost part of its stream: run the statement again.';

/** Whatever can tell an instance that the volume is in a newer epoch than it knows. */
export type News =
  | Delivery<Refused>
  | Delivery<ReadRefused>
  | Delivery<Stream>
  | Delivery<Endpoint>;

/** The volume epoch that a message is of. */
export const epochIn = ({ message }: News): number =>
  'epochs' in message ? message.epochs.volume : message.epoch;

/**
 * A writer learns that it was replaced (SIGMOD'18 §2.4): it has committed nothing since, so nothing has
 * to be taken back; it only stops. Later it starts over, as a reader.
 */
export function fence(instance: Instance, news: News): Outcome<Instance> {
  const { id, epoch, settings } = instance;
  const [next, told] = emptied(instance);
  const effects: Effect[] = [
    disarm('*'),
    note({ type: 'fenced', instance: id, epoch, known: epochIn(news) }),
    ...told,
    ...heartbeatSoon(next),
    arm('start over', settings.detection.heartbeatUs, signal('START_OVER')),
  ];
  return [next, effects];
}

/** The stream of a newer writer: this reader attaches to that one. */
export const followStream = (replica: Replica, delivery: Delivery<Stream>): Outcome<Replica> =>
  attachTo(replica, delivery.from, delivery.message.epoch);

/** The endpoint leads to a newer writer. */
export const followEndpoint = (
  replica: Replica,
  { message }: Delivery<Endpoint>,
): Outcome<Replica> => attachTo(replica, message.writer, message.epoch);

function attachTo(replica: Replica, writer: string, epoch: number): Outcome<Replica> {
  const [abandoned, told] = abandonReads(replica, REPLACED);
  const [next, asked] = askToAttach({ ...abandoned, writer, epoch, early: [] });
  const effects: Effect[] = [disarm('*'), ...heartbeatSoon(next), ...told, ...asked];
  return [{ ...next, feedbackDue: false }, effects];
}

/** Part of the stream is lost, or storage has given up what is read here: the writer knows how to go on. */
export function fallOut(replica: Replica): Outcome<Replica> {
  const [next, told] = interruptReads(replica, OUT_OF_STREAM);
  const [asking, asked] = askToAttach(next);
  return [asking, [...told, ...asked]];
}

/** The stream may begin before the writer's answer arrives: kept for then. */
export function keepEarly(replica: Replica, { message }: Delivery<Stream>): Outcome<Replica> {
  return message.epoch < replica.epoch
    ? [replica, []]
    : [{ ...replica, early: [...replica.early, message] }, []];
}
