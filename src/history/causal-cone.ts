import type { ActorId } from '../engine/effect.ts';
import type { LocalEvent, SentMessage } from './message.ts';

/** What could have affected something: of every actor its past up to an event, and messages that carried it. */
export interface Cone {
  /** Number of the last event of each actor that belongs to it. */
  readonly until: ReadonlyMap<ActorId, number>;
  /** Orders of the messages in it. */
  readonly messages: ReadonlySet<number>;
}

/**
 * The causal cone of an event of an actor: everything before it in the same place, and whatever senders of
 * messages received had done before they sent them.
 */
export function coneOf(
  messages: readonly SentMessage[],
  { actor, n }: Pick<LocalEvent, 'actor' | 'n'>,
): Cone {
  const until = new Map<ActorId, number>([[actor, n]]);
  const carried = new Set<number>();
  // Latest arrival first: whatever can still bring a place into the cone has been looked at by then.
  const arrived = messages
    .filter(({ arrivedN }) => arrivedN !== null && arrivedN <= n)
    .sort((a, b) => arrivalOf(b) - arrivalOf(a));
  for (const message of arrived) {
    if (arrivalOf(message) > (until.get(message.to) ?? -1)) continue;
    carried.add(message.order);
    until.set(message.from, Math.max(until.get(message.from) ?? -1, message.sentN));
  }
  return { until, messages: carried };
}

const arrivalOf = ({ arrivedN }: SentMessage): number => arrivedN ?? Number.POSITIVE_INFINITY;

/** The cone of a message: of its arrival, or of its sending when it did not arrive. */
export function coneOfMessage(messages: readonly SentMessage[], message: SentMessage): Cone {
  const { arrivedN, to, from, sentN, order } = message;
  const { until, messages: carried } =
    arrivedN === null
      ? coneOf(messages, { actor: from, n: sentN })
      : coneOf(messages, { actor: to, n: arrivedN });
  return { until, messages: new Set([...carried, order]) };
}
