import type { Happening } from './happening.ts';

/** Accounts of events by their count, in pages. Keeps the pages begun last and lets go of others. */
export class Accounts {
  readonly #pages = new Map<number, (Happening | undefined)[]>();
  readonly #pageSize: number;
  readonly #maxPages: number;

  constructor(pageSize: number, maxPages: number) {
    this.#pageSize = pageSize;
    this.#maxPages = maxPages;
  }

  /** The counts of the first and last event of the page that an event lies in. */
  pageOf(count: number): readonly [first: number, last: number] {
    const first = count - ((count - 1) % this.#pageSize);
    return [first, first + this.#pageSize - 1];
  }

  get(count: number): Happening | undefined {
    const [first] = this.pageOf(count);
    return this.#pages.get(first)?.[count - first];
  }

  set(happening: Happening): void {
    const [first] = this.pageOf(happening.count);
    let page = this.#pages.get(first);
    if (page === undefined) {
      page = [];
      this.#pages.set(first, page);
      this.#letGo();
    }
    page[happening.count - first] = happening;
  }

  /** Forgets every event after `count`. */
  truncate(count: number): void {
    for (const [first, page] of this.#pages) {
      if (first > count) this.#pages.delete(first);
      else page.length = Math.min(page.length, count - first + 1);
    }
  }

  #letGo(): void {
    for (const first of this.#pages.keys()) {
      if (this.#pages.size <= this.#maxPages) break;
      this.#pages.delete(first);
    }
  }
}
