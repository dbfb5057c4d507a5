import type { Micros } from '../engine/time.ts';
import type { SentMessage } from './message.ts';

/** So many times the median of its like, and a message is slow. */
const SLOW = 3;
/** Of fewer, nothing can be said about what is usual. */
const LEAST = 8;
/** The newest of a sort: what was usual long ago says nothing about now. */
const MOST = 400;

type Like = Pick<SentMessage, 'kind' | 'distance'>;

const nameOf = ({ kind, distance }: Like): string => `${kind} ${distance}`;

/** What messages of a kind usually take over a distance. */
export class UsualDelay {
  readonly #seen = new Map<string, Micros[]>();
  readonly #medians = new Map<string, Micros | null>();

  add(message: Like, tookUs: Micros): void {
    const name = nameOf(message);
    let seen = this.#seen.get(name);
    if (seen === undefined) {
      seen = [];
      this.#seen.set(name, seen);
    }
    seen.push(tookUs);
    if (seen.length > 2 * MOST) seen.splice(0, MOST);
    // A median moves little with every message: it is looked up anew now and then.
    if (seen.length < 64 || seen.length % 64 === 0) this.#medians.delete(name);
  }

  /** Null while too few of its kind were seen. */
  medianUs(message: Like): Micros | null {
    const name = nameOf(message);
    const known = this.#medians.get(name);
    if (known !== undefined) return known;
    const seen = this.#seen.get(name) ?? [];
    const sorted = seen.toSorted((a, b) => a - b);
    const median = seen.length < LEAST ? null : (sorted[sorted.length >> 1] ?? null);
    this.#medians.set(name, median);
    return median;
  }

  isSlow(message: Like & Pick<SentMessage, 'sentUs' | 'dueUs' | 'lost'>): boolean {
    if (message.lost !== null) return false;
    const usual = this.medianUs(message);
    return usual !== null && message.dueUs - message.sentUs > SLOW * usual;
  }
}
