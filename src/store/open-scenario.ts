import { openingOf } from '../scenario/openings.ts';
import type { RunPlayer } from './run-player.ts';

/**
 * Begins a scenario anew: a demonstration with its own seed and script where it opens, any other with the
 * present seed. A name that nothing has changes nothing.
 */
export function openScenario(player: RunPlayer, id: string): void {
  const chosen = openingOf(id);
  if (chosen === undefined) return;
  const { run, at } = chosen;
  const { seed } = player.run();
  player.open(run.interventions.length > 0 ? run : { ...run, seed }, at);
}
