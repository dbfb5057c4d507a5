import type { BaselineAct } from '../baseline/act.ts';
import { BASELINE_DEFAULTS, type BaselineConfig } from '../baseline/config.ts';
import { INSTANCES, MIRRORS, VOLUMES } from '../baseline/places.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import type { Act } from '../protocol/intervention.ts';

/** The same database, cache, load and disks as a cluster's, on mirrored volumes. */
export const baselineConfigOf = (config: ClusterConfig): BaselineConfig => ({
  ...BASELINE_DEFAULTS,
  source: config.source,
  // A volume of a fixed size has all its room from the start.
  groups: Math.max(config.groups, config.maxGroups),
  pagesPerGroup: config.pagesPerGroup,
  connections: config.connections,
  cachePages: config.cachePages,
  tailPpm: config.tailPpm,
  tailUs: config.tailUs,
  workload: config.workload,
  volume: config.volume,
});

/** Which part of the pair stands for an instance or a storage host of the cluster; null for none. */
function matching(target: string): string | null {
  if (target === 'W') return INSTANCES.A;
  if (target.startsWith('A')) return target === 'A1' ? VOLUMES.A : MIRRORS.A;
  if (target.startsWith('B')) return target === 'B1' ? VOLUMES.B : MIRRORS.B;
  return null;
}

/** What a person's act means for the mirrored database; null where it has nothing of the kind. */
export function counterpartOf(act: Act): BaselineAct | null {
  switch (act.op) {
    case 'crash':
    case 'restore': {
      const target = matching(act.target);
      return target === null ? null : { op: act.op, target };
    }
    case 'slow': {
      const target = matching(act.target);
      return target === null ? null : { op: 'slow', target, on: act.on };
    }
    case 'crash-zone':
    case 'restore-zone':
      return act.az === 'C' ? null : { op: act.op, az: act.az };
    case 'sql':
      return { op: 'sql', session: act.session, statements: act.statements, text: act.text };
    case 'write':
      return { op: 'write', count: act.count };
    case 'read':
      return { op: 'read' };
    case 'workload':
      return { op: 'workload', workload: act.workload };
    default:
      return null;
  }
}
