import type { Az } from '../protocol/topology.ts';
import type { ClusterView } from '../protocol/view.ts';
import {
  type Deed,
  dropNext,
  isolation,
  power,
  readAt,
  slowness,
  writes,
  zonePower,
} from '../store/acts.ts';
import type { Selection } from '../store/app-store.ts';
import type { Milestone } from '../store/moment-of.ts';
import {
  groupChanges,
  hostChanges,
  instanceChanges,
  segmentChanges,
  serviceActions,
  zoneChanges,
} from './actions-change.ts';
import { segmentOf } from './inspector/segments.ts';
import { type Action, deed } from './power-action.ts';

const shortened = (action: Action, [fault, heal]: readonly [string, string]): Action => ({
  ...action,
  short: action.group === 'Heal' ? heal : fault,
});

const workload = (id: string, keys: string, done: Deed): Action => ({
  ...deed(id, keys, done),
  group: 'Workload',
});

const selects = (kind: Selection['kind'], id: string | number, label: string): Action => ({
  id: `select ${kind}`,
  group: 'Inspect',
  label,
  short: label.replace('Select ', ''),
  does: { select: { kind, id: String(id) } },
});

const goes = (label: string, goTo: Milestone): Action => ({
  id: `go to ${goTo.of}`,
  group: 'Inspect',
  label,
  does: { goTo },
});

/** What can be done to a thing, the most wanted first. */
export function actionsFor(view: ClusterView, { kind, id }: Selection): readonly Action[] {
  switch (kind) {
    case 'node':
      return nodeActions(view, id);
    case 'instance':
      return instanceActions(view, id);
    case 'zone':
      return [deed('crash-zone', 'X', zonePower(view, id as Az)), ...zoneChanges(view, id as Az)];
    case 'segment':
      return segmentActions(view, id);
    case 'group':
      return groupActions(view, Number(id));
    case 'transaction':
      return [
        {
          id: 'follow',
          group: 'Inspect',
          label: 'Follow this write',
          does: { follow: Number(id) },
        },
        goes('Go to its answer', { of: 'answer', txn: Number(id) }),
      ];
    case 'record':
      return [
        goes('Go to its sending', { of: 'sending', lsn: Number(id) }),
        goes('Go to where it is durable', { of: 'durability', lsn: Number(id) }),
      ];
    case 'page':
    case 'client':
      return [];
    case 'service':
      return serviceActions(view, id);
  }
}

function nodeActions(view: ClusterView, id: string): readonly Action[] {
  const host = view.hosts.find((each) => each.id === id);
  const az = host?.az;
  return [
    deed('crash', 'X', power(view, id)),
    shortened(deed('slow', 'Z', slowness(view, id)), ['Slow ×10', 'Normal speed']),
    shortened(deed('drop', 'D', dropNext(view, id)), ['Drop next', 'Drop next']),
    shortened(deed('isolate', 'I', isolation(view, id)), ['Isolate', 'Reconnect']),
    ...(host ? hostChanges(view, host) : []),
    ...(az ? [selects('zone', az, `Select AZ ${az}`)] : []),
  ];
}

function instanceActions(view: ClusterView, id: string): readonly Action[] {
  const instance = view.instances.find((each) => each.id === id);
  if (!instance) return [];
  return [
    ...(instance.role === 'writer'
      ? [{ ...workload('write', 'W', writes(view, 1)), short: 'Write' }]
      : []),
    { ...workload('read', 'R', readAt(view, id)), short: 'Read a row' },
    deed('crash', 'X', power(view, id)),
    ...instanceChanges(view, instance),
    selects('zone', instance.az, `Select AZ ${instance.az}`),
  ];
}

function segmentActions(view: ClusterView, id: string): readonly Action[] {
  const segment = segmentOf(view, id);
  if (!segment) return [];
  return [
    selects('node', segment.host, `Select node ${segment.host}`),
    selects('group', segment.group, `Select PG ${segment.group}`),
    ...segmentChanges(view, segment),
    ...nodeActions(view, segment.host).filter(
      ({ group, id: name }) => ['Fault', 'Heal'].includes(group) && name !== 'corrupt',
    ),
  ];
}

function groupActions(view: ClusterView, id: number): readonly Action[] {
  const copies = view.groups[id]?.segments ?? [];
  const hosts = [
    copies.find(({ state }) => state === 'down')?.host,
    copies.find(({ state }) => state !== 'down')?.host,
  ];
  return [
    { id: 'focus', group: 'Inspect', label: 'Show on the stage', does: { focusGroup: id } },
    ...groupChanges(view),
    ...hosts.flatMap((host) =>
      host === undefined ? [] : [{ ...deed(`power ${host}`, '', power(view, host)), keys: '' }],
    ),
  ];
}
