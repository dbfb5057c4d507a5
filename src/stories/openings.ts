import { afterAll, millis, START } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Act } from '../protocol/intervention.ts';
import { BASE, QUIET } from '../scenario/base-config.ts';
import type { Opening } from './step.ts';

/** A cluster at rest: nothing happens until somebody does something. */
export const quiet = (changes: Partial<ClusterConfig> = {}, seed = 1): Opening => ({
  run: {
    scenario: {
      id: 'quiet',
      title: 'Quiet',
      says: '',
      config: { ...QUIET, ...changes },
      lengthUs: 1_000_000,
    },
    seed,
    interventions: [],
  },
  at: START,
});

/** A cluster at work: one small write after another, with some of them on their way. */
export const working = (seed = 1): Opening => ({
  run: {
    scenario: {
      id: 'first-write',
      title: 'First write',
      says: '',
      config: BASE,
      lengthUs: 1_000_000,
    },
    seed,
    interventions: [],
  },
  at: { timeUs: millis(20), n: 0 },
});

/** An opening some time later, after something was done in it at its beginning. */
export const later = ({ run, at }: Opening, acts: readonly Act[], ms: number): Opening => ({
  run: { ...run, interventions: [...run.interventions, ...acts.map((act) => ({ at, act }))] },
  at: afterAll(millis(ms)),
});

/** Something done to a cluster, and when, in milliseconds. */
export type Timed = readonly (readonly [ms: number, act: Act])[];

/** A quiet cluster to which something was done before the moment at which it opens. */
export function prepared(
  changes: Partial<ClusterConfig>,
  acts: Timed,
  atMs: number,
  seed = 1,
): Opening {
  const { run } = quiet(changes, seed);
  const interventions = acts.map(([ms, act]) => ({ at: afterAll(Math.round(millis(ms))), act }));
  return { run: { ...run, interventions }, at: afterAll(Math.round(millis(atMs))) };
}
