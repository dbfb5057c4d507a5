import { START } from '../engine/time.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import { QUIET } from '../scenario/base-config.ts';
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
