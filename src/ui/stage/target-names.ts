import { WRITER } from '../../protocol/topology.ts';
import type { ClusterView, HostView, InstanceView, SegmentView } from '../../protocol/view.ts';
import type { Target } from '../../scene/layout.ts';
import { plural } from '../../scene/words.ts';
import { segmentOf, segmentsOf } from '../inspector/segments.ts';

/** What a target is called, with its state in words. */
export function targetName(view: ClusterView, { kind, id }: Target): string {
  switch (kind) {
    case 'client':
      return `Clients: ${plural(view.clients.length, 'connection')}, ${plural(view.counters.commits, 'commit')} returned`;
    case 'zone':
      return `Availability Zone ${id}, ${view.zones.find(({ az }) => az === id)?.state ?? 'unknown'}`;
    case 'service':
      return serviceName(view, id);
    case 'instance':
      return instanceName(view.instances.find((each) => each.id === id));
    case 'segment':
      return segmentWords(segmentOf(view, id));
    case 'host': {
      const host = view.hosts.find((each) => each.id === id);
      return host ? hostName(host, segmentsOf(view, host.segments)) : id;
    }
  }
}

function serviceName({ control, store, restored }: ClusterView, id: string): string {
  if (id === 'S3') return `Object store, backed up to ${store?.backedUpTo ?? 0}`;
  if (id === 'restored') return `Restored volume, ${restored?.state ?? 'not there'}`;
  return `Control plane, ${control.state}`;
}

const PARTS: Readonly<Record<InstanceView['role'], string>> = {
  writer: 'Writer',
  zombie: 'Old writer',
  replica: 'Replica',
};

function instanceName(instance: InstanceView | undefined): string {
  if (!instance) return '';
  const { id, role, state, readPoint } = instance;
  const own = role === 'writer' && id === WRITER ? '' : ` ${id}`;
  const point = role === 'replica' ? 'read view' : 'durable up to';
  return `${PARTS[role]}${own}, ${state}, ${point} ${readPoint}`;
}

function segmentWords(segment: SegmentView | undefined): string {
  if (!segment) return '';
  const { group, slot, host, state, scl, ahead } = segment;
  const gap = ahead.length > 0 ? ', records missing' : '';
  return `Segment PG ${group} slot ${slot} on ${host}, ${state}, complete to ${scl}${gap}`;
}

function hostName(host: HostView, segments: readonly SegmentView[]): string {
  const holds = segments.map(({ group, slot }) => `PG ${group} slot ${slot}`).join(' and ');
  return [
    `Storage node ${host.id}`,
    ...hostStates(host),
    ...(holds ? [`holds ${holds}`] : []),
    ...segments.filter(({ ahead }) => ahead.length > 0).map(missingWords),
  ].join(', ');
}

const missingWords = ({ group, scl }: SegmentView): string =>
  `PG ${group} missing records after ${scl}`;

function hostStates({ state, slow, isolated, dropNext }: HostView): readonly string[] {
  if (state !== 'up') return [state];
  const troubles = [
    ...(slow ? ['slow'] : []),
    ...(isolated ? ['isolated'] : []),
    ...(dropNext ? ['next message will be lost'] : []),
  ];
  return troubles.length > 0 ? troubles : ['healthy'];
}
