import type { Lsn } from '../database/ids.ts';
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
    | 'maxGroups'
  > {
  /** Groups that the volume begins with, and the LSN that every group begins at. */
  readonly firstGroups: number;
  readonly firstLsn: Lsn;
  /** The database that new connections start in; null when the volume has none. */
  readonly firstDatabase: string | null;
  /** The instances that the cluster starts with. */
  readonly instances: readonly ActorId[];
}
