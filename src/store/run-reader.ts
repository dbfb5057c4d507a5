import type { Happening } from '../engine/happening.ts';
import type { Run } from '../scenario/run.ts';
import type { RunPlayer } from './run-player.ts';

/** Something that learns from events in order. */
export interface Reads {
  read(happening: Happening): void;
}

/** Reads a run up to the present position: on from where it stopped, or anew after a change of the past. */
export class RunReader<R extends Reads> {
  readonly #make: () => R;
  #run: Run | null = null;
  #count = 0;
  #reader: R;

  constructor(make: () => R) {
    this.#make = make;
    this.#reader = make();
  }

  upToNow(player: RunPlayer): R {
    if (player.run() !== this.#run || player.count() < this.#count) {
      this.#run = player.run();
      this.#count = player.kept().from - 1;
      this.#reader = this.#make();
    }
    while (this.#count < player.count()) {
      this.#count++;
      const happening = player.happening(this.#count);
      if (happening) this.#reader.read(happening);
    }
    return this.#reader;
  }
}
