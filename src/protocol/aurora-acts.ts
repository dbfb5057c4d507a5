import { clientOf } from '../database/connections.ts';
import { undoPageOf } from '../database/layout.ts';
import type { ActorId } from '../engine/effect.ts';
import type { Post, Reaction } from '../engine/model.ts';
import { signal } from '../engine/signal.ts';
import type { Act } from './intervention.ts';
import type {
  Burst,
  Corrupt,
  ExtendedLoss,
  Patch,
  Promote,
  Raw,
  ReadOnce,
  Replace,
  RestoreVolume,
  SetWorkload,
  Submit,
} from './messages.ts';
import type { HostLost } from './messages-membership.ts';
import { type Blocked, type Network, withItem, without } from './network.ts';
import type { AuroraNote } from './notes.ts';
import { CONTROL, LOAD, nextWriterId, STORE, WRITER, zoneOfInstance } from './topology.ts';

/** What an act does at once: posts to actors, and changes to the network. */
export function reactTo(
  network: Network,
  act: Act,
  isThere: (actor: ActorId) => boolean,
): Reaction<Network> {
  switch (act.op) {
    case 'crash':
      return posted(network, [{ to: act.target, message: signal('CRASH') }]);
    case 'restore':
      return posted(healed(network, [act.target]), [
        { to: act.target, message: signal('RESTORE') },
      ]);
    case 'crash-zone':
      return zone(network, act.az, 'CRASH', isThere);
    case 'restore-zone':
      return zone(network, act.az, 'RESTORE', isThere);
    case 'slow': {
      const slow = (act.on ? withItem : without)(network.slow, act.target);
      const message = signal(act.on ? 'SLOW' : 'NORMAL');
      return posted({ ...network, slow }, [{ to: act.target, message }]);
    }
    case 'isolate': {
      const isolated = (act.on ? withItem : without)(network.isolated, act.target);
      const message = signal(act.on ? 'ISOLATE' : 'CONNECT');
      return posted({ ...network, isolated }, [{ to: act.target, message }]);
    }
    case 'drop-next': {
      const dropNext = withItem(network.dropNext, act.target);
      return told({ ...network, dropNext }, { type: 'drop-armed', target: act.target });
    }
    case 'loss':
      return told({ ...network, lossPpm: act.ppm }, { type: 'loss-rate', ppm: act.ppm });
    case 'duplicate':
      return told({ ...network, duplicatePpm: act.ppm }, { type: 'duplicate-rate', ppm: act.ppm });
    case 'partition':
      return partition(network, act);
    case 'sql':
    case 'write':
    case 'read':
    case 'workload':
      return posted(network, [request(act)]);
    case 'lose': {
      const lost: HostLost = { type: 'HOST_LOST', host: act.target };
      return posted(network, [order(network, act), { to: CONTROL, message: lost }]);
    }
    default:
      return posted(network, [order(network, act)]);
  }
}

type Order = Extract<
  Act,
  {
    readonly op:
      | 'control'
      | 'lose'
      | 'corrupt'
      | 'promote'
      | 'replace'
      | 'patch'
      | 'extended-loss'
      | 'grow'
      | 'records'
      | 'restore-volume';
  }
>;

/** Acts that an operator would ask of the control plane, or do to one machine. */
function order({ cluster }: Network, act: Order): Post {
  switch (act.op) {
    case 'control':
      return { to: CONTROL, message: signal(act.on ? 'CONTROL_UP' : 'CONTROL_DOWN') };
    case 'lose':
      return { to: act.target, message: signal('LOSE') };
    case 'corrupt': {
      const corrupt: Corrupt = { type: 'CORRUPT', page: act.page };
      return { to: act.target, message: corrupt };
    }
    case 'promote': {
      const promote: Promote = { type: 'PROMOTE', target: act.target };
      return { to: CONTROL, message: promote };
    }
    case 'replace': {
      const replace: Replace = { type: 'REPLACE', target: act.target, reason: act.reason };
      return { to: CONTROL, message: replace };
    }
    case 'patch': {
      const patch: Patch = { type: 'PATCH', target: act.target };
      return { to: CONTROL, message: patch };
    }
    case 'extended-loss': {
      const loss: ExtendedLoss = { type: 'EXTENDED_LOSS', az: act.az, on: act.on };
      return { to: CONTROL, message: loss };
    }
    case 'records': {
      const pages = act.groups.map((group) => undoPageOf(cluster.config, group, 0));
      const raw: Raw = { type: 'RAW', pages };
      return { to: LOAD, message: raw };
    }
    case 'grow':
      return { to: CONTROL, message: signal('GROW') };
    case 'restore-volume': {
      const restore: RestoreVolume = { type: 'RESTORE_VOLUME', toUs: act.toUs };
      return { to: STORE, message: restore };
    }
  }
}

