import type { Run } from '../scenario/run.ts';
import type { RunPlayer } from './run-player.ts';
import type { Reads } from './run-reader.ts';

/**
 * Reads a run up to the furthest moment computed, wherever the present is: going back and forth costs
 * nothing. It begins anew after a change of the past, and where accounts of what it missed are gone.
 */
export class EdgeReader<R extends Reads> {
  readonly #make: (run: Run) => R;
  #run: Run | null = null;
  #count = 0;
  #reader: R | null = null;

  constructor(make: (run: Run) => R) {
    this.#make = make;
  }

  upToEdge(player: RunPlayer): R {
    const run = player.run();
    const { from, to } = player.kept();
    let reader = this.#reader;
    if (reader === null || run !== this.#run || to < this.#count || from > this.#count + 1) {
      this.#run = run;
      this.#count = from - 1;
      reader = this.#make(run);
      this.#reader = reader;
    }
    while (this.#count < to) {
      this.#count++;
      const happening = player.happening(this.#count);
      if (happening) reader.read(happening);
    }
    return reader;
  }
}
