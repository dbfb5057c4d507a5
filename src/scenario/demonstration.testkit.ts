import type { Happening } from '../engine/happening.ts';
import { afterAll, type Micros, millis } from '../engine/time.ts';
import type { Timeline } from '../engine/timeline.ts';
import { viewOf } from '../protocol/cluster-view.ts';
import type { Intervention } from '../protocol/intervention.ts';
import type { Network } from '../protocol/network.ts';
import type { AuroraNote, NoteOf, NoteType } from '../protocol/notes.ts';
import type { ClusterView } from '../protocol/view.ts';
import { openTimeline } from './open.ts';
import { openingOf } from './openings.ts';
import type { Run } from './run.ts';

export type Told<T extends NoteType> = NoteOf<T> & { readonly atUs: Micros };

/** A demonstration played headless, as far as a test wants it. */
export class Shown {
  readonly run: Run;
  readonly timeline: Timeline<Network, Intervention>;
  readonly happenings: Happening[] = [];

  constructor(id: string, instead: Partial<Run> = {}) {
    const opening = openingOf(id);
    if (opening === undefined) throw new Error(`no demonstration ${id}`);
    this.run = { ...opening.run, ...instead };
    this.timeline = openTimeline(this.run);
  }

  /** Plays on up to a moment, in milliseconds. */
  to(ms: number): this {
    const until = millis(ms);
    for (let next = this.timeline.nextUs(); next !== null && next <= until; ) {
      const happening = this.timeline.stepForward();
      if (happening !== null) this.happenings.push(happening);
      next = this.timeline.nextUs();
    }
    this.timeline.seek(afterAll(until));
    return this;
  }

  get view(): ClusterView {
    return viewOf(this.timeline.world);
  }

  /** Everything told of one kind so far. */
  told<T extends NoteType>(type: T): readonly Told<T>[] {
    return this.happenings.flatMap(({ timeUs, notes }) =>
      (notes as readonly AuroraNote[])
        .filter((note): note is NoteOf<T> => note.type === type)
        .map((note) => ({ ...note, atUs: timeUs })),
    );
  }
}

/** The number at a share of a list's length, in order. */
export const quantile = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? Number.NaN;
