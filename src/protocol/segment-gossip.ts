import type { Lsn } from '../database/ids.ts';
import { below, redraw } from '../engine/chance.ts';
import { arm, type Delivery, type Effect, type Outcome, send } from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { Epochs } from './epochs.ts';
import type { DiskDone, Gossip, GossipFill } from './messages.ts';
import { mutated } from './mutations.ts';
import { note } from './note.ts';
import { copyOf, counted, type Segment, STEP } from './segment.ts';
import { ackOf, diskJob, GOSSIP_PERIOD, inBackground, mayLack } from './segment-background.ts';
import { soundAt, storedAs } from './segment-blocks.ts';
import { knowsLess, learnt, liveOf, refusal, refusalNote, staleness } from './segment-epochs.ts';
import { hold } from './segment-hold.ts';
import { askIfNewer, isBased } from './segment-membership.ts';
import type { SegmentId } from './topology.ts';

/** Once so many ticks have taught nothing, the period is ten times as long: a dead peer costs little. */
const PATIENCE_TICKS = 3;
const QUIET_PERIOD = { fromUs: 500_000, toUs: 1_500_000 };
/** The draw from a tick's luck that decides which peer is asked. */
const WHICH_PEER = 7;

/**
 * One turn of gossip (SIGMOD'17 §4.1): with a gap, ask any peer; otherwise tell a peer that is not
 * known to have what is older than the last turn.
 */
export function gossip(
  segment: Segment,
  { luck }: Delivery<Signal<'GOSSIP_TICK'>>,
): Outcome<Segment> {
  return turn(segment, luck, false);
}

/** The same after a restart, when the segment cannot know what it missed: always ask somebody. */
export function gossipToCatchUp(
  segment: Segment,
  { luck }: Delivery<Signal<'GOSSIP_TICK'>>,
): Outcome<Segment> {
  return turn(segment, luck, true);
}

function turn(segment: Segment, luck: number, ask: boolean): Outcome<Segment> {
  const next = copyOf(segment);
  if ((!ask && !mayLack(segment)) || mutated(segment.mutations, 'silent-gossip')) {
    next.gossiping = false;
    next.quietTicks = 0;
    return [next, []];
  }
  const peers = ask || segment.ahead.length > 0 ? segment.peers : behind(segment);
  const peer = peers[below(redraw(luck, WHICH_PEER), peers.length)];
  const quiet = segment.quietTicks >= PATIENCE_TICKS;
  const effects: Effect[] = [
    arm('gossip', quiet ? QUIET_PERIOD : GOSSIP_PERIOD, signal('GOSSIP_TICK')),
  ];
  if (peer !== undefined) effects.push(...question(segment, peer));
  next.gossiping = true;
  next.gossipTarget = segment.scl;
  next.quietTicks = peer === undefined ? 0 : segment.quietTicks + 1;
  if (peer !== undefined) next.steps = counted(segment.steps, STEP.gossip);
  return [next, effects];
}

/** Peers not known to hold what this segment held a tick ago. */
function behind(segment: Segment): readonly SegmentId[] {
  if (segment.allCompleteTo >= segment.gossipTarget) return [];
  return segment.peers.filter((_, i) => (segment.peerScl[i] ?? 0) < segment.gossipTarget);
}

/** Asks a peer what this segment lacks; the answer also says what the peer has folded. */
export function question(segment: Segment, peer: SegmentId): readonly Effect[] {
  const { id, scl, epochs, ranges } = segment;
  const asked: Gossip = { type: 'GOSSIP', segment: id, scl, epochs, ranges };
  return [
    send(peer, asked),
    note({ type: 'gossip-asked', segment: segment.id, peer, scl: segment.scl }),
  ];
}

/**
 * A peer says how far it is complete: give it what it lacks, or say how far this segment is. A peer that
 * knows less of the volume's epochs is refused, and told: it has to drop what was annulled first.
 */
export function answerGossip(segment: Segment, { message }: Delivery<Gossip>): Outcome<Segment> {
  const { segment: peer, epochs, scl } = message;
  if (knowsLess(message, segment)) return [segment, taught(segment, peer, 'GOSSIP', epochs)];
  const reason = staleness(segment, epochs);
  if (reason !== null) return refusal(segment, { from: peer, what: 'GOSSIP', reason, epochs });
  const effects: Effect[] = [...askIfNewer(segment, peer, epochs)];
  const next = withPeerScl(learnt(segment, message, effects), peer, scl);
  effects.push(send(peer, fillFor(next, scl)));
  return [next, effects];
}

/** What a late learner is told: no records, but what it does not know. */
function taught(segment: Segment, peer: SegmentId, what: string, epochs: Epochs): Effect[] {
  const reason = 'stale-volume-epoch';
  return [
    send(peer, fillFor(segment, segment.scl)),
    refusalNote({ segment, from: peer, what, reason, epochs }),
  ];
}

