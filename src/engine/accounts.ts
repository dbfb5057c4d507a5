import type { Happening } from './happening.ts';

/** Accounts of events by their count, in pages. Keeps the pages begun last and lets go of others. */
export class Accounts {
  readonly #pages = new Map<number, (Happening | undefined)[]>();
  readonly #pageSize: number;
  readonly #maxPages: number;
  /** The page written to last: mostly it is written to again. */
  #open: (Happening | undefined)[] = [];
  #openFirst = Number.NaN;

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
    let at = happening.count - this.#openFirst;
    if (!(at >= 0 && at < this.#pageSize)) {
      this.#openPageOf(happening.count);
      at = happening.count - this.#openFirst;
    }
    this.#open[at] = happening;
  }

  #openPageOf(count: number): void {
    const [first] = this.pageOf(count);
    this.#openFirst = first;
    this.#open = this.#pages.get(first) ?? [];
    if (this.#pages.has(first)) return;
    this.#pages.set(first, this.#open);
    this.#letGo();
  }

  /** Forgets every event after `count`. */
  truncate(count: number): void {
    this.#openFirst = Number.NaN;
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
