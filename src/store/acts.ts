import type { ActorId } from '../engine/effect.ts';
import { afterAll } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { nameIn } from '../protocol/narration/words.ts';
import { AZS, type Az, WRITER } from '../protocol/topology.ts';
import type { ClusterView, HostView, InstanceView } from '../protocol/view.ts';
import type { AppStore, Selection } from './app-store.ts';
import type { RunPlayer } from './run-player.ts';

/** What can be done to something now: its name, and the act, or a sentence saying why not. */
export interface Deed {
  readonly title: string;
  readonly act: Act | null;
  readonly reason: string | null;
  /** For things that are on or off: whether it is on. */
  readonly on: boolean;
}

const can = (title: string, act: Act, on = false): Deed => ({ title, act, reason: null, on });
const cannot = (title: string, reason: string, on = false): Deed => ({
  title,
  act: null,
  reason,
  on,
});

const NOTHING = 'Select a storage node or an instance first.';
const NODES_ONLY = 'Only storage nodes can do this. Select one first.';

/** The machine that a selection stands for: a segment is its node; a zone or a record is none. */
export function machineOf(selection: Selection | null, view: ClusterView): ActorId | null {
  switch (selection?.kind) {
    case 'node':
    case 'instance':
      return selection.id;
    case 'segment': {
      const segments = view.groups.flatMap((group) => group.segments);
      return segments.find((segment) => segment.id === selection.id)?.host ?? null;
    }
    default:
      return null;
  }
}

const hostIn = (view: ClusterView, id: ActorId | null): HostView | undefined =>
  view.hosts.find((host) => host.id === id);
const instanceIn = (view: ClusterView, id: ActorId | null): InstanceView | undefined =>
  view.instances.find((instance) => instance.id === id);

/** A machine as it is called now: the writer by its part. */
const nameOf = ({ instances }: ClusterView, id: ActorId): string =>
  nameIn(id, instances.find(({ role }) => role === 'writer')?.id ?? WRITER);

/** The Availability Zone that a selection is, or lies in. */
export function zoneOf(selection: Selection | null, view: ClusterView): Az | null {
  if (selection?.kind === 'zone') return AZS.find((az) => az === selection.id) ?? null;
  const machine = machineOf(selection, view);
  return hostIn(view, machine)?.az ?? instanceIn(view, machine)?.az ?? null;
}

/** Crash what is up, restore what is down. */
export function power(view: ClusterView, target: ActorId | null): Deed {
  if (target === null) return cannot('Crash', NOTHING);
  const name = nameOf(view, target);
  const state = hostIn(view, target)?.state ?? instanceIn(view, target)?.state;
  switch (state) {
    case undefined:
      return cannot('Crash', NOTHING);
    case 'restarting':
      return cannot(`Restore ${name}`, `${name} is already restarting.`, true);
    case 'lost':
      return can(`Bring ${name} back, empty`, { op: 'restore', target }, true);
    case 'down':
      return can(`Restore ${name}`, { op: 'restore', target }, true);
    default:
      return can(`Crash ${name}`, { op: 'crash', target });
  }
}

/** Take a zone down, or bring all of it back. */
export function zonePower(view: ClusterView, az: Az | null): Deed {
  const zone = view.zones.find((each) => each.az === az);
  if (!zone)
    return cannot('Take the zone down', 'Select an Availability Zone, or something in one.');
  return zone.state === 'down'
    ? can(`Restore Availability Zone ${zone.az}`, { op: 'restore-zone', az: zone.az }, true)
    : can(`Take down Availability Zone ${zone.az}`, { op: 'crash-zone', az: zone.az });
}

/** What is done to a storage node that runs, with its name and its reason when it does not. */
function toNode(
  view: ClusterView,
  target: ActorId | null,
  title: string,
  deed: (host: HostView) => Deed,
): Deed {
  const host = hostIn(view, target);
  if (!host) return cannot(title, NODES_ONLY);
  return host.state === 'up' ? deed(host) : cannot(title, `${host.id} is down.`);
}

export const slowness = (view: ClusterView, target: ActorId | null): Deed =>
  toNode(view, target, 'Slow ×10', ({ id, slow }) =>
    can(
      slow ? `Bring ${id} back to normal speed` : `Slow ${id} ×10`,
      { op: 'slow', target: id, on: !slow },
      slow,
    ),
  );

export const isolation = (view: ClusterView, target: ActorId | null): Deed =>
  toNode(view, target, 'Isolate', ({ id, isolated }) =>
    can(
      isolated ? `Reconnect ${id}` : `Isolate ${id} from the network`,
      { op: 'isolate', target: id, on: !isolated },
      isolated,
    ),
  );

/** Any machine can be kept from hearing the next message; of a node it is known whether it will be. */
export function dropNext(view: ClusterView, target: ActorId | null): Deed {
  const title = 'Drop the next message';
  if (target === null) return cannot(title, NOTHING);
  const toWhom = `${title} to ${nameOf(view, target)}`;
  const host = hostIn(view, target);
  if ((host ?? instanceIn(view, target))?.state === 'down') {
    return cannot(toWhom, `${nameOf(view, target)} is down.`);
  }
  return host?.dropNext
    ? cannot(toWhom, `The next message to ${host.id} is already marked.`, true)
    : can(toWhom, { op: 'drop-next', target });
}

/** One read: at the instance selected, else at a replica, else at the writer. */
export function readAt(view: ClusterView, selected: ActorId | null): Deed {
  const open = view.instances.filter((instance) => instance.state === 'open');
  const chosen = instanceIn(view, selected);
  if (chosen && chosen.state !== 'open')
    return cannot('Read a row', `${nameOf(view, chosen.id)} is down.`);
  const instance = chosen ?? open.find(({ role }) => role === 'replica') ?? open[0];
  if (!instance) return cannot('Read a row', 'No instance is up to read from.');
  const where = instance.role === 'writer' ? 'the writer' : instance.id;
  return can(`Read a row at ${where}`, { op: 'read', target: instance.id });
}

export function writes(view: ClusterView, count: number): Deed {
  const title = count === 1 ? 'Write one transaction' : `Write ${count} transactions`;
  const up = view.instances.some(({ role, state }) => role === 'writer' && state === 'open');
  return up ? can(title, { op: 'write', count }) : cannot(title, 'The writer is down.');
}

/** Does an act and says so in a toast that offers to take it back. */
export function perform(player: RunPlayer, store: AppStore, act: Act): void {
  const { toast } = store.getState();
  const [before, run] = [player.branches()[0], player.run()];
  const sentence = player.intervene(act);
  if (player.run() === run) {
    toast(sentence, { tone: 'problem' });
    return;
  }
  // What an act brings about arrives within its own microsecond: while time stands, let that pass.
  if (player.state() === 'paused') player.seek(afterAll(player.position().timeUs));
  const forked = player.branches()[0] !== before;
  if (forked) {
    const kept = 'You changed the past. The old future is kept as a ghost branch.';
    toast(`${sentence}. ${kept}`, { action: 'switch back' });
  } else toast(sentence, { action: 'undo' });
}
