import type { ActorId } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import type { ClusterConfig } from '../protocol/config.ts';
import {
  firstMembership,
  isFull,
  type Membership,
  membersOf,
  placeOf,
  readSet,
  writeSet,
} from '../protocol/membership.ts';
import {
  added,
  backwards,
  filled,
  forwards,
  reformed,
  reforming,
  unreformed,
} from '../protocol/membership-steps.ts';
import type { ExtendedLoss } from '../protocol/messages.ts';
import type { AuroraNote, NoteOf } from '../protocol/notes.ts';
import { satisfies } from '../protocol/quorum.ts';
import { kindOf, modelFor } from '../protocol/quorum-model.ts';
import type { GroupId } from '../protocol/record.ts';
import {
  type Az,
  azOfSlot,
  type HostId,
  hostOfSegment,
  replicaId,
  type SegmentId,
  WRITER,
} from '../protocol/topology.ts';
import type { ClusterView, GroupView } from '../protocol/view.ts';

/** What of a cluster's configuration decides who has to answer. */
export type Shape = Pick<
  ClusterConfig,
  'hostsPerZone' | 'groups' | 'quorumModel' | 'mutations' | 'replicas'
>;

/** Who could answer at a moment, as far as events tell. Never changed: another moment is another one. */
export interface Standing {
  readonly memberships: ReadonlyMap<GroupId, Membership>;
  /** Copies that are down, absent or no longer members. */
  readonly gone: ReadonlySet<SegmentId>;
  readonly isolated: ReadonlySet<HostId>;
  /** Groups whose writer told that too few copies answer, for whatever reason. */
  readonly stuck: ReadonlySet<GroupId>;
  /** Whoever has the volume open for writing; null while nobody does. */
  readonly writer: ActorId | null;
  /** Instances that answer readers. */
  readonly serving: ReadonlySet<ActorId>;
  /** The zone that the volume is leaving or has left. */
  readonly awayZone: Az | null;
}

/** A cluster as every run begins. */
export function firstStanding(shape: Shape): Standing {
  const groups = Array.from({ length: shape.groups }, (_, group) => group);
  const replicas = Array.from({ length: shape.replicas }, (_, index) => replicaId(index));
  return {
    memberships: new Map(groups.map((group) => [group, firstMembership(shape, group)])),
    ...{ gone: new Set(), isolated: new Set(), stuck: new Set(), awayZone: null },
    writer: WRITER,
    serving: new Set([WRITER, ...replicas]),
  };
}

/** A cluster as it is seen to stand; which model groups are on their way to cannot be seen. */
export function standingIn(view: ClusterView, shape: Shape): Standing {
  const { groups, hosts, instances, control } = view;
  const segments = groups.flatMap((group) => group.segments);
  const open = instances.filter(({ state }) => state === 'open');
  return {
    memberships: new Map(groups.map((group) => [group.id, membershipIn(group, shape)])),
    gone: new Set(segments.flatMap(({ id, state }) => (isGone(state) ? [id] : []))),
    isolated: new Set(hosts.flatMap(({ id, isolated }) => (isolated ? [id] : []))),
    stuck: new Set(),
    writer: open.find(({ role }) => role === 'writer')?.id ?? null,
    serving: new Set(open.map(({ id }) => id)),
    awayZone: control.withoutZone,
  };
}

function membershipIn({ id, membershipEpoch, places }: GroupView, shape: Shape): Membership {
  const away = places.flatMap(({ slot, struck }) => (struck ? [slot] : []));
  const model = away.length > 0 ? '3/4' : modelFor(shape.quorumModel, shape.mutations);
  return {
    ...firstMembership(shape, id),
    ...{ epoch: membershipEpoch, model, away },
    places: places.map(({ slot, segment, replacement }) => ({
      ...{ slot, kind: kindOf(model, slot), member: segment },
      replacement: replacement && {
        ...{ segment: replacement.segment, reason: 'suspected', joinedAt: null },
        hydrated: replacement.hydrated,
      },
    })),
  };
}

/** The standing after an event; the same object when the event changes nothing of it. */
export function standingAfter(before: Standing, { flight, notes }: Happening, shape: Shape) {
  let after = before;
  if (flight.type === 'EXTENDED_LOSS')
    after = { ...after, awayZone: (flight.message as ExtendedLoss).az };
  for (const note of notes as readonly AuroraNote[]) after = afterNote(after, note, shape);
  return after;
}

function afterNote(before: Standing, note: AuroraNote, shape: Shape): Standing {
  switch (note.type) {
    case 'segment-state':
      return withSet(before, 'gone', note.segment, isGone(note.state));
    case 'node':
      return afterNode(before, note);
    case 'membership':
      return withMembership(before, note.group, (now) => stepped(now, note, before.awayZone));
    case 'hydrated':
      return withMembership(before, note.group, (now) => hydrated(now, note));
    case 'group-founded':
      return withMembership(before, note.group, () => firstMembership(shape, note.group));
    case 'write-quorum-lost':
      return withSet(before, 'stuck', note.group, true);
    case 'write-quorum-regained':
      return withSet(before, 'stuck', note.group, false);
    default:
      return afterInstance(before, note);
  }
}

const isGone = (state: string): boolean =>
  state === 'down' || state === 'absent' || state === 'retired';

function afterNode(before: Standing, { host, state }: NoteOf<'node'>): Standing {
  if (state !== 'isolated' && state !== 'connected') return before;
  return withSet(before, 'isolated', host, state === 'isolated');
}

