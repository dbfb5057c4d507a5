import type { Lsn } from '../database/ids.ts';
import { arm, type Effect } from '../engine/effect.ts';
import type { Micros } from '../engine/time.ts';
import type { ClusterConfig } from './config.ts';
import { firstMembership, type Membership, type Reform, type ReplaceReason } from './membership.ts';
import type { Round } from './messages-membership.ts';
import type { GroupId } from './record.ts';
import type { Az, HostId, SegmentId, Slot } from './topology.ts';

/** What the control plane has to know of the cluster to repair it. */
export type RepairSettings = Pick<
  ClusterConfig,
  'quorumModel' | 'pgclRule' | 'mutations' | 'hostsPerZone' | 'segmentBytes' | 'copyMbps'
>;

/** A member that is to be replaced: the look-out for a host, then the change itself. */
export interface Wanted {
  readonly slot: Slot;
  readonly segment: SegmentId;
  readonly reason: ReplaceReason;
  /** The number that the new member is called after; null before one was given. */
  readonly number: number | null;
  /** The new member, once a host has been asked to carry it. */
  readonly candidate: SegmentId | null;
  /** The candidate has begun to copy. */
  readonly joined: boolean;
  /** The candidate has been written into the membership. */
  readonly added: boolean;
  /** Hosts that were asked and did not answer. */
  readonly tried: readonly HostId[];
  /** The member acknowledges again. */
  readonly answered: boolean;
  /** Rounds since the candidate was last heard of. */
  readonly silent: number;
  /** Rounds since it was wanted. */
  readonly waited: number;
}

/** What a member said when it recorded the present epoch, or later. */
interface Report {
  readonly segment: SegmentId;
  readonly scl: Lsn;
  readonly highest: Lsn;
  readonly based: boolean;
}

/** One group that is being changed. Part of the metadata: it outlives an outage of the control plane. */
export interface GroupWork {
  readonly group: GroupId;
  readonly wanted: readonly Wanted[];
  readonly reform: Reform | null;
  /** By members that have recorded the present epoch. */
  readonly reports: readonly Report[];
  /** Enough of them that no older epoch can have a write quorum any more. */
  readonly recorded: boolean;
  /** A write quorum of them. */
  readonly settled: boolean;
  /** The membership before the present one, until it is known what was durable under it. */
  readonly before: Membership | null;
  /** No more than this was durable when the present epoch began. */
  readonly bound: Lsn;
  /** Rounds since the present epoch began. */
  readonly rounds: number;
  /** Members that take part no more, and have not been told yet that they may erase what they hold. */
  readonly retired: readonly SegmentId[];
}

/** A zone that is given up for long, or is to be. */
export interface ZoneReform {
  readonly az: Az;
  readonly wanted: 'given up' | 'taken back';
  readonly done: boolean;
}

/** A fleet being patched, one host at a time. */
interface Patching {
  readonly queue: readonly HostId[];
  /** The host that is away now. */
  readonly current: HostId | null;
  readonly sinceUs: number;
}

/** What the control plane knows of who keeps what. */
export interface Repair {
  readonly settings: RepairSettings;
  readonly groups: number;
  /** Memberships that are not those their groups began with. */
  readonly memberships: ReadonlyMap<GroupId, Membership>;
  readonly works: readonly GroupWork[];
  readonly reform: ZoneReform | null;
  readonly patching: Patching | null;
  /** Hosts that will not come back, and whose segments have not been looked after yet. */
  readonly lostHosts: readonly HostId[];
}

/** A control plane that changes nothing: every group has the members it began with. */
export const newRepair = (settings: RepairSettings, groups: number): Repair => ({
  settings,
  groups,
  memberships: new Map(),
  works: [],
  reform: null,
  patching: null,
  lostHosts: [],
});

/** Who keeps a group, by the metadata service. */
export const membershipIn = ({ memberships, settings }: Repair, group: GroupId): Membership =>
  memberships.get(group) ?? firstMembership(settings, group);

/** Who keeps each group, in order. */
export const membershipsIn = (repair: Repair): readonly Membership[] =>
  Array.from({ length: repair.groups }, (_, group) => membershipIn(repair, group));

/** What goes on in a group; undefined when nothing does. */
export const workIn = ({ works }: Repair, group: GroupId): GroupWork | undefined =>
  works.find((work) => work.group === group);

/** Work in a group that has only begun: its present epoch is recorded, nobody is wanted. */
export const newWork = (group: GroupId): GroupWork => ({
  group,
  wanted: [],
  reform: null,
  reports: [],
  recorded: true,
  settled: true,
  before: null,
  bound: 0,
  rounds: 0,
  retired: [],
});

/** The repair with one group's work changed, begun, or, when nothing is left of it, taken away. */
export function withWork(repair: Repair, work: GroupWork): Repair {
  const known = repair.works.some(({ group }) => group === work.group);
  const works = known
    ? repair.works.map((each) => (each.group === work.group ? work : each))
    : [...repair.works, work];
  return { ...repair, works };
}

/** What is wanted in a group, with `by` in the place of what was wanted at the same slot. */
export const replaced = ({ wanted }: GroupWork, by: Wanted): readonly Wanted[] =>
  wanted.map((each) => (each.slot === by.slot ? by : each));

/** The repair with one wanted member of a group changed. */
export const withWanted = (repair: Repair, work: GroupWork, wanted: Wanted): Repair =>
  withWork(repair, { ...work, wanted: replaced(work, wanted) });

/** The repair once a group's work is over. */
export const withoutWork = (repair: Repair, group: GroupId): Repair => ({
  ...repair,
  works: repair.works.filter((work) => work.group !== group),
});

/** The repair with the membership of a group that is in force from now on. */
export const withMembership = (repair: Repair, membership: Membership): Repair => ({
  ...repair,
  memberships: new Map(repair.memberships).set(membership.group, membership),
});

/** Between two looks at a group that changes (protocol choice). */
const ROUND_US = 200_000;

/** Rounds after which an order to a host, or a step, counts as unanswered (protocol choice). */
export const PATIENCE = 5;

/** The next look at a group that changes. */
export function roundSoon(group: GroupId, inUs: Micros = ROUND_US): Effect {
  const round: Round = { type: 'ROUND', group };
  return arm(`round ${group}`, inUs, round);
}
