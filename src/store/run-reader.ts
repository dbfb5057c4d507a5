import type { Happening } from '../engine/happening.ts';
import type { Run } from '../scenario/run.ts';
import type { RunPlayer } from './run-player.ts';

/** Something that learns from events in order. */
export interface Reads {
  read(happening: Happening): void;
}

/** Before what is kept, events are computed anew: no more than these. */
const LEAST_BACK = 1_500;

/**
 * Reads a run up to the present position: on from where it stopped, or anew after a change of the past. Who
 * needs only the newest part says how many events back it may begin.
 */
export class RunReader<R extends Reads> {
  readonly #make: () => R;
  readonly #back: number;
  #run: Run | null = null;
  #count = 0;
  #reader: R;

  constructor(make: () => R, back = Number.POSITIVE_INFINITY) {
    this.#make = make;
    this.#back = back;
    this.#reader = make();
  }

  upToNow(player: RunPlayer): R {
    if (player.run() !== this.#run || player.count() < this.#count) {
      this.#run = player.run();
      this.#count = this.#beginning(player);
      this.#reader = this.#make();
    }
    while (this.#count < player.count()) {
      this.#count++;
      const happening = player.happening(this.#count);
      if (happening) this.#reader.read(happening);
    }
    return this.#reader;
  }

  #beginning(player: RunPlayer): number {
    const count = player.count();
    const kept = Math.min(player.kept().from - 1, count - LEAST_BACK);
    return Math.max(0, kept, count - this.#back);
  }
}
