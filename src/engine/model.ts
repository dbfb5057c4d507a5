import type { AnyStateMachine } from 'xstate';
import type { ActorId, Message, Note } from './effect.ts';
import type { Micros, Position } from './time.ts';

/** A machine and what its first context is made from. */
export interface Birth {
  readonly machine: AnyStateMachine;
  readonly input: unknown;
}

/** A message about to leave, with the luck that decides its fate. */
export interface Envelope {
  readonly from: ActorId;
  readonly to: ActorId;
  readonly message: Message;
  readonly delayLuck: number;
  readonly lossLuck: number;
}

/** How long a message travels, why it will not arrive (null when it will), and whether it does so twice. */
export interface Transmission<N> {
  readonly network: N;
  readonly delayUs: Micros;
  readonly lost: string | null;
  /** Time to a second arrival of the same message; null when it arrives once. */
  readonly againUs: Micros | null;
}

/** A message that starts without having been sent by an actor. */
export interface Post {
  readonly to: ActorId;
  readonly message: Message;
}

/** An action from outside, at a place in the run. */
export interface Scheduled {
  readonly at: Position;
}

/** What an action from outside does at once: a new network, messages to actors, facts to tell. */
export interface Reaction<N> {
  readonly network: N;
  readonly posts: readonly Post[];
  readonly notes: readonly Note[];
}

/** Everything the kernel does not know: who the actors are and how the network between them behaves. */
export interface Model<N, I extends Scheduled> {
  readonly network: N;
  /** Messages delivered at time 0. */
  readonly start: readonly Post[];
  /** The machine of an actor that is heard of for the first time. */
  birth(id: ActorId): Birth;
  /** Decides one message's fate. Pure. */
  transmit(network: N, envelope: Envelope): Transmission<N>;
  /** A draw from a named latency table, for a timer of the given actor. Pure. */
  sample(table: string, actor: ActorId, network: N, luck: number): Micros;
  /** Carries out an action from outside; `isThere` tells the actors that exist by then. Pure. */
  react(network: N, intervention: I, isThere: (actor: ActorId) => boolean): Reaction<N>;
}
