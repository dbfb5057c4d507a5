import {
  arm,
  type Delivery,
  disarm,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import type { Mutable } from '../engine/mutable.ts';
import { signal } from '../engine/signal.ts';
import type { Epochs } from './epochs.ts';
import { isNewer, type Membership, placeOf } from './membership.ts';
import type { Refused } from './messages.ts';
import type {
  AskMembership,
  Gone,
  MembershipIs,
  Recorded,
  Retiring,
} from './messages-membership.ts';
import { note } from './note.ts';
import { copyOf, emptied, peersOf, type Segment } from './segment.ts';
import { gossipIfNeeded } from './segment-background.ts';
import { CONTROL, type SegmentId } from './topology.ts';

/** A replaced member asks again after this long whether it may erase what it holds. */
const RETIRE_AGAIN_US = 1_000_000;

/** Whether a segment has what it says it has: base pages, or for a tail the log above a floor. */
export const isBased = ({ hydration, scl }: Segment): boolean => hydration === null && scl > 0;

/**
 * Who keeps the group, from now on (SIGMOD'18 §4.1). The newest epoch counts, whoever brings it, because
 * the control plane has decided it before it told anybody; it gets to know that it is recorded. The
 * volume epoch that comes with it is a promise as in recovery: a writer of before cannot use what was
 * decided after it was replaced (protocol choice).
 */
export function adoptMembership(
  segment: Segment,
  { message, from }: Delivery<MembershipIs>,
): Outcome<Segment> {
  const effects: Effect[] = [];
  const next = adopted(segment, message, effects);
  if (from === CONTROL) effects.push(send(CONTROL, recordOf(next)));
  return [next, effects];
}

function recordOf(segment: Segment): Recorded {
  const { id, group, membership, scl, ahead } = segment;
  const { epoch } = membership;
  const highest = ahead[ahead.length - 1]?.lsn ?? scl;
  const based = isBased(segment);
  return { type: 'RECORDED', segment: id, group, epoch, scl, highest, based };
}

function adopted(
  segment: Segment,
  { membership, geometry, volume }: MembershipIs,
  effects: Effect[],
): Segment {
  const { id, group, epochs } = segment;
  const isOld = geometry <= epochs.geometry && volume <= epochs.volume;
  if (!isNewer(membership, segment.membership) && isOld) return segment;
  const next = copyOf(segment);
  next.epochs = {
    membership: epochs.membership,
    geometry: Math.max(geometry, epochs.geometry),
    volume: Math.max(volume, epochs.volume),
  };
  if (!isNewer(membership, segment.membership)) return next;
  if (membership.epoch > segment.membership.epoch)
    effects.push(note({ type: 'membership-adopted', actor: id, group, epoch: membership.epoch }));
  reseat(next, membership);
  if (!isIn(segment.membership, id) && isIn(membership, id)) begin(next, effects);
  if (isIn(segment.membership, id) && !isIn(membership, id)) {
    next.retired = true;
    effects.push(send(id, signal('RETIRED')));
  }
  return next;
}

const isIn = (membership: Membership, id: SegmentId): boolean =>
  placeOf(membership, id) !== undefined;

/** The others of the group may be others now; what is known of those who stay, stays. */
function reseat(segment: Mutable<Segment>, membership: Membership): void {
  const { id, peers, peerScl, epochs } = segment;
  const known = new Map(peers.map((peer, i) => [peer, peerScl[i] ?? 0]));
  segment.membership = membership;
  segment.epochs = { ...epochs, membership: membership.epoch };
  segment.peers = peersOf(membership, id);
  segment.peerScl = segment.peers.map((peer) => known.get(peer) ?? 0);
}

/** A member from now on: what was written since it was filled went to others, so it asks them all. */
function begin(segment: Mutable<Segment>, effects: Effect[]): void {
  if (segment.hydration !== null) return;
  segment.peerScl = segment.peers.map(() => 0);
  segment.allCompleteTo = 0;
  segment.quietTicks = 0;
  gossipIfNeeded(segment, effects);
}

/** Somebody knows a newer membership: it is asked for it, with one more message. */
export function askIfNewer(
  { epochs, group }: Segment,
  from: string,
  presented: Epochs,
): readonly Effect[] {
  if (presented.membership <= epochs.membership && presented.geometry <= epochs.geometry)
    return NO_EFFECTS;
  const ask: AskMembership = { type: 'ASK_MEMBERSHIP', group };
  return [send(from, ask)];
}

/** A peer refused this segment for an old membership: it asks that peer for the present one. */
export function refresh(segment: Segment, { message, from }: Delivery<Refused>): Outcome<Segment> {
  return [segment, askIfNewer(segment, from, message.epochs)];
}

/** Tells whoever asks who keeps the group. */
export function answerMembership(
  segment: Segment,
  { from }: Delivery<AskMembership>,
): Outcome<Segment> {
  const { membership, epochs } = segment;
  const { geometry, volume } = epochs;
  const answer: MembershipIs = { type: 'MEMBERSHIP', membership, geometry, volume };
  return [segment, [send(from, answer)]];
}

/** Others keep the group now: this copy serves nobody, and waits for leave to go (SIGMOD'18 §4.1). */
export function retire(segment: Segment): Outcome<Segment> {
  const { id } = segment;
  return [
    segment,
    [note({ type: 'segment-state', segment: id, state: 'retired' }), ...wish(segment)],
  ];
}

/** Asks again, or for the first time after a restart. */
export const wishAgain = (segment: Segment): Outcome<Segment> => [segment, wish(segment)];

function wish({ id, group }: Segment): readonly Effect[] {
  const retiring: Retiring = { type: 'RETIRING', segment: id, group };
  return [send(CONTROL, retiring), arm('retire', RETIRE_AGAIN_US, signal('RETIRE_AGAIN'))];
}

/** Nobody needs this copy any more: its room is free. */
export function eraseAll(segment: Segment): Outcome<Segment> {
  const gone: Gone = { type: 'GONE', segment: segment.id };
  const [next, effects] = lost(segment);
  return [next, [...effects, send(segment.host, gone)]];
}

/** The disk is gone with everything on it. */
export function lost(segment: Segment): Outcome<Segment> {
  const { id } = segment;
  return [
    emptied(segment),
    [disarm('*'), note({ type: 'segment-state', segment: id, state: 'absent' })],
  ];
}
