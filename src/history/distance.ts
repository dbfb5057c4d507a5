import type { ActorId } from '../engine/effect.ts';
import {
  type Az,
  azOfSlot,
  isInstance,
  partsOf,
  type SegmentId,
  SLOTS,
  zoneOfHost,
  zoneOfInstance,
} from '../protocol/topology.ts';
import type { Distance } from './message.ts';

const CLIENT = /^(?:app|you)\d/;

/** The zone that an actor's name tells; null for services and clients. */
function zoneOf(id: ActorId): Az | null {
  if (isInstance(id)) return zoneOfInstance(id);
  if (!/^\d+\//.test(id)) return null;
  const { member, host } = partsOf(id as SegmentId);
  if (host !== null) return zoneOfHost(host);
  const slot = SLOTS.find((each) => each === member);
  return slot === undefined ? null : azOfSlot(slot);
}

/** How far apart two actors are. */
export function distanceOf(from: ActorId, to: ActorId): Distance {
  if (CLIENT.test(from) || CLIENT.test(to)) return 'to a client';
  const here = zoneOf(from);
  const there = zoneOf(to);
  if (here === null || there === null) return 'to a service';
  return here === there ? 'same zone' : 'across zones';
}
