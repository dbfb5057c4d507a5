import type { ActorId, Message, Note } from './effect.ts';
import type { Micros } from './time.ts';

/** A message or timer on its way to an actor. Doubles as the `Delivery` its receiver's rule is given. */
export interface Flight {
  /** Order of scheduling: unique in the run, and the tie-break between equal times. */
  readonly order: number;
  readonly type: string;
  readonly message: Message;
  readonly from: ActorId;
  readonly to: ActorId;
  readonly sentUs: Micros;
  readonly atUs: Micros;
  readonly luck: number;
  /** The timer's name; null for a message. */
  readonly timer: string | null;
  /** Why it will not arrive; null when it will. */
  readonly lost: string | null;
}

/** One engine event, as it really happened: what arrived, what the rule reported, what it sent. */
export interface Happening {
  /** Number of this event in the run, from 1. */
  readonly count: number;
  readonly timeUs: Micros;
  /** Number of this event within its microsecond, from 1: the position after it is (timeUs, n). */
  readonly n: number;
  readonly flight: Flight;
  /** False when the receiver's chart does not accept such an event in its present state. */
  readonly accepted: boolean;
  readonly notes: readonly Note[];
  /** Messages sent in consequence (timers are not listed). */
  readonly sent: readonly Flight[];
}
