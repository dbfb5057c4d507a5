import type { ClusterView, HostView, InstanceView } from '../../protocol/view.ts';
import { durationText, lsnText, numberText, plural } from '../format.ts';
import type { Fact, Facts } from './facts.ts';
import { segmentsOf } from './segments.ts';

export function hostFacts(view: ClusterView, id: string): Facts | null {
  const host = view.hosts.find((each) => each.id === id);
  if (!host) return null;
  const segments = segmentsOf(view, host.segments);
  return {
    kind: 'Storage node',
    name: host.id,
    says: `${hostState(host)} in Availability Zone ${host.az}. Holds ${plural(segments.length, 'segment')}.`,
    chart: host.chart,
    facts: [
      { label: 'Requests waiting for its disk', value: numberText(host.diskQueue) },
      { label: 'Disk', value: host.slow ? 'slow, ten times' : 'normal' },
      { label: 'Network', value: host.isolated ? 'isolated' : 'connected' },
      { label: 'Next message to it', value: host.dropNext ? 'will be dropped' : 'arrives' },
    ],
    tables: [
      {
        caption: 'Segments here',
        columns: ['Segment', 'Complete up to', 'Missing', 'State'],
        rows: segments.map((segment) => [
          `PG ${segment.group} · ${segment.slot}`,
          lsnText(segment.scl),
          segment.ahead.length > 0 ? plural(segment.ahead.length, 'gap') : 'nothing',
          segment.state,
        ]),
      },
    ],
  };
}

function hostState(host: HostView): string {
  if (host.state !== 'up') return host.state === 'down' ? 'Down' : 'Restarting';
  if (host.isolated) return 'Isolated from the network';
  return host.slow ? 'Slow' : 'Healthy';
}

export function instanceFacts(view: ClusterView, id: string): Facts | null {
  const instance = view.instances.find((each) => each.id === id);
  if (!instance) return null;
  const writer = instance.role === 'writer';
  return {
    kind: writer ? 'Writer' : 'Replica',
    name: writer ? 'Writer' : instance.id,
    says: instanceSentence(instance),
    chart: instance.chart,
    facts: writer ? writerFacts(view, instance) : replicaFacts(instance),
    tables: [cacheTable(instance), ...waiting(instance), ...sessions(instance)],
  };
}

function instanceSentence(instance: InstanceView): string {
  if (instance.state === 'down') return `Down in Availability Zone ${instance.az}.`;
  if (instance.stalled) return instance.stalled;
  const open = `Open in Availability Zone ${instance.az}.`;
  if (instance.role === 'replica')
    return `${open} Reads up to record ${lsnText(instance.readPoint)}.`;
  const waits = instance.waitingCommits.length;
  return waits > 0 ? `${open} ${plural(waits, 'commit')} waiting for durability.` : open;
}

function writerFacts(view: ClusterView, instance: InstanceView): readonly Fact[] {
  const { volume } = view;
  return [
    { label: 'Next record', acronym: 'LSN', value: String(volume.allocated + 1) },
    { label: 'Durable up to', acronym: 'VDL', value: lsnText(volume.vdl) },
    { label: 'Volume complete up to', acronym: 'VCL', value: lsnText(volume.vcl) },
    { label: 'Records not durable yet', value: numberText(volume.allocated - volume.vdl) },
    {
      label: 'Highest record it may issue',
      acronym: 'LAL',
      value: lsnText(volume.allocationLimit),
    },
    { label: 'Epoch', term: 'epoch', value: numberText(volume.epoch) },
    { label: 'Cache', value: cacheText(instance) },
  ];
}

function replicaFacts(instance: InstanceView): readonly Fact[] {
  return [
    { label: 'Read view', acronym: 'read point', value: lsnText(instance.readPoint) },
    { label: 'Newest record received', value: lsnText(instance.highestReceived) },
    { label: 'Behind the writer by', value: durationText(instance.lagUs) },
    { label: 'Records applied to its cache', value: numberText(instance.applied) },
    { label: 'Records skipped', value: numberText(instance.skipped) },
    { label: 'Cache', value: cacheText(instance) },
    { label: 'Reads found in cache', value: hitText(instance) },
  ];
}

const cacheText = ({ cache, cacheCapacity }: InstanceView): string =>
  `${numberText(cache.length)} of ${plural(cacheCapacity, 'page')}`;

function hitText({ hits, misses }: InstanceView): string {
  const all = hits + misses;
  return all === 0 ? 'no reads yet' : `${Math.round((100 * hits) / all)} % of ${numberText(all)}`;
}

const cacheTable = (instance: InstanceView) => ({
  caption: 'Pages in cache, newest use first',
  columns: ['Page', 'PG', 'At record', 'May be evicted'],
  rows: instance.cache
    .slice(0, 12)
    .map(({ page, group, lsn, durable }) => [
      String(page),
      String(group),
      lsnText(lsn),
      durable ? 'yes' : 'not durable yet',
    ]),
});

const waiting = ({ waitingCommits }: InstanceView) =>
  waitingCommits.length === 0
    ? []
    : [
        {
          caption: 'Commits waiting',
          columns: ['Transaction', 'Needs durable'],
          rows: waitingCommits.map(({ txn, lsn }) => [String(txn), lsnText(lsn)]),
        },
      ];

const sessions = ({ sessions: open }: InstanceView) =>
  open.length === 0
    ? []
    : [
        {
          caption: 'Sessions',
          columns: ['Session', 'State', 'Transaction'],
          rows: open.map(({ session, state, txn }) => [
            String(session),
            state,
            txn === null ? '–' : String(txn),
          ]),
        },
      ];
