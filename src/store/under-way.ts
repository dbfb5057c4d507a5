import type { Errand } from './errand.ts';

interface Kind {
  /** Time runs on when it is done. */
  readonly plays: boolean;
  readonly isStep: boolean;
}

const NOTHING: Kind = { plays: false, isStep: false };

/** The one errand that is under way, if any, and whoever waits for its end. */
export class UnderWay {
  #errand: Errand<unknown> | null = null;
  #kind = NOTHING;
  #waiting: ((done: boolean) => void)[] = [];

  get busy(): boolean {
    return this.#errand !== null;
  }
  get plays(): boolean {
    return this.#kind.plays;
  }
  get isStep(): boolean {
    return this.#kind.isStep;
  }

  /** Puts an errand in place of the one under way, which is thereby ended. */
  begin(errand: Errand<unknown>, kind: Kind): void {
    this.end();
    this.#errand = errand;
    this.#kind = kind;
  }

  /** Does one slice. True when that was the last. */
  goOn(): boolean {
    if (this.#errand !== null && !this.#errand.next().done) return false;
    this.#settle(true);
    return true;
  }

  /** Ends it where it is. */
  end(): void {
    this.#settle(false);
  }

  settled(): Promise<boolean> {
    if (!this.busy) return Promise.resolve(true);
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  #settle(done: boolean): void {
    this.#errand = null;
    this.#kind = NOTHING;
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve(done);
  }
}
