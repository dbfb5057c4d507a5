import {
  arm,
  type Delivery,
  type Effect,
  NO_EFFECTS,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { signal } from '../engine/signal.ts';
import type { Micros } from '../engine/time.ts';
import type { Gossip } from './messages.ts';
import type { CopyAnswer, CopyPart, Join, Joined } from './messages-membership.ts';
import { note } from './note.ts';
import type { SegmentKind } from './quorum-model.ts';
import { copyOf, emptied, peersOf, type Segment } from './segment.ts';
import { CONTROL, type SegmentId } from './topology.ts';

/** The filling of a new member; survives a restart of its host. */
export interface Hydration {
  /** Peers to copy from, the present one first. */
  readonly sources: readonly SegmentId[];
  /** Parts that are here, of so many. */
  readonly part: number;
  readonly parts: number;
  readonly partUs: Micros;
  /** Since when the present part is coming; null while its source has not answered. */
  readonly sinceUs: Micros | null;
}

/** A segment's pages come in so many parts, so that another peer can go on where one stopped. */
const PARTS = 16;
/** A peer that does not answer for so long is not asked again soon. */
const COPY_AGAIN_US = 200_000;

/** A tail has no pages to copy: its log comes in one part. */
const partsToCopy = (kind: SegmentKind): number => (kind === 'full' ? PARTS : 1);

/**
 * A new member begins: empty, it takes writes from the start and copies base pages from a peer; only
 * when it has them is its SCL worth anything (SIGMOD'18 §4.1, §4.2; parts are a protocol choice).
 */
export function join(segment: Segment, { message }: Delivery<Join>): Outcome<Segment> {
  const { membership, kind, sources, copyUs } = message.order;
  const parts = partsToCopy(kind);
  const next = copyOf(emptied(segment));
  next.kind = kind;
  next.membership = membership;
  next.peers = peersOf(membership, segment.id);
  next.peerScl = next.peers.map(() => 0);
  next.epochs = { ...segment.epochs, membership: membership.epoch };
  const partUs = Math.ceil(copyUs / PARTS);
  next.hydration = { sources, part: 0, parts, partUs, sinceUs: null };
  const told = note({ type: 'segment-state', segment: next.id, state: 'hydrating' });
  return [next, [told, joined(next), ...askPart(next)]];
}

/** Asked once more to begin: it has begun. */
export const joinAgain = (segment: Segment): Outcome<Segment> => [segment, [joined(segment)]];

function joined({ id, group }: Segment): Effect {
  const message: Joined = { type: 'JOINED', segment: id, group };
  return send(CONTROL, message);
}

function askPart({ id, epochs, hydration }: Segment): readonly Effect[] {
  const source = hydration?.sources[0];
  if (hydration === null || source === undefined) return NO_EFFECTS;
  const { part, parts } = hydration;
  const ask: CopyPart = { type: 'COPY', segment: id, part, parts, epochs };
  return [send(source, ask), arm('copy', COPY_AGAIN_US, signal('COPY_AGAIN'))];
}

/** A peer sends what it is asked for: a copy in the background, beside its other work. */
export function givePart(segment: Segment, { message }: Delivery<CopyPart>): Outcome<Segment> {
  const { part } = message;
  const answer: CopyAnswer = { type: 'COPY_PART', segment: segment.id, part };
  return [segment, [send(message.segment, answer)]];
}

/** The part is on its way: it takes its share of the time that the whole takes. */
export function partComes(
  segment: Segment,
  { message, atUs }: Delivery<CopyAnswer>,
): Outcome<Segment> {
  const { hydration } = segment;
  if (hydration === null || hydration.sinceUs !== null || message.part !== hydration.part)
    return [segment, NO_EFFECTS];
  const next = copyOf(segment);
  next.hydration = { ...hydration, sinceUs: atUs };
  return [next, [arm('copy', hydration.partUs, signal('PART_DONE'))]];
}

/** One part more is here. After the last one the log is next: peers are asked for it like any gap. */
export function partDone(segment: Segment): Outcome<Segment> {
  const { hydration, id } = segment;
  const source = hydration?.sources[0];
  if (hydration === null || source === undefined) return [segment, NO_EFFECTS];
  const part = hydration.part + 1;
  const { parts } = hydration;
  const next = copyOf(segment);
  const told = note({ type: 'copied', segment: id, source, part, parts });
  next.hydration = { ...hydration, part, sinceUs: null };
  if (part < parts) return [next, [told, ...askPart(next)]];
  return [next, [told, send(id, signal('COPIED'))]];
}

/** The peer does not answer: the next one that is still a member is asked for the same part. */
export function copyAgain(segment: Segment): Outcome<Segment> {
  const { hydration, membership, id } = segment;
  if (hydration === null) return [segment, NO_EFFECTS];
  const [first, ...others] = hydration.sources;
  const members = membership.places
    .filter(({ kind, member }) => kind === 'full' && member !== id)
    .map(({ member }) => member);
  const since = members.filter((member) => !hydration.sources.includes(member));
  const inTurn = [...others, ...since, ...(first === undefined ? [] : [first])];
  const next = copyOf(segment);
  const sources = inTurn.filter((source) => members.includes(source));
  next.hydration = { ...hydration, sources };
  return [next, askPart(next)];
}

/** All parts are here: what they amount to, and the log above it, is handed over in one exchange. */
export function copied(segment: Segment): Outcome<Segment> {
  const { id, hydration, epochs, ranges, scl } = segment;
  const source = hydration?.sources[0];
  const next = copyOf(segment);
  next.hydration = null;
  next.gossiping = true;
  const effects: Effect[] = [
    note({ type: 'segment-state', segment: id, state: 'catching up' }),
    arm('gossip', { fromUs: 20_000, toUs: 40_000 }, signal('GOSSIP_TICK')),
  ];
  const asked: Gossip = { type: 'GOSSIP', segment: id, scl, epochs, ranges };
  if (source !== undefined) effects.push(send(source, asked));
  return [next, effects];
}

/** The host is back: the copy goes on with the part it was at. */
export function goOnCopying(segment: Segment): Outcome<Segment> {
  const { hydration, id } = segment;
  if (hydration === null) return [segment, NO_EFFECTS];
  const next = copyOf(segment);
  next.hydration = { ...hydration, sinceUs: null };
  return [
    next,
    [note({ type: 'segment-state', segment: id, state: 'hydrating' }), ...askPart(next)],
  ];
}

/** How much of a new member is here, 0–100; null for one that is not being filled. */
export function percentCopied({ hydration }: Segment, nowUs: Micros): number | null {
  if (hydration === null) return null;
  const { part, parts, partUs, sinceUs } = hydration;
  const share = sinceUs === null || partUs === 0 ? 0 : Math.min(1, (nowUs - sinceUs) / partUs);
  return Math.floor(((part + share) * 100) / parts);
}
