import type { Result } from '../engine/result.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import { checkRun } from './check-run.ts';
import { aboutOf, baseOf } from './payload.ts';
import { difference } from './plain.ts';
import type { Checked } from './problems.ts';
import type { Run } from './run.ts';

/** The same seed and interventions under another configuration, or why that cannot be. */
export function reconfigured(run: Run, config: ClusterConfig): Result<Checked<Run>> {
  const { scenario, seed, interventions } = run;
  const base = baseOf(scenario);
  return checkRun({
    preset: base.id,
    own: difference(aboutOf(base), aboutOf(scenario)),
    changes: difference(base.config, config),
    seed,
    interventions,
  });
}

/** The configuration of the preset that a run started from. */
export const presetConfig = ({ scenario }: Run): ClusterConfig => baseOf(scenario).config;
