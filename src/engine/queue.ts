import type { Flight } from './happening.ts';

/** A binary heap of flights, earliest first, ties in order of scheduling. */
export class FlightQueue {
  #items: Flight[] = [];

  get size(): number {
    return this.#items.length;
  }

  get first(): Flight | undefined {
    return this.#items[0];
  }

  /** Everything waiting, in no particular order. The array is the queue's own: do not change it. */
  get all(): readonly Flight[] {
    return this.#items;
  }

  push(item: Flight): void {
    const items = this.#items;
    let hole = items.length;
    items.push(item);
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      const above = items[parent];
      if (above === undefined || before(above, item)) break;
      items[hole] = above;
      hole = parent;
    }
    items[hole] = item;
  }

  pop(): Flight | undefined {
    const items = this.#items;
    const top = items[0];
    const last = items.pop();
    if (last !== undefined && items.length > 0) this.#sink(last);
    return top;
  }

  #sink(item: Flight): void {
    const items = this.#items;
    const size = items.length;
    let hole = 0;
    for (;;) {
      let child = 2 * hole + 1;
      let least = items[child];
      if (least === undefined) break;
      const right = child + 1 < size ? items[child + 1] : undefined;
      if (right !== undefined && before(right, least)) {
        least = right;
        child++;
      }
      if (before(item, least)) break;
      items[hole] = least;
      hole = child;
    }
    items[hole] = item;
  }

  /** A copy that later changes leave alone. */
  save(): readonly Flight[] {
    return this.#items.slice();
  }

  restore(saved: readonly Flight[]): void {
    this.#items = saved.slice();
  }
}

const before = (a: Flight, b: Flight): boolean =>
  a.atUs < b.atUs || (a.atUs === b.atUs && a.order < b.order);
