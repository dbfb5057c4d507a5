import { DEFAULT_LAYOUT, DEFAULT_VOLUME } from '../database/volume.ts';
import { seconds } from '../engine/time.ts';
import { Timeline } from '../engine/timeline.ts';
import type { BaselineAct, BaselineIntervention } from './act.ts';
import { baselineModel } from './baseline.ts';
import { BASELINE_DEFAULTS, type BaselineConfig } from './config.ts';
import type { BaselineNetwork } from './network.ts';
import type { BaselineNote, BaselineNoteOf, BaselineNoteType } from './notes.ts';

/** A gentle load of write transactions on the default volume. */
export const CONFIG: BaselineConfig = {
  source: 'sql',
  ...DEFAULT_LAYOUT,
  ...BASELINE_DEFAULTS,
  connections: 8,
  cachePages: 64,
  tailPpm: 0,
  tailUs: 0,
  workload: {
    on: true,
    perSecond: 400,
    readPermille: 0,
    skewPermille: 0,
    statementsPerTransaction: 1,
  },
  volume: DEFAULT_VOLUME,
};

export type BaselineTimeline = Timeline<BaselineNetwork, BaselineIntervention>;

/** A run of the mirrored database with acts at given times. */
export const timelineOf = (
  changes: Partial<BaselineConfig>,
  acts: readonly (readonly [atUs: number, act: BaselineAct])[] = [],
  seed = 7,
): BaselineTimeline =>
  new Timeline(
    baselineModel({ ...CONFIG, ...changes }),
    seed,
    acts.map(([timeUs, act]) => ({ at: { timeUs, n: 0 }, act })),
  );

/** Every note until a time, with when it was made. */
export function* notesOf(
  timeline: BaselineTimeline,
  untilUs: number,
): Generator<readonly [BaselineNote, number]> {
  for (let at = timeline.nextUs(); at !== null && at <= untilUs; at = timeline.nextUs()) {
    const happening = timeline.stepForward();
    if (happening === null) return;
    for (const note of happening.notes) yield [note as BaselineNote, happening.timeUs];
  }
}

/** The notes of one type until a time. */
export const only = <T extends BaselineNoteType>(
  timeline: BaselineTimeline,
  untilUs: number,
  type: T,
): readonly (BaselineNoteOf<T> & { readonly atUs: number })[] =>
  [...notesOf(timeline, untilUs)]
    .filter(([note]) => note.type === type)
    .map(([note, atUs]) => ({ ...(note as BaselineNoteOf<T>), atUs }));

/** The value at a rank given in thousandths. */
export function at(sorted: readonly number[], permille: number): number {
  return sorted[Math.floor((sorted.length * permille) / 1_000)] ?? 0;
}

export { seconds };
