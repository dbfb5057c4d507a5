import type { Micros } from './time.ts';

/** Names one actor for the whole run: `W`, `R1`, `B2`, `0/c`, `app1`. */
export type ActorId = string;

/** What one actor tells another. The type names the chart event it becomes. */
export interface Message {
  readonly type: string;
}

/** A fact that a rule wants told: narration, pictures, traces and checks are made of these. */
export interface Note {
  readonly type: string;
}

/**
 * A message or timer as the receiving chart sees it. The queue's own entry is handed over as it is,
 * so a rule can read when it arrived and from whom without any clock.
 */
export interface Delivery<M extends Message = Message> {
  readonly type: M['type'];
  readonly message: M;
  readonly from: ActorId;
  /** When it arrives. */
  readonly atUs: Micros;
  /** When it was sent, or the timer armed. */
  readonly sentUs: Micros;
  /** 32 uniform bits for a rule that has to choose, keyed by identity like every chance. */
  readonly luck: number;
}

/**
 * How long a timer runs: a whole number of microseconds, a draw from a named latency table
 * (times `permille`/1000), or a uniform draw from `fromUs` up to but excluding `toUs`.
 */
export type Delay =
  | Micros
  | { readonly table: string; readonly permille?: number; readonly extraUs?: Micros }
  | { readonly fromUs: Micros; readonly toUs: Micros };

/** Everything a rule may ask of the world. Plain data: the kernel alone carries it out. */
export type Effect =
  | { readonly kind: 'send'; readonly to: ActorId; readonly message: Message }
  | {
      readonly kind: 'arm';
      readonly timer: string;
      readonly delay: Delay;
      readonly message: Message;
    }
  | { readonly kind: 'disarm'; readonly timer: string }
  | { readonly kind: 'note'; readonly note: Note };

/** What a rule returns: the next context, and what it asks for. */
export type Outcome<C> = readonly [context: C, effects: readonly Effect[]];

/** A protocol rule: pure, told when by the chart. */
export type Rule<C, D> = (context: C, delivery: D) => Outcome<C>;

export const NO_EFFECTS: readonly Effect[] = [];

/** Asks for a message to be sent: what becomes of it on the way is the network's. */
export const send = (to: ActorId, message: Message): Effect => ({ kind: 'send', to, message });

/**
 * Asks for a timer of this name, in the place of one that runs already; the message comes back when it is
 * due.
 */
export const arm = (timer: string, delay: Delay, message: Message): Effect => ({
  kind: 'arm',
  timer,
  delay,
  message,
});

/** Takes back a timer by its name, or with `*` all that the actor has armed. */
export const disarm = (timer: string): Effect => ({ kind: 'disarm', timer });
