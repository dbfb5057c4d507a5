import type { Lsn } from '../database/ids.ts';
import type { ClusterConfig } from './config.ts';
import type { Quorum } from './quorum.ts';
import {
  kindOf,
  type ModelName,
  modelFor,
  readOf,
  type SegmentKind,
  slotsOf,
  writeOf,
} from './quorum-model.ts';
import type { GroupId } from './record.ts';
import { type SegmentId, SLOTS, type Slot, segmentId } from './topology.ts';

/** Why a member is replaced: nobody hears of it, or its disk has too much to do (SIGMOD'17 §2.3). */
export type ReplaceReason = 'suspected' | 'hot';

/** A member that is being added in the place of another (SIGMOD'18 §4.1). */
export interface Replacement {
  readonly segment: SegmentId;
  readonly reason: ReplaceReason;
  /** What the group was durable to when it joined, at most; null until that is known. */
  readonly joinedAt: Lsn | null;
  /** It has its base pages and everything up to `joinedAt`: only then does it count for reads. */
  readonly hydrated: boolean;
}

/** One of the places of a quorum: who has it, and who is to have it. */
export interface Place {
  readonly slot: Slot;
  readonly kind: SegmentKind;
  readonly member: SegmentId;
  readonly replacement: Replacement | null;
}

/** The quorum model that a group is on its way to, and the places that will not count in it. */
export interface Reform {
  readonly model: ModelName;
  readonly away: readonly Slot[];
}

/**
 * Who keeps a protection group, as of one membership epoch: an immutable fact. Every step of a change is
 * another one with the next epoch (SIGMOD'18 §4.1).
 */
export interface Membership {
  readonly group: GroupId;
  readonly epoch: number;
  readonly model: ModelName;
  readonly places: readonly Place[];
  /** Places that do not count at present: those of a zone that is given up for long. */
  readonly away: readonly Slot[];
  readonly towards: Reform | null;
  /** Members that the group has ever had: what the next one is called after. */
  readonly named: number;
}

/** The membership that a group begins with. */
export function firstMembership(
  { quorumModel, mutations }: Pick<ClusterConfig, 'quorumModel' | 'mutations'>,
  group: GroupId,
): Membership {
  const model = modelFor(quorumModel, mutations);
  const places = slotsOf(model).map((slot) => ({
    slot,
    kind: kindOf(model, slot),
    member: segmentId(group, slot),
    replacement: null,
  }));
  return { group, epoch: 1, model, places, away: [], towards: null, named: SLOTS.length };
}

/** Everyone who takes part: the members in the order of their places, then those being added. */
export function membersOf({ places }: Membership): readonly SegmentId[] {
  const members = places.map(({ member }) => member);
  for (const { replacement } of places) if (replacement !== null) members.push(replacement.segment);
  return members;
}

/** The place that a segment has or is to have; undefined when it takes no part. */
export const placeOf = ({ places }: Membership, id: SegmentId): Place | undefined =>
  places.find(({ member, replacement }) => member === id || replacement?.segment === id);

/**
 * How many of the places that count are held by a member of which something is true: by the one who has
 * it, or by a successor that is hydrated. One that is still being filled holds none.
 */
export function placesHeld(
  { places, away }: Membership,
  isTrue: (id: SegmentId) => boolean,
): number {
  let held = 0;
  for (const { slot, member, replacement } of places) {
    if (away.includes(slot)) continue;
    if (isTrue(member) || (replacement?.hydrated === true && isTrue(replacement.segment))) held++;
  }
  return held;
}

/** Members that store pages, and so can be asked for one. */
export const isFull = (membership: Membership, id: SegmentId): boolean =>
  placeOf(membership, id)?.kind === 'full';

/** A later epoch, or the same one with more members that are hydrated. */
export function isNewer(one: Membership, other: Membership): boolean {
  if (one.epoch !== other.epoch) return one.epoch > other.epoch;
  return hydratedIn(one) > hydratedIn(other);
}

const hydratedIn = ({ places }: Membership): number =>
  places.reduce((count, { replacement }) => count + (replacement?.hydrated === true ? 1 : 0), 0);

/**
 * Sets of members that make a write durable: each combination of old and new members has to have a
 * write quorum of its own, so that either outcome of the change finds it (SIGMOD'18 §4.1).
 */
export const writeSet = (membership: Membership): Quorum<SegmentId> =>
  named(membership, indexedOf(membership).write);

