import type { Act } from '../protocol/intervention.ts';
import type { Az } from '../protocol/topology.ts';
import type { ClusterView, HostView, InstanceView, SegmentView } from '../protocol/view.ts';
import type { Action, ActionGroup } from './power-action.ts';

/** What is not a fault and its cure: who writes, where copies are, how large the volume is. */

interface Change {
  readonly id: string;
  readonly label: string;
  readonly short: string;
  /** What it does, in one sentence. */
  readonly says: string;
  readonly act: Act;
  /** Why it cannot be done now; null when it can. */
  readonly blocked?: string | null;
}

const action = (group: ActionGroup, change: Change): Action => {
  const { act, blocked = null, ...rest } = change;
  return { ...rest, group, does: { act }, ...(blocked === null ? {} : { blocked }) };
};

/** Whatever the control plane decides waits for it. */
const unlessAway = ({ control }: ClusterView): string | null =>
  control.state === 'available' ? null : 'The control plane is down: nobody can decide this now.';

const failoverSays = ({ instances }: ClusterView): string =>
  instances.some(({ role, state }) => role === 'replica' && state === 'open')
    ? 'The replica of the best tier opens the volume in a new epoch; the old writer is shut out.'
    : 'No replica is left: a new instance has to be made, which takes longer.';

/** What can be decided about an instance. */
export function instanceChanges(view: ClusterView, instance: InstanceView): readonly Action[] {
  const { id, role, isolated, cutFrom } = instance;
  const cut = cutFrom.includes('control');
  const failover = action('Change', {
    id: 'fail-over',
    label: 'Fail over',
    short: 'Fail over',
    says: failoverSays(view),
    act: { op: 'promote', target: null },
    blocked: unlessAway(view),
  });
  const promote = action('Change', {
    id: 'promote',
    label: `Promote ${id} to writer`,
    short: 'Promote',
    says: 'It opens the volume in a new epoch and keeps its warm cache; nothing is copied.',
    act: { op: 'promote', target: id },
    blocked: instance.state === 'open' ? unlessAway(view) : `${id} is not open.`,
  });
  return [
    ...(role === 'replica' ? [promote] : [failover]),
    action(isolated ? 'Heal' : 'Fault', {
      id: 'isolate-instance',
      label: isolated ? `Reconnect ${id}` : `Isolate ${id} from the network`,
      short: isolated ? 'Reconnect' : 'Isolate',
      says: isolated
        ? 'Messages get in and out again.'
        : 'No message gets in or out; it does not know that anything is wrong.',
      act: { op: 'isolate', target: id, on: !isolated },
    }),
    action(cut ? 'Heal' : 'Fault', {
      id: 'cut-control',
      label: cut ? `Let ${id} reach the control plane` : `Cut ${id} off from the control plane`,
      short: cut ? 'Reach control' : 'Cut from control',
      says: cut
        ? 'Heartbeats arrive again.'
        : 'It is taken for dead while it still reaches its clients and its storage.',
      act: { op: 'partition', from: [id], to: ['control'], on: !cut },
    }),
  ];
}

/** What can be decided about a storage node. */
export function hostChanges(view: ClusterView, host: HostView): readonly Action[] {
  const { id, state, patching } = host;
  const empty = host.segments.length === 0 ? `${id} holds no segment.` : null;
  const [first] = host.segments;
  const segment = view.groups.flatMap(({ segments }) => segments).find((s) => s.id === first);
  return [
    ...(segment ? [corrupt(segment)] : []),
    action('Change', {
      id: 'replace',
      label: `Replace ${id} (repair)`,
      short: 'Replace',
      says: 'Each of its copies gets a successor elsewhere, filled from the others while writes go on.',
      act: { op: 'replace', target: id, reason: 'suspected' },
      blocked: unlessAway(view) ?? empty,
    }),
    action('Change', {
      id: 'relieve',
      label: `Move copies off ${id} (hot disk)`,
      short: 'Relieve',
      says: 'The same way as a repair, for a disk that is merely busy: it can be taken back.',
      act: { op: 'replace', target: id, reason: 'hot' },
      blocked: unlessAway(view) ?? empty,
    }),
    action('Change', {
      id: 'patch',
      label: `Patch ${id}`,
      short: 'Patch',
      says: 'Taken down for new software and brought back; never two copies of a group at once.',
      act: { op: 'patch', target: id },
      blocked: patching ? `${id} is being patched.` : unlessAway(view),
    }),
    action('Fault', {
      id: 'lose',
      label: `Lose ${id} for good`,
      short: 'Lose for good',
      says: 'The machine and everything on its disk are gone; restored, it comes back empty.',
      act: { op: 'lose', target: id },
      blocked: state === 'lost' ? `${id} is lost already.` : null,
    }),
  ];
}

