import { AZS, type Az } from './topology.ts';
import type { ClusterView, HostView, ZoneView } from './view.ts';
import { controlIn, instanceIds, instanceIn, type World, writerIn } from './view-actors.ts';
import { flightViews } from './view-flights.ts';
import { clientViews, instanceView, rebuildViews, transactionViews } from './view-instances.ts';
import { serviceViews } from './view-services.ts';
import { groupView, hostView } from './view-storage.ts';
import { allocationCeiling } from './writer.ts';
import { lowestReadPoint } from './writer-issue.ts';

export type { World } from './view-actors.ts';

/** Everything that may be shown of the present moment, as plain data. Pure. */
export function viewOf(world: World): ClusterView {
  const { cluster } = world.network;
  const { context: writer } = writerIn(world);
  const hosts = cluster.hosts.map((id) => hostView(world, id));
  const { volume, counters } = writer;
  const flights = flightViews(world);
  const instances = instanceIds(world).map((id) => instanceView(world, id));
  return {
    timeUs: world.position.timeUs,
    volume: {
      allocated: writer.prevVolumeLsn,
      vcl: volume.vcl,
      vdl: volume.vdl,
      allocationLimit: allocationCeiling(writer),
      epoch: writer.epoch,
      geometryEpoch: controlIn(world).context.geometryEpoch,
      model: cluster.config.quorumModel,
      ranges: controlIn(world).context.ranges,
      pgmrpl: lowestReadPoint(writer),
    },
    zones: AZS.map((az) => zoneView(az, hosts)),
    instances,
    hosts,
    groups: [...writer.groups].map((group) => groupView(world, group)),
    flights,
    transactions: transactionViews(world),
    rebuilds: rebuildViews(world),
    clients: clientViews(world),
    ...serviceViews(world, instances),
    counters: {
      events: world.count,
      messages: flights.length,
      commits: commitsReturned(world),
      batches: counters.batches,
      lost: flights.filter(({ lost }) => lost !== null).length,
    },
  };
}

/** By everybody who is or was the writer. */
const commitsReturned = (world: World): number =>
  instanceIds(world).reduce((sum, id) => {
    const { context } = instanceIn(world, id);
    return sum + (context.role === 'writer' ? context.counters.commits : context.commits);
  }, 0);

function zoneView(az: Az, hosts: readonly HostView[]): ZoneView {
  const here = hosts.filter((host) => host.az === az);
  const down = here.filter(({ state }) => state !== 'up').length;
  return { az, state: down === 0 ? 'up' : down === here.length ? 'down' : 'partly down' };
}
