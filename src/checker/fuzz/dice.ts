import { below, redraw } from '../../engine/chance.ts';

/** Throws that follow from a seed alone, one after another. */
export class Dice {
  readonly #seed: number;
  #thrown = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** A whole number from 0 up to but excluding `limit`. */
  below(limit: number): number {
    this.#thrown++;
    return below(redraw(this.#seed, this.#thrown), limit);
  }

  /** A whole number, both ends included. */
  between(from: number, to: number): number {
    return from + this.below(to - from + 1);
  }

  /** True so many times in a thousand. */
  permille(share: number): boolean {
    return this.below(1_000) < share;
  }

  pick<T>(items: readonly [T, ...T[]]): T;
  pick<T>(items: readonly T[]): T | undefined;
  pick<T>(items: readonly T[]): T | undefined {
    return items[this.below(items.length)];
  }

  /** So many different ones, or all when there are fewer. */
  some<T>(items: readonly T[], count: number): readonly T[] {
    const left = [...items];
    const chosen: T[] = [];
    while (chosen.length < count && left.length > 0)
      chosen.push(...left.splice(this.below(left.length), 1));
    return chosen;
  }
}
