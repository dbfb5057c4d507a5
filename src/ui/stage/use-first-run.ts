import { useApp, useSummary } from '../hooks/page.ts';

/**
 * The invitation of a first visit: `before` while kill mode is on and nothing was killed yet,
 * `after` once the first machine is down, null in a run that came with acts of its own.
 */
export function useFirstRun(): 'before' | 'after' | null {
  const killMode = useApp((state) => state.killMode);
  const acts = useSummary((summary) => summary.interventions);
  const faults = acts.filter(({ act }) => act.op === 'crash' || act.op === 'crash-zone');
  if (faults.length === 0) return killMode ? 'before' : null;
  return faults.length === 1 && acts.length === 1 ? 'after' : null;
}
