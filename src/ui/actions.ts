import type { Act } from '../protocol/intervention.ts';
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
import { segmentOf } from './inspector/segments.ts';

export type ActionGroup = 'Fault' | 'Heal' | 'Workload' | 'Inspect';

/** One thing that can be done to what is selected. */
export interface Action {
  readonly id: string;
  readonly group: ActionGroup;
  readonly label: string;
  /** The same in two words, where the thing itself is named beside it. */
  readonly short?: string;
  readonly keys?: string;
  /** Why it cannot be done now; it stays visible and says so. */
  readonly blocked?: string;
  readonly does:
    | { readonly act: Act | null }
    | { readonly select: Selection }
    | { readonly focusGroup: number }
    | { readonly follow: number };
}

/** A deed as an action; what is on already is healed by doing it again. */
const deed = (id: string, keys: string, { title, act, reason, on }: Deed): Action => ({
  id,
  group: on ? 'Heal' : 'Fault',
  label: title,
  keys,
  ...(reason === null ? {} : { blocked: reason }),
  does: { act },
});

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

/** What can be done to a thing, the most wanted first. */
export function actionsFor(view: ClusterView, { kind, id }: Selection): readonly Action[] {
  switch (kind) {
    case 'node':
      return nodeActions(view, id);
    case 'instance':
      return instanceActions(view, id);
    case 'zone':
      return [deed('crash-zone', 'X', zonePower(view, id as Az))];
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
      ];
    case 'record':
    case 'page':
    case 'client':
    case 'service':
      return [];
  }
}

/** Crash or Restore, whichever fits: the power button of a machine or a zone. */
export const powerAction = (view: ClusterView, kind: Selection['kind'], id: string): Action =>
  kind === 'zone'
    ? deed('crash-zone', 'X', zonePower(view, id as Az))
    : deed('crash', 'X', power(view, id));

function nodeActions(view: ClusterView, id: string): readonly Action[] {
  const az = view.hosts.find((host) => host.id === id)?.az;
  return [
    deed('crash', 'X', power(view, id)),
    shortened(deed('slow', 'Z', slowness(view, id)), ['Slow ×10', 'Normal speed']),
    shortened(deed('drop', 'D', dropNext(view, id)), ['Drop next', 'Drop next']),
    shortened(deed('isolate', 'I', isolation(view, id)), ['Isolate', 'Reconnect']),
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
    selects('zone', instance.az, `Select AZ ${instance.az}`),
  ];
}

function segmentActions(view: ClusterView, id: string): readonly Action[] {
  const segment = segmentOf(view, id);
  if (!segment) return [];
  return [
    selects('node', segment.host, `Select node ${segment.host}`),
    selects('group', segment.group, `Select PG ${segment.group}`),
    ...nodeActions(view, segment.host).filter(({ group }) => group !== 'Inspect'),
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
    ...hosts.flatMap((host) =>
      host === undefined ? [] : [{ ...deed(`power ${host}`, '', power(view, host)), keys: '' }],
    ),
  ];
}
