import { below, redraw } from '../engine/chance.ts';
import type { ActorId } from '../engine/effect.ts';
import { LATENCY_TABLES, type TableName } from '../engine/latency-tables.ts';
import type { Envelope, Transmission } from '../engine/model.ts';
import { quantileAt } from '../engine/quantiles.ts';
import type { Micros } from '../engine/time.ts';
import type { Cluster } from './cluster.ts';
import type { HostId } from './topology.ts';

/** What is wrong with the network and the hosts on it, right now. */
export interface Network {
  /** The cluster itself: what never changes during a run. */
  readonly cluster: Cluster;
  readonly isolated: readonly HostId[];
  readonly slow: readonly HostId[];
  /** Segments or hosts whose next message is to be lost. */
  readonly dropNext: readonly ActorId[];
  readonly lossPpm: number;
  readonly duplicatePpm: number;
  /** Pairs of hosts or instances of which the second hears nothing of the first. */
  readonly blocked: readonly Blocked[];
  /** Every time taken, in thousandths of what the tables say. */
  readonly latencyPermille: number;
  readonly tailPpm: number;
  readonly tailUs: Micros;
}

/** One direction of a link that carries nothing. */
export interface Blocked {
  readonly from: HostId;
  readonly to: HostId;
}

/** Where an actor lives: what latency and faults depend on. */
export interface Place {
  readonly host: HostId;
  readonly zone: string;
  readonly role: 'segment' | 'storage node' | 'instance' | 'client' | 'service';
}

/** A slow host takes this many times as long for everything. */
const SLOWNESS = 10;
const TAIL = 21;
const AGAIN = 22;

/** A lost message gets this far along its way before it is gone. */
export const LOST_REACH_PERMILLE = 550;

/** Decides one message's fate. Messages within a host take no time. */
export function transmit(
  network: Network,
  envelope: Envelope,
  placeOf: (id: ActorId) => Place,
): Transmission<Network> {
  const from = placeOf(envelope.from);
  const to = placeOf(envelope.to);
  if (from.host === to.host) return { network, delayUs: 0, lost: null, againUs: null };
  const delayUs = travelUs(network, from, to, envelope.delayLuck);
  if (from.role === 'client' || to.role === 'client')
    return { network, delayUs, lost: null, againUs: null };
  const lost = whyLost(network, envelope, from, to);
  if (lost === null)
    return { network, delayUs, lost, againUs: againUs(network, envelope, from, to) };
  const reachUs = Math.max(1, Math.floor((delayUs * LOST_REACH_PERMILLE) / 1000));
  const spent = network.dropNext.filter((id) => id !== envelope.to && id !== to.host);
  const next =
    lost === DROPPED && spent.length < network.dropNext.length
      ? { ...network, dropNext: spent }
      : network;
  return { network: next, delayUs: reachUs, lost, againUs: null };
}

/** A duplicate takes its own way: it may overtake the first. */
function againUs(network: Network, envelope: Envelope, from: Place, to: Place): Micros | null {
  const { duplicatePpm } = network;
  if (duplicatePpm === 0 || (from.role !== 'segment' && to.role !== 'segment')) return null;
  const luck = redraw(envelope.lossLuck, AGAIN);
  return below(luck, 1_000_000) < duplicatePpm
    ? travelUs(network, from, to, redraw(luck, AGAIN))
    : null;
}

function travelUs(network: Network, from: Place, to: Place, luck: number): Micros {
  if (from.role === 'client' && to.role === 'client') return 0;
  const drawn = scaled(network, quantileAt(LATENCY_TABLES[tableFor(from, to)], luck));
  return isSlow(network, from.host) || isSlow(network, to.host) ? drawn * SLOWNESS : drawn;
}

function tableFor(from: Place, to: Place): TableName {
  if (from.role === 'client' || to.role === 'client') return 'client';
  return from.zone === to.zone ? 'sameAz' : 'crossAz';
}

const DROPPED = 'dropped by hand';

function whyLost(network: Network, envelope: Envelope, from: Place, to: Place): string | null {
  const { dropNext, lossPpm } = network;
  const cut = whyCut(network, from.host, to.host);
  if (cut !== null) return cut;
  if (dropNext.length > 0 && (dropNext.includes(envelope.to) || dropNext.includes(to.host)))
    return DROPPED;
  const storage = from.role === 'segment' || to.role === 'segment';
  if (storage && lossPpm > 0 && below(envelope.lossLuck, 1_000_000) < lossPpm)
    return 'lost on the network';
  return null;
}

/** Why nothing at all gets from one host to another. */
function whyCut({ isolated, blocked }: Network, from: HostId, to: HostId): string | null {
  if (isolated.length > 0) {
    if (isolated.includes(from)) return `${from} is isolated`;
    if (isolated.includes(to)) return `${to} is isolated`;
  }
  const isBlocked =
    blocked.length > 0 && blocked.some((pair) => pair.from === from && pair.to === to);
  return isBlocked ? `${from} cannot reach ${to}` : null;
}

const scaled = ({ latencyPermille }: Network, us: Micros): Micros =>
  latencyPermille === 1_000 ? us : Math.floor((us * latencyPermille) / 1_000);

const isSlow = (network: Network, host: HostId): boolean =>
  network.slow.length > 0 && network.slow.includes(host);

/** How long an actor's own work takes: longer on a slow host, now and then longer on any disk. */
export function workUs(network: Network, table: string, place: Place, luck: number): Micros {
  const drawn = scaled(network, quantileAt(LATENCY_TABLES[table as TableName] ?? [], luck));
  const tookUs = isSlow(network, place.host) ? drawn * SLOWNESS : drawn;
  const disk = table === 'persist' || table === 'pageRead';
  const tail =
    disk && network.tailPpm > 0 && below(redraw(luck, TAIL), 1_000_000) < network.tailPpm;
  return tail ? tookUs + network.tailUs : tookUs;
}

/** The items but this one. */
export const without = <T>(items: readonly T[], item: T): readonly T[] =>
  items.filter((each) => each !== item);

/** The items and this one, once. */
export const withItem = <T>(items: readonly T[], item: T): readonly T[] =>
  items.includes(item) ? items : [...items, item];
