import type { Flight } from '../engine/happening.ts';
import { type Content, contentOf, flightKind } from './flight-content.ts';
import { placesHeld } from './membership.ts';
import type { Ack } from './messages.ts';
import { LOST_REACH_PERMILLE } from './network.ts';
import type { SegmentId } from './topology.ts';
import type { FlightKind, FlightView } from './view.ts';
import { type World, writerIn } from './view-actors.ts';
import type { WriterGroup } from './writer.ts';

/** Messages between hosts that are on their way, in order of sending. */
export function flightViews(world: World): readonly FlightView[] {
  const { placeOf } = world.network.cluster;
  const out: FlightView[] = [];
  for (const flight of world.waiting) {
    const kind = flight.timer === null ? flightKind(flight.type) : undefined;
    if (kind === undefined) continue;
    const fromHost = placeOf(flight.from).host;
    const toHost = placeOf(flight.to).host;
    if (fromHost !== toHost) out.push(flightView(world, flight, kind, fromHost, toHost));
  }
  return out.sort((a, b) => a.id - b.id);
}

const reachOf = (flight: Flight): number => (flight.lost === null ? 1 : LOST_REACH_PERMILLE / 1000);

function flightView(
  world: World,
  flight: Flight,
  kind: FlightKind,
  fromHost: string,
  toHost: string,
): FlightView {
  return {
    id: flight.order,
    kind,
    from: flight.from,
    to: flight.to,
    fromHost,
    toHost,
    sentUs: flight.sentUs,
    dueUs: flight.atUs,
    lost: flight.lost,
    reach: reachOf(flight),
    ...contentIn(world, flight),
  };
}

/**
 * An acknowledgement says which one it would be if it arrived now; a repeated one counts no place twice, and
 * one of a copy that is still being filled does not count.
 */
function tallyOf(group: WriterGroup, { segment, scl }: Ack): string {
  const { members, points, membership } = group;
  const isComplete = (id: SegmentId): boolean => (points.scl[members.indexOf(id)] ?? 0) >= scl;
  const before = placesHeld(membership, (id) => id !== segment && isComplete(id));
  const after = placesHeld(membership, (id) => id === segment || isComplete(id));
  const places = membership.places.length - membership.away.length;
  return after > before ? `${after} of ${places}` : '';
}

/** Of an acknowledgement, which one it would be and whose records it is for depends on the writer. */
function contentIn(world: World, { message, from }: Flight): Content {
  const content = contentOf(message, from);
  if (message.type !== 'ACK') return content;
  const ack = message as Ack;
  const group = writerIn(world).context.groups.at(ack.group);
  return {
    ...content,
    label: group === undefined ? '' : tallyOf(group, ack),
    txns: txnsOf(world, ack.got),
  };
}

function txnsOf(world: World, lsns: readonly number[]): readonly number[] {
  const { pending } = writerIn(world).context.volume;
  const txns = new Set<number>();
  for (const lsn of lsns) {
    const record = pending.at(pending.firstIndex((each) => each.lsn >= lsn));
    if (record?.lsn === lsn && record.txn !== 0) txns.add(record.txn);
  }
  return [...txns];
}
