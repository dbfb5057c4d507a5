import type { ClusterView, InstanceView } from './view.ts';
import { controlIn, type World, writerIn } from './view-actors.ts';
import { restoredView, storeView } from './view-backup.ts';
import type { ControlView } from './view-change.ts';
import { changesView, suspectedHosts } from './view-members.ts';
import { endpointView, watchView } from './view-recovery.ts';

type Services = Pick<ClusterView, 'control' | 'endpoint' | 'store' | 'restored'>;

/** What stands beside the cluster: control plane, endpoint, backup, a restored volume. */
export function serviceViews(world: World, instances: readonly InstanceView[]): Services {
  const { vdl } = writerIn(world).context.volume;
  const { chart, state } = controlIn(world);
  const watch = watchView(world);
  return {
    control: {
      state: state === 'unavailable' ? 'unavailable' : 'available',
      chart,
      ...watch,
      suspects: [...watch.suspects, ...suspectedHosts(world)],
      ...changesView(world),
      growing: growingIn(world),
    },
    endpoint: endpointView(world, instances),
    store: storeView(world, vdl),
    restored: restoredView(world),
  };
}

/** The group that is being founded, and the geometry epoch it will bring. */
function growingIn(world: World): ControlView['growing'] {
  const { growth, geometryEpoch } = controlIn(world).context;
  return growth === null ? null : { group: growth.group, epoch: geometryEpoch + 1 };
}
