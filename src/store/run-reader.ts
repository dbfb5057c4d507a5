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
 * Reads a run, up to the present position or up to the furthest moment computed: on from where it stopped, or
 * anew after a change of the past. Who needs only the newest part says how many events back it may begin.
 */
export class RunReader<R extends Reads> {
  readonly #make: (run: Run) => R;
  readonly #back: number;
  #run: Run | null = null;
  #count = 0;
  #reader: R | null = null;

  constructor(make: (run: Run) => R, back = Number.POSITIVE_INFINITY) {
    this.#make = make;
    this.#back = back;
  }

  upToNow(player: RunPlayer): R {
    return this.#upTo(player, player.count());
  }

  /**
   * Going back and forth costs nothing, for what lies ahead stays read. Where accounts of what it missed are
   * gone, it begins anew.
   */
  upToEdge(player: RunPlayer): R {
    const { from, to } = player.kept();
    if (from > this.#count + 1) this.#reader = null;
    return this.#upTo(player, to);
  }

  #upTo(player: RunPlayer, end: number): R {
    const run = player.run();
    let reader = this.#reader;
    if (reader === null || run !== this.#run || end < this.#count) {
      this.#run = run;
      this.#count = this.#beginning(player, end);
      reader = this.#make(run);
      this.#reader = reader;
    }
    while (this.#count < end) {
      this.#count++;
      const happening = player.happening(this.#count);
      if (happening) reader.read(happening);
    }
    return reader;
  }

  #beginning(player: RunPlayer, end: number): number {
    const kept = Math.min(player.kept().from - 1, end - LEAST_BACK);
    return Math.max(0, kept, end - this.#back);
  }
}