function afterInstance(before: Standing, note: AuroraNote): Standing {
  switch (note.type) {
    case 'instance':
      return note.state === 'up'
        ? withSet(before, 'serving', note.instance, true)
        : withoutInstance(before, note.instance);
    case 'fenced':
    case 'recovery':
      return withoutInstance(before, note.instance);
    case 'epoch-raised':
      // Whoever wrote in the epoch before is refused from now on.
      return { ...before, writer: null };
    case 'volume-opened':
      return {
        ...withSet(before, 'serving', note.instance, true),
        writer: note.instance,
        stuck: new Set(),
      };
    default:
      return before;
  }
}

function withoutInstance(before: Standing, instance: ActorId): Standing {
  const after = withSet(before, 'serving', instance, false);
  return after.writer === instance ? { ...after, writer: null } : after;
}

type SetName = 'gone' | 'isolated' | 'stuck' | 'serving';
type MemberOf<N extends SetName> = Standing[N] extends ReadonlySet<infer M> ? M : never;

function withSet<N extends SetName>(
  before: Standing,
  name: N,
  member: MemberOf<N>,
  on: boolean,
): Standing {
  const set = before[name] as ReadonlySet<MemberOf<N>>;
  if (set.has(member) === on) return before;
  const next = new Set(set);
  if (on) next.add(member);
  else next.delete(member);
  return { ...before, [name]: next };
}

function withMembership(
  before: Standing,
  group: GroupId,
  step: (now: Membership | undefined) => Membership | undefined,
): Standing {
  const next = step(before.memberships.get(group));
  if (next === undefined) return before;
  return { ...before, memberships: new Map(before.memberships).set(group, next) };
}

function hydrated(now: Membership | undefined, { segment, joinedAt }: NoteOf<'hydrated'>) {
  const place = now && placeOf(now, segment);
  return now && place && filled(now, place.slot, { joinedAt, hydrated: true });
}

/** The next membership, by the same steps that the control plane takes. */
function stepped(
  now: Membership | undefined,
  { step, subject, instead }: NoteOf<'membership'>,
  awayZone: Az | null,
): Membership | undefined {
  if (now === undefined) return undefined;
  const away = now.places.flatMap(({ slot }) => (azOfSlot(slot) === awayZone ? [slot] : []));
  switch (step) {
    case 'leaving the zone':
      return reforming(now, { model: '3/4', away });
    case 'returning to the zone':
      return reforming(now, { model: '4/6', away: [] });
    case 'without the zone':
    case 'with the zone':
      return reformed(now);
    case 'keeping the zone':
      return unreformed(now);
    default:
      return replaced(now, step, subject, instead);
  }
}

function replaced(
  now: Membership,
  step: 'added' | 'forward' | 'back',
  subject: SegmentId | null,
  instead: SegmentId | null,
): Membership | undefined {
  const place = (subject && placeOf(now, subject)) ?? (instead && placeOf(now, instead));
  if (!place || subject === null) return undefined;
  if (step === 'added') return added(now, place.slot, subject, 'suspected');
  return step === 'forward' ? forwards(now, place.slot) : backwards(now, place.slot);
}

/**
 * What can be done: `yes`, it `waits` for something that may come back, or it is `lost`: writes without even
 * a read quorum, so that nobody can say what is durable; reads of a group of which no copy answers.
 */
export type Level = 'yes' | 'waits' | 'lost';

/** Availability at a moment: of the whole volume, which is as well as its worst group. */
export interface Availability {
  readonly writes: Level;
  readonly reads: Level;
  /** The group that decides, with the copies of it that could answer; null when no group stands out. */
  readonly worst: {
    readonly group: GroupId;
    readonly healthy: number;
    readonly copies: number;
  } | null;
  /** Why writes wait when all copies are well. */
  readonly why: 'no writer' | 'not heard' | null;
}

const RANK: Readonly<Record<Level, number>> = { yes: 0, waits: 1, lost: 2 };
const worse = (a: Level, b: Level): Level => (RANK[a] >= RANK[b] ? a : b);

/** What could be written and read at a moment. */
export function availabilityOf(standing: Standing, { hostsPerZone }: Shape): Availability {
  const answers = (id: SegmentId): boolean =>
    !standing.gone.has(id) && !standing.isolated.has(hostOfSegment(hostsPerZone, id));
  let writes: Level = standing.writer === null || standing.stuck.size > 0 ? 'waits' : 'yes';
  let reads: Level = standing.serving.size === 0 ? 'waits' : 'yes';
  let worst: Availability['worst'] = null;
  for (const membership of standing.memberships.values()) {
    const group = groupLevels(membership, answers);
    writes = worse(writes, group.writes);
    reads = worse(reads, group.reads);
    if (group.healthy < group.copies && (worst === null || group.healthy < worst.healthy))
      worst = { group: membership.group, healthy: group.healthy, copies: group.copies };
  }
  return { writes, reads, worst, why: reasonOf(standing) };
}

function reasonOf({ writer, stuck }: Standing): Availability['why'] {
  if (writer === null) return 'no writer';
  return stuck.size > 0 ? 'not heard' : null;
}

function groupLevels(membership: Membership, answers: (id: SegmentId) => boolean) {
  const { places, away } = membership;
  const counted = places.filter(({ slot }) => !away.includes(slot));
  const healthy = counted.filter(
    ({ member, replacement }) =>
      answers(member) || (replacement?.hydrated === true && answers(replacement.segment)),
  ).length;
  const readable = membersOf(membership).some((id) => isFull(membership, id) && answers(id));
  const quorum = satisfies(writeSet(membership), answers);
  const known = satisfies(readSet(membership), answers);
  const writes: Level = quorum ? 'yes' : known ? 'waits' : 'lost';
  return {
    healthy,
    copies: counted.length,
    writes,
    reads: readable ? ('yes' as const) : ('lost' as const),
  };
}
