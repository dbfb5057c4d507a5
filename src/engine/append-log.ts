const CHUNK = 64;

/**
 * An immutable list that grows at the end and is trimmed at the front, in amortised constant time
 * and sharing everything with its earlier versions. A version may push in place when nobody else
 * has: each version knows its own length, so older ones never see the addition.
 */
export class AppendLog<T> {
  readonly #chunks: T[][];
  /** Index of the first live entry within the first chunk. */
  readonly #skip: number;
  readonly length: number;

  private constructor(chunks: T[][], skip: number, length: number) {
    this.#chunks = chunks;
    this.#skip = skip;
    this.length = length;
  }

  static readonly #EMPTY = new AppendLog<never>([], 0, 0);

  static empty<T>(): AppendLog<T> {
    return AppendLog.#EMPTY;
  }

  static of<T>(items: Iterable<T>): AppendLog<T> {
    let log = AppendLog.empty<T>();
    for (const item of items) log = log.push(item);
    return log;
  }

  at(index: number): T | undefined {
    if (index < 0 || index >= this.length) return undefined;
    const place = this.#skip + index;
    return this.#chunks[Math.floor(place / CHUNK)]?.[place % CHUNK];
  }

  get last(): T | undefined {
    return this.at(this.length - 1);
  }

  push(item: T): AppendLog<T> {
    const end = this.#skip + this.length;
    const at = Math.floor(end / CHUNK);
    const used = end % CHUNK;
    const tail = this.#chunks[at];
    if (tail === undefined && this.length > 0) {
      this.#chunks.push([item]);
      return new AppendLog(this.#chunks, this.#skip, this.length + 1);
    }
    if (tail?.length === used) {
      tail.push(item);
      return new AppendLog(this.#chunks, this.#skip, this.length + 1);
    }
    const own = tail === undefined ? [item] : [...tail.slice(0, used), item];
    return new AppendLog([...this.#chunks.slice(0, at), own], this.#skip, this.length + 1);
  }

  /** Without its first `count` entries. */
  drop(count: number): AppendLog<T> {
    if (count <= 0) return this;
    if (count >= this.length) return AppendLog.empty<T>();
    const place = this.#skip + count;
    const whole = Math.floor(place / CHUNK);
    const end = Math.ceil((this.#skip + this.length) / CHUNK);
    return new AppendLog(
      whole === 0 ? this.#chunks : this.#chunks.slice(whole, end),
      place % CHUNK,
      this.length - count,
    );
  }

  /** The first index whose entry satisfies a condition that is false, then true along the list. */
  firstIndex(reached: (item: T) => boolean): number {
    let low = 0;
    let high = this.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const item = this.at(middle);
      if (item !== undefined && reached(item)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  slice(from: number, to: number = this.length): readonly T[] {
    const out: T[] = [];
    for (let i = Math.max(0, from); i < Math.min(to, this.length); i++) {
      const item = this.at(i);
      if (item !== undefined) out.push(item);
    }
    return out;
  }

  *[Symbol.iterator](): Generator<T> {
    for (let i = 0; i < this.length; i++) {
      const item = this.at(i);
      if (item !== undefined) yield item;
    }
  }

  /** So that digests and inspectors see the entries. */
  toJSON(): readonly T[] {
    return this.slice(0);
  }
}
