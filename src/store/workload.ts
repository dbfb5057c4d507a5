import type { WorkloadConfig } from '../database/workload.ts';
import { comparePositions } from '../engine/time.ts';
import type { Player } from './contract.ts';

/** The steady workload as it stands now: the scenario's, or what somebody last set it to. */
export function workloadOf(player: Pick<Player, 'run' | 'position'>): WorkloadConfig {
  const { scenario, interventions } = player.run();
  const position = player.position();
  for (const { at, act } of interventions.toReversed()) {
    if (act.op === 'workload' && comparePositions(at, position) < 0) return act.workload;
  }
  return scenario.config.workload;
}