function corrupt({ id, host, group, pages }: SegmentView): Action {
  const page = pages[0]?.page ?? null;
  return action('Fault', {
    id: 'corrupt',
    label: page === null ? 'Corrupt a page' : `Corrupt page ${page} of PG ${group} on ${host}`,
    short: 'Corrupt a page',
    says: 'A stored page no longer matches its checksum, until a scrub or a read finds it.',
    act: { op: 'corrupt', target: id, page: page ?? 0 },
    blocked: page === null ? 'It has built no page yet.' : null,
  });
}

/** What can be decided about one copy. */
export const segmentChanges = (view: ClusterView, segment: SegmentView): readonly Action[] => [
  corrupt(segment),
  action('Change', {
    id: 'replace',
    label: `Replace this copy of PG ${segment.group}`,
    short: 'Replace',
    says: 'A new member joins beside it; both count until the new one is filled or the old one is back.',
    act: { op: 'replace', target: segment.id, reason: 'suspected' },
    blocked: unlessAway(view),
  }),
];

/** What can be decided about a zone. */
export function zoneChanges(view: ClusterView, az: Az): readonly Action[] {
  const { withoutZone, patching } = view.control;
  const without = withoutZone === az;
  const other = withoutZone !== null && !without ? `AZ ${withoutZone} is given up already.` : null;
  return [
    action('Change', {
      id: 'extended-loss',
      label: without ? `Take AZ ${az} back in` : `Give AZ ${az} up for long: 3 of 4`,
      short: without ? 'Take back in' : 'Give up: 3/4',
      says: without
        ? 'Its copies are filled, then four of six count again.'
        : 'Once the four others are complete, three of four make a write durable.',
      act: { op: 'extended-loss', az, on: !without },
      blocked: unlessAway(view) ?? other,
    }),
    action('Change', {
      id: 'patch-zone',
      label: `Patch AZ ${az}, node by node`,
      short: 'Patch zone',
      says: 'Its nodes are taken down for new software one after another.',
      act: { op: 'patch', target: az },
      blocked: patching.length > 0 ? 'A patch is under way.' : unlessAway(view),
    }),
  ];
}

const grow = (view: ClusterView): Action =>
  action('Change', {
    id: 'grow',
    label: 'Grow the volume by one PG',
    short: 'Grow',
    says: 'Ten more gigabytes on six nodes, two in each zone, with a new geometry epoch.',
    act: { op: 'grow' },
    blocked: unlessAway(view),
  });

/** What can be decided about a group: all its volume can do is grow. */
export const groupChanges = (view: ClusterView): readonly Action[] => [grow(view)];

/** What can be decided about, or asked of, what stands beside the cluster. */
export function serviceActions(view: ClusterView, id: string): readonly Action[] {
  const { control, store } = view;
  const up = control.state === 'available';
  if (id === 'control')
    return [
      action(up ? 'Fault' : 'Heal', {
        id: 'control',
        label: up ? 'Take the control plane down' : 'Bring the control plane back',
        short: up ? 'Take down' : 'Bring back',
        says: up
          ? 'Reads and writes go on; nothing is elected, repaired or grown until it is back.'
          : 'What was put off is done now.',
        act: { op: 'control', on: !up },
      }),
      action('Change', {
        id: 'fail-over',
        label: 'Fail over',
        short: 'Fail over',
        says: failoverSays(view),
        act: { op: 'promote', target: null },
        blocked: unlessAway(view),
      }),
      grow(view),
    ];
  if (id !== 'S3' || !store) return [];
  return [
    action('Change', {
      id: 'restore-volume',
      label: 'Restore to the latest restorable time',
      short: 'Restore',
      says: 'A new volume is made from the backup and can be queried; this one goes on untouched.',
      act: { op: 'restore-volume', toUs: store.restorableToUs },
    }),
  ];
}