/** Everything above a peer's SCL: records, or base pages and records where the log is gone. */
function fillFor(segment: Segment, peerScl: Lsn): GossipFill {
  const { id, scl, floor, log, epochs, ranges } = segment;
  const folded = segment.kind === 'full' ? floor : 0;
  const common = { type: 'GOSSIP_FILL', segment: id, scl, folded, epochs, ranges } as const;
  if (peerScl >= scl) return { ...common, records: [], blocks: null };
  const records = log.slice(log.firstIndex(({ lsn }) => lsn > peerScl));
  if (peerScl >= floor) return { ...common, records, blocks: null };
  const pages = segment.pages.flatMap((_, i) => soundAt(segment, i, floor) ?? []);
  // A bad block is given to nobody: the peer will ask somebody else.
  if (pages.length < segment.pages.length) return { ...common, records: [], blocks: null };
  const tail = log.at(0)?.prevSegmentLsn ?? scl;
  return { ...common, records: log.slice(0), blocks: { floor, tail, pages } };
}

/** What a peer gave goes to disk first, like any write; if the peer is behind, it is helped. */
export function receiveFill(segment: Segment, { message }: Delivery<GossipFill>): Outcome<Segment> {
  const { segment: peer, epochs, scl } = message;
  if (knowsLess(message, segment)) return [segment, taught(segment, peer, 'GOSSIP_FILL', epochs)];
  const reason = staleness(segment, epochs);
  if (reason !== null) return refusal(segment, { from: peer, what: 'GOSSIP_FILL', reason, epochs });
  const effects: Effect[] = [...askIfNewer(segment, peer, epochs)];
  const known = withPeerScl(learnt(segment, message, effects), peer, scl);
  const next = withFolded(known, message.folded);
  if (scl > next.scl) {
    const job = { kind: 'fill', fill: message } as const;
    effects.push(send(segment.host, diskJob(segment, job)));
  } else if (scl < next.scl) effects.push(send(peer, fillFor(next, scl)));
  return [next, effects];
}

/** A tail hears how far a full peer has made base pages: below that it may drop log. */
function withFolded(segment: Segment, folded: Lsn): Segment {
  if (segment.kind === 'full' || folded <= segment.folded) return segment;
  const next = copyOf(segment);
  next.folded = folded;
  return next;
}

/**
 * While catching up: a peer that has nothing to give means that nothing was missed. Not so for a new
 * member without its base pages: the peer may be another one.
 */
export function receiveFillToCatchUp(
  segment: Segment,
  delivery: Delivery<GossipFill>,
): Outcome<Segment> {
  const [next, effects] = receiveFill(segment, delivery);
  const { message } = delivery;
  const isStale = staleness(segment, message.epochs) !== null;
  const lacksAll = !isBased(next);
  if (lacksAll || message.scl > next.scl || isStale || knowsLess(message, segment))
    return [next, effects];
  return [next, [...effects, send(segment.id, signal('CAUGHT_UP'))]];
}

/** A peer's records are on disk: they count like any others, and the writer hears of it. */
export function persistFill(segment: Segment, { message }: Delivery<DiskDone>): Outcome<Segment> {
  if (message.job.kind !== 'fill') return [segment, []];
  const { fill } = message.job;
  const records = liveOf(segment, fill.records);
  const lacked = records.filter(({ lsn }) => lsn > segment.scl);
  const based = withBlocks(segment, fill);
  const held = hold(based, records);
  if (held.scl === segment.scl) return [held, []];
  const effects: Effect[] = [
    note({
      type: 'gossip-filled',
      segment: segment.id,
      peer: fill.segment,
      first: lacked[0]?.lsn ?? held.scl,
      last: lacked[lacked.length - 1]?.lsn ?? held.scl,
      count: lacked.length,
      sclFrom: segment.scl,
      sclTo: held.scl,
      byBlocks: based !== segment,
    }),
    send(segment.writer, ackOf(held, lacked)),
  ];
  held.quietTicks = 0;
  return inBackground(held, effects);
}

/** While catching up, the same peer is asked at once whether that was all. */
export function persistFillToCatchUp(
  segment: Segment,
  delivery: Delivery<DiskDone>,
): Outcome<Segment> {
  const [next, effects] = persistFill(segment, delivery);
  if (delivery.message.job.kind !== 'fill' || next.scl === segment.scl) return [next, effects];
  return [next, [...effects, ...question(next, delivery.message.job.fill.segment)]];
}

/** Takes over a peer's base pages when this segment lies below the peer's floor. */
function withBlocks(segment: Segment, { blocks }: GossipFill): Segment {
  if (blocks === null || blocks.tail <= segment.scl) return segment;
  if (segment.kind === 'full' && blocks.pages.length === 0) return segment;
  const log = segment.log.drop(segment.log.length);
  const next = copyOf(segment);
  next.scl = blocks.tail;
  next.floor = blocks.floor;
  next.pgmrpl = Math.max(segment.pgmrpl, blocks.floor);
  next.log = log;
  next.ahead = segment.ahead.filter(({ lsn }) => lsn > blocks.floor);
  next.pages = segment.kind === 'full' ? blocks.pages.map(storedAs) : [];
  next.built = [];
  return next;
}

/** What a peer is complete to; with the least of all of them, `allCompleteTo` moves as well. */
function withPeerScl(segment: Segment, peer: SegmentId, scl: Lsn): Segment {
  const index = segment.peers.indexOf(peer);
  if (index < 0 || (segment.peerScl[index] ?? 0) >= scl) return segment;
  const peerScl = segment.peerScl.with(index, scl);
  const allCompleteTo = Math.max(segment.allCompleteTo, Math.min(segment.scl, ...peerScl));
  const next = copyOf(segment);
  next.peerScl = peerScl;
  next.allCompleteTo = allCompleteTo;
  next.quietTicks = 0;
  return next;
}