/**
 * Sets of members of which one at least has every durable record: those of any combination, but a member
 * being added counts only once it is hydrated (SIGMOD'18 §4.1; hydration is a protocol choice, because
 * with an empty new member 10 of 450 pairs of minimal sets would miss each other).
 */
export const readSet = (membership: Membership): Quorum<SegmentId> =>
  named(membership, indexedOf(membership).read);

/** The write set over positions in `membersOf`: what the writer counts acknowledgements by. */
export const writeSetByIndex = (membership: Membership): Quorum<number> =>
  indexedOf(membership).write;

interface Indexed {
  readonly write: Quorum<number>;
  readonly read: Quorum<number>;
}

/** Groups in the same situation share their expressions: a volume may have very many groups. */
const shapes = new Map<string, Indexed>();

function indexedOf(membership: Membership): Indexed {
  const shape = shapeOf(membership);
  let known = shapes.get(shape);
  if (known === undefined) {
    known = { write: writeByIndex(membership), read: readByIndex(membership) };
    shapes.set(shape, known);
  }
  return known;
}

function shapeOf({ model, places, away, towards }: Membership): string {
  const marks = places.map(({ slot, kind, replacement }) =>
    [
      slot,
      kind === 'tail' ? 't' : '',
      replacement === null ? '' : replacement.hydrated ? '+' : '?',
    ].join(''),
  );
  const next = towards === null ? '' : `${towards.model}-${towards.away.join('')}`;
  return `${model} ${marks.join('')} -${away.join('')} ${next}`;
}

interface Candidate {
  readonly slot: Slot;
  readonly kind: SegmentKind;
  readonly member: number;
  readonly counts: boolean;
}

/** For each place the positions of its member and of who is to follow. */
function candidatesOf({ places }: Membership): readonly (readonly Candidate[])[] {
  let added = places.length;
  return places.map(({ slot, kind, replacement }, at) => {
    const old: Candidate = { slot, kind, member: at, counts: true };
    if (replacement === null) return [old];
    return [old, { slot, kind, member: added++, counts: replacement.hydrated }];
  });
}

/** Every way to pick one from each place, the first ones first. */
function combinations(
  choices: readonly (readonly Candidate[])[],
): readonly (readonly Candidate[])[] {
  return choices.reduce<readonly (readonly Candidate[])[]>(
    (found, choice) => found.flatMap((begun) => choice.map((each) => [...begun, each])),
    [[]],
  );
}

const without = (candidates: readonly Candidate[], away: readonly Slot[]): readonly Candidate[] =>
  candidates.filter(({ slot }) => !away.includes(slot));

function writeByIndex(membership: Membership): Quorum<number> {
  const { model, away, towards } = membership;
  const all = combinations(candidatesOf(membership));
  const sets = all.map((members) => writeOf(model, without(members, away)));
  if (towards !== null)
    sets.push(...all.map((members) => writeOf(towards.model, without(members, towards.away))));
  return joined(sets, (and) => ({ and }));
}

/** The model a group is on its way to does not count for reads before the group has arrived there. */
function readByIndex(membership: Membership): Quorum<number> {
  const { model, away } = membership;
  const hydrated = candidatesOf(membership).map((choice) => choice.filter(({ counts }) => counts));
  const sets = combinations(hydrated).map((members) => readOf(model, without(members, away)));
  return joined(sets, (or) => ({ or }));
}

function joined(
  sets: readonly Quorum<number>[],
  join: (sets: readonly Quorum<number>[]) => Quorum<number>,
): Quorum<number> {
  const [only] = sets;
  return sets.length === 1 && only !== undefined ? only : join(sets);
}

const expressions = new WeakMap<Membership, Map<Quorum<number>, Quorum<SegmentId>>>();

/** An expression over positions with the members' names in it, made once for each membership. */
function named(membership: Membership, quorum: Quorum<number>): Quorum<SegmentId> {
  let known = expressions.get(membership);
  if (known === undefined) {
    known = new Map();
    expressions.set(membership, known);
  }
  let found = known.get(quorum);
  if (found === undefined) {
    found = renamed(quorum, membersOf(membership));
    known.set(quorum, found);
  }
  return found;
}

function renamed(quorum: Quorum<number>, names: readonly SegmentId[]): Quorum<SegmentId> {
  if ('k' in quorum) return { k: quorum.k, of: quorum.of.flatMap((at) => names[at] ?? []) };
  if ('and' in quorum) return { and: quorum.and.map((part) => renamed(part, names)) };
  return { or: quorum.or.map((part) => renamed(part, names)) };
}
