/** What one event adds up to, without the spare room that growing an array leaves in each account. */
export class Gathered<T> {
  readonly #items: T[] = [];
  #count = 0;

  add(item: T): void {
    this.#items[this.#count++] = item;
  }

  clear(): void {
    this.#count = 0;
  }

  take(): readonly T[] {
    if (this.#count === 0) return [];
    const taken = this.#items.slice(0, this.#count);
    this.#count = 0;
    return taken;
  }
}
