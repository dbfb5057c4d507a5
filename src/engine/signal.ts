import type { Delivery } from './effect.ts';

/** A message without content: power, speed, links, and timers. */
export interface Signal<T extends string> {
  readonly type: T;
}

/** The signal of a name. */
export const signal = <T extends string>(type: T): Signal<T> => ({ type });

/** The deliveries of a union of signals. */
export type Signals<T extends string> = T extends string ? Delivery<Signal<T>> : never;
