const BITS = 5;
const WIDTH = 1 << BITS;

/**
 * An immutable array of fixed length in which `with` copies 32 entries and one spine, whatever the
 * length up to 32,768: the per-event cost of a volume of a thousand groups is that of one.
 */
export class Vector<T> {
  readonly #chunks: readonly (readonly T[])[];
  readonly length: number;

  private constructor(chunks: readonly (readonly T[])[], length: number) {
    this.#chunks = chunks;
    this.length = length;
  }

  static of<T>(items: readonly T[]): Vector<T> {
    const chunks: T[][] = [];
    for (let i = 0; i < items.length; i += WIDTH) chunks.push(items.slice(i, i + WIDTH));
    return new Vector(chunks, items.length);
  }

  at(index: number): T | undefined {
    return this.#chunks[index >> BITS]?.[index & (WIDTH - 1)];
  }

  with(index: number, item: T): Vector<T> {
    const chunk = this.#chunks[index >> BITS];
    if (chunk === undefined || index >= this.length) return this;
    const own = chunk.slice();
    own[index & (WIDTH - 1)] = item;
    const chunks = this.#chunks.slice();
    chunks[index >> BITS] = own;
    return new Vector(chunks, this.length);
  }

  *[Symbol.iterator](): Generator<T> {
    for (const chunk of this.#chunks) yield* chunk;
  }

  toJSON(): readonly T[] {
    return [...this];
  }
}
