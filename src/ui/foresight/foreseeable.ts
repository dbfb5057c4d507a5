import type { Act } from '../../protocol/intervention.ts';
import type { Action } from '../power-action.ts';

/** The act whose consequences are worth knowing before: what breaks, heals or changes the cluster, if it can be done. */
export function foreseeable({ group, blocked, does }: Action): Act | null {
  if (blocked !== undefined || group === 'Workload' || !('act' in does)) return null;
  return does.act;
}
