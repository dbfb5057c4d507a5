import type { ClusterView } from '../../protocol/view.ts';
import { numberText } from '../../scene/words.ts';
import { clockText } from '../../store/clock-text.ts';
import { lsnText } from '../format.ts';
import type { Fact, Facts, FactTable } from './facts.ts';

/** What stands beside the cluster: control plane, object store, a restored volume. */
export function serviceFacts(view: ClusterView, id: string): Facts | null {
  if (id === 'control') return controlFacts(view);
  return id === 'S3' ? storeFacts(view) : restoredFacts(view);
}

function controlFacts(view: ClusterView): Facts {
  const { control, volume, endpoint } = view;
  return {
    kind: 'Control plane',
    name: 'Control plane',
    says:
      control.state === 'available'
        ? 'Keeps epochs and memberships, watches instances, and has broken copies replaced.'
        : 'Down. The volume goes on without it; nothing about the volume can be changed.',
    chart: control.chart,
    facts: [
      { label: 'Volume epoch', term: 'epoch', value: numberText(volume.epoch) },
      { label: 'Geometry epoch', term: 'geometry epoch', value: numberText(volume.geometryEpoch) },
      { label: 'Quorum model', value: volume.model },
      { label: 'Cluster endpoint leads to', value: endpoint.writer },
      { label: 'Suspects', value: control.suspects.join(', ') || 'nobody' },
      ...changes(view),
    ],
    tables: [repairTable(view)],
  };
}

/** What is under way just now, one line each. */
function changes({ control }: ClusterView): readonly Fact[] {
  const { failover, growing, patching, withoutZone } = control;
  return [
    ...(failover
      ? [
          { label: 'Failover', term: 'failover' as const, value: failover.phase },
          { label: 'From, to', value: `${failover.from}, ${failover.target ?? 'not chosen yet'}` },
        ]
      : []),
    ...(growing
      ? [{ label: 'Adds', value: `PG ${growing.group}, geometry epoch ${growing.epoch}` }]
      : []),
    ...(patching.length > 0 ? [{ label: 'Patches', value: patching.join(', ') }] : []),
    ...(withoutZone ? [{ label: 'Given up for long', value: `AZ ${withoutZone}` }] : []),
  ];
}

const repairTable = ({ groups }: ClusterView): FactTable => ({
  caption: 'Copies being replaced',
  columns: ['PG', 'Old', 'New', 'On', 'Filled'],
  rows: groups.flatMap(({ id, places }) =>
    places.flatMap(({ member, replacement }) =>
      replacement
        ? [[`${id}`, member, replacement.member, replacement.host, `${replacement.percent} %`]]
        : [],
    ),
  ),
});

function storeFacts({ store, volume }: ClusterView): Facts | null {
  if (!store) return null;
  return {
    kind: 'Object store',
    name: 'S3',
    says: 'Storage nodes copy log and pages here all the time; no instance has a part in it.',
    chart: null,
    facts: [
      { label: 'Backed up to', term: 'backup', value: lsnText(store.backedUpTo) },
      { label: 'Volume durable up to', acronym: 'VDL', value: lsnText(volume.vdl) },
      { label: 'Behind by', value: `${numberText(store.behind)} LSNs` },
      { label: 'Latest restorable time', term: 'PITR', value: clockText(store.restorableToUs) },
    ],
    tables: [],
  };
}

function restoredFacts({ restored }: ClusterView): Facts | null {
  if (!restored) return null;
  const { state, asOfUs, vdl, percent } = restored;
  return {
    kind: 'Restored volume',
    name: 'restored',
    says:
      state === 'open'
        ? 'A new volume made from the backup. It can be queried; the first one goes on untouched.'
        : 'Being made from the backup; the first volume goes on untouched.',
    chart: state,
    facts: [
      { label: 'As of', term: 'PITR', value: clockText(asOfUs) },
      { label: 'Ends at', acronym: 'VDL', value: vdl === null ? 'not known yet' : lsnText(vdl) },
      { label: 'Done', value: `${percent} %` },
    ],
    tables: [],
  };
}