/** Cuts or mends the links from every one of `from` to every one of `to`. */
function partition(
  network: Network,
  { from, to, on }: Extract<Act, { readonly op: 'partition' }>,
): Reaction<Network> {
  const isMeant = (pair: Blocked): boolean => from.includes(pair.from) && to.includes(pair.to);
  const others = network.blocked.filter((pair) => !isMeant(pair));
  const cut = from.flatMap((one) => to.map((other) => ({ from: one, to: other })));
  const note: AuroraNote = { type: 'partition', from, to, state: on ? 'cut' : 'mended' };
  return told({ ...network, blocked: on ? [...others, ...cut] : others }, note);
}

type Request = Extract<Act, { readonly op: 'sql' | 'write' | 'read' | 'workload' }>;

/** Acts that ask the application or a connection for work. */
function request(act: Request): Post {
  switch (act.op) {
    case 'sql': {
      const { endpoint, statements, text } = act;
      const submit: Submit = { type: 'SUBMIT', endpoint, statements, text };
      return { to: clientOf(act.session), message: submit };
    }
    case 'write': {
      const burst: Burst = { type: 'BURST', count: act.count };
      return { to: LOAD, message: burst };
    }
    case 'read': {
      const read: ReadOnce = { type: 'READ_ONCE', endpoint: act.target };
      return { to: LOAD, message: read };
    }
    case 'workload': {
      const set: SetWorkload = { type: 'SET_WORKLOAD', workload: act.workload };
      return { to: LOAD, message: set };
    }
  }
}

/** A host that is brought back comes back whole: at its own speed and on the network. */
function healed(network: Network, hosts: readonly ActorId[]): Network {
  const others = (id: ActorId): boolean => !hosts.includes(id);
  return {
    ...network,
    slow: network.slow.filter(others),
    isolated: network.isolated.filter(others),
  };
}

const posted = (network: Network, posts: readonly Post[]): Reaction<Network> => ({
  network,
  posts,
  notes: [],
});

const told = (network: Network, note: AuroraNote): Reaction<Network> => ({
  network,
  posts: [],
  notes: [note],
});

/** Instances that were made in a writer's place, as far as they exist. */
function laterWriters(isThere: (actor: ActorId) => boolean): readonly ActorId[] {
  const made: ActorId[] = [];
  for (let next = nextWriterId([WRITER]); isThere(next); next = nextWriterId([WRITER, ...made]))
    made.push(next);
  return made;
}

/** Every host of a zone and every instance there, those made since the beginning among them. */
function zone(
  network: Network,
  az: string,
  power: 'CRASH' | 'RESTORE',
  isThere: (actor: ActorId) => boolean,
): Reaction<Network> {
  const { hosts, replicas } = network.cluster;
  const known = [WRITER, ...replicas, ...laterWriters(isThere)];
  const instances = known.filter((id) => zoneOfInstance(id) === az);
  const all = [...hosts.filter((host) => host.startsWith(az)), ...instances];
  const state = power === 'CRASH' ? 'down' : 'restored';
  const note: AuroraNote = { type: 'zone', az, state };
  const next = power === 'CRASH' ? network : healed(network, all);
  return { network: next, posts: all.map((to) => ({ to, message: signal(power) })), notes: [note] };
}
