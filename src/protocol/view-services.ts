import type { ClusterView, InstanceView } from './view.ts';
import type { World } from './view-actors.ts';
import { controlIn, writerIn } from './view-actors.ts';
import { restoredView, storeView } from './view-backup.ts';

type Services = Pick<ClusterView, 'control' | 'endpoint' | 'store' | 'restored'>;

/** What stands beside the cluster: control plane, endpoint, backup, a restored volume. */
export function serviceViews(world: World, instances: readonly InstanceView[]): Services {
  const { vdl } = writerIn(world).context.volume;
  const { context: control, chart, state } = controlIn(world);
  const writer = instances.find(({ id }) => id === control.writer);
  return {
    control: {
      state: state === 'unavailable' ? 'unavailable' : 'available',
      chart,
      failover: null,
      suspects: [],
      patching: [],
      withoutZone: null,
      growing: null,
    },
    endpoint: { writer: control.writer, sinceUs: 0, moving: writer?.state !== 'open' },
    store: storeView(world, vdl),
    restored: restoredView(world),
  };
}
