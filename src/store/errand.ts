/** Time that work may take of one frame, so that a frame stays a frame. */
export const SLICE_MS = 8;

/** Events computed between two looks at the wall clock. */
export const CHUNK = 128;

/** The share of a frame that is being used up. */
export class Slice {
  readonly #now: () => number;
  #until = 0;

  /** `now`: the wall clock, in milliseconds. */
  constructor(now: () => number) {
    this.#now = now;
  }

  begin(forMs = SLICE_MS): void {
    this.#until = this.#now() + forMs;
  }

  late(): boolean {
    return this.#now() >= this.#until;
  }
}

/**
 * Work that may be too long for one frame: it yields whenever the slice is used up, and leaves
 * everything in order at each yield, because it may never be gone on with.
 */
export type Errand<T = void> = Generator<void, T, void>;
