import type { ActorId } from '../engine/effect.ts';
import type { ClusterConfig } from './config.ts';

/** What every instance of a cluster is started with, whichever part it plays. */
export interface InstanceSettings
  extends Pick<
    ClusterConfig,
    | 'allocationLimit'
    | 'pgclRule'
    | 'cachePages'
    | 'pagesPerGroup'
    | 'hostsPerZone'
    | 'detection'
    | 'mutations'
    | 'replicaBehindUs'
  > {
  /** The database that new connections start in; null when the volume has none. */
  readonly firstDatabase: string | null;
  /** The instances that the cluster starts with. */
  readonly instances: readonly ActorId[];
}
