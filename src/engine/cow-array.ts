const BITS = 5;
const CHUNK = 1 << BITS;

/** A saved state of a `CowArray`: the chunks as they were, shared until somebody writes. */
export type Saved<T> = readonly (readonly (T | undefined)[])[];

/**
 * A growing array whose `save` costs one reference per 32 entries: chunks are copied only when they
 * are written to after a save. Keyframes of a large cluster share whatever did not change.
 */
export class CowArray<T> {
  #chunks: (T | undefined)[][] = [];
  #owned: boolean[] = [];

  get(index: number): T | undefined {
    return this.#chunks[index >> BITS]?.[index & (CHUNK - 1)];
  }

  set(index: number, value: T): void {
    const at = index >> BITS;
    let chunk = this.#chunks[at];
    if (chunk === undefined) {
      while (this.#chunks.length <= at) {
        this.#chunks.push([]);
        this.#owned.push(true);
      }
      chunk = this.#chunks[at] ?? [];
    }
    if (!this.#owned[at]) {
      chunk = chunk.slice();
      this.#chunks[at] = chunk;
      this.#owned[at] = true;
    }
    chunk[index & (CHUNK - 1)] = value;
  }

  save(): Saved<T> {
    this.#owned.fill(false);
    return this.#chunks.slice();
  }

  restore(saved: Saved<T>): void {
    this.#chunks = saved.slice() as (T | undefined)[][];
    this.#owned = this.#chunks.map(() => false);
  }
}
