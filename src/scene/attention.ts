import type { ClusterView, FlightView } from '../protocol/view.ts';
import type { DisplayItem, Role } from './display.ts';
import type { Look } from './look.ts';
import type { Shades } from './shades.ts';

const DIM = 0.45;
const DIM_LITTLE = 0.7;
/** Wires that lead elsewhere and a dial that nobody reads are hardly there. */
const FAINT: readonly Role[] = ['edge', 'sector', 'seal'];
const DIM_MORE = 0.5;
/** Figures and marks that are to be had elsewhere. */
const GONE: readonly Role[] = ['detail', 'pip', 'slot'];

/** How strong everything is that is not followed. */
export const dimStrength = (look: Look): number => (look.moreContrast ? DIM_LITTLE : DIM);

/** What stays lit while a page read is followed: the reader, the rack and the segment that builds. */
function readPath(view: ClusterView, read: NonNullable<Look['followedRead']>): ReadonlySet<string> {
  const kept = new Set<string>([read.instance]);
  for (const { instance, page, segment, host } of view.rebuilds) {
    if (instance !== read.instance || page !== read.page) continue;
    kept.add(segment).add(host);
  }
  for (const end of view.flights.filter((f) => isOfRead(f, read)).flatMap(endsOf)) kept.add(end);
  return kept;
}

/** What stays lit while a transaction is followed: the writer, its groups' copies and its messages' ends. */
function transactionPath(view: ClusterView, txn: number): ReadonlySet<string> {
  const writers = view.instances.filter(({ role }) => role === 'writer').map(({ id }) => id);
  const kept = new Set<string>(['clients', 'commits', ...writers]);
  const found = view.transactions.find((each) => each.txn === txn);
  for (const group of found?.groups ?? []) {
    for (const { id, host } of view.groups[group]?.segments ?? []) {
      kept.add(id).add(host).add(`wire:${id}`);
    }
  }
  for (const end of view.flights.filter(({ txns }) => txns.includes(txn)).flatMap(endsOf)) {
    kept.add(end);
  }
  return kept;
}

const endsOf = ({ from, to, fromHost, toHost }: FlightView) => [from, to, fromHost, toHost];

const isOfRead = (flight: FlightView, read: NonNullable<Look['followedRead']>): boolean =>
  flight.page === read.page && (flight.from === read.instance || flight.to === read.instance);

/** Owners that keep their light; null when nothing is followed and all do. */
export function litOwners(view: ClusterView, look: Look): ReadonlySet<string> | null {
  if (look.followedRead) return readPath(view, look.followedRead);
  return look.followedTxn === null ? null : transactionPath(view, look.followedTxn);
}

/** Background traffic that is folded into counters unless its end is what one looks at. */
export function isFolded({ kind, from, to }: FlightView, { selection, lod }: Look): boolean {
  if (selection && [from, to].includes(selection.id)) return false;
  return kind === 'backup' || (kind === 'heartbeat' && lod > 0);
}

/** Messages that are never the subject by themselves: drawn faint. */
export const isAside = ({ kind }: FlightView): boolean =>
  kind === 'heartbeat' || kind === 'backup' || kind === 'feedback';

/** Whether a message belongs to what is followed. */
export function isLit(flight: FlightView, look: Look): boolean {
  if (look.followedRead) return isOfRead(flight, look.followedRead);
  return look.followedTxn === null || flight.txns.includes(look.followedTxn);
}

function dimOne(item: DisplayItem, strength: number, ink: Shades): DisplayItem {
  // Names stay legible.
  if (item.kind === 'text') return { ...item, fill: ink.faint };
  const share = FAINT.includes(item.role) ? strength * DIM_MORE : strength;
  return { ...item, alpha: (item.alpha ?? 1) * share };
}

/**
 * Dims everything whose owner is not lit; figures and pips, which are to be had elsewhere, go. Zones
 * keep their light: they are the ground one stands on.
 */
export function dimmed(
  items: readonly DisplayItem[],
  lit: ReadonlySet<string> | null,
  look: Look,
  ink: Shades,
): readonly DisplayItem[] {
  if (!lit) return items;
  const strength = dimStrength(look);
  return items.flatMap((item) => {
    if (item.role === 'band' || (item.of !== undefined && lit.has(item.of))) return [item];
    const gone = GONE.includes(item.role);
    return gone ? [] : [dimOne(item, strength, ink)];
  });
}
