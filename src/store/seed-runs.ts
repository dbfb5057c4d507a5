import type { Happening } from '../engine/happening.ts';
import { Kernel } from '../engine/kernel.ts';
import type { Micros } from '../engine/time.ts';
import {
  emptySpread,
  playedUntilUs,
  type Slices,
  type Spread,
  SpreadReader,
} from '../history/seed-spread.ts';
import { auroraModel } from '../protocol/aurora.ts';
import type { Run } from '../scenario/run.ts';

/** One run on other seeds: what is asked of whoever computes. */
export interface SeedTask {
  readonly run: Run;
  readonly slices: Slices;
}

/** What some seeds came to. */
export interface SeedBatch {
  readonly seeds: number;
  readonly spread: Spread;
  /** Commits that were not answered when their run ended. */
  readonly waiting: number;
  /** By time of an act: in how many seeds there was nothing for it to do. */
  readonly refused: ReadonlyMap<Micros, number>;
  /** Seeds whose run contradicted itself. Nothing of them is counted from there on. */
  readonly broken: number;
}

/** Carries a run out on the seeds from one to another, both included. */
export function runSeeds({ run, slices }: SeedTask, from: number, to: number): SeedBatch {
  const { scenario, interventions } = run;
  const model = auroraModel(scenario.config);
  const spread = emptySpread(slices);
  const refused = new Map<Micros, number>();
  const untilUs = playedUntilUs(slices);
  // What is done after the stretch is no part of it.
  const acts = interventions.filter(({ at }) => at.timeUs <= slices.toUs);
  let waiting = 0;
  let broken = 0;
  for (let seed = from; seed <= to; seed++) {
    const reader = new SpreadReader(slices, spread);
    const replies = new Replies();
    try {
      const world = new Kernel(model, seed, acts);
      for (let next = world.nextUs(); next !== null && next <= untilUs; next = world.nextUs()) {
        const happening = world.step();
        if (happening === null) break;
        reader.read(happening);
        replies.read(happening);
      }
    } catch {
      broken++;
    }
    waiting += reader.finish();
    for (const timeUs of replies.refused()) refused.set(timeUs, (refused.get(timeUs) ?? 0) + 1);
  }
  return { seeds: to - from + 1, spread, waiting, refused, broken };
}

/** Whether those to whom acts are addressed had something to do. */
class Replies {
  /** By time of the act. */
  readonly #accepted = new Map<Micros, boolean>();
  #acted: Micros | null = null;

  read({ timeUs, flight, accepted }: Happening): void {
    if (flight.type === 'INTERVENTION') this.#acted = timeUs;
    else if (flight.from === 'outside' && flight.sentUs === this.#acted)
      this.#accepted.set(timeUs, accepted || (this.#accepted.get(timeUs) ?? false));
  }

  refused(): readonly Micros[] {
    return [...this.#accepted].flatMap(([timeUs, accepted]) => (accepted ? [] : [timeUs]));
  }
}
