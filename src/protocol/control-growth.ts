import type { Lsn } from '../database/ids.ts';
import { freePage } from '../database/page.ts';
import {
  type ActorId,
  arm,
  type Delivery,
  disarm,
  type Effect,
  type Outcome,
  send,
} from '../engine/effect.ts';
import { type Signal, signal } from '../engine/signal.ts';
import type { ClusterConfig } from './config.ts';
import type { Control } from './control.ts';
import { hostFor } from './control-hosts.ts';
import { reformNewGroup } from './control-reform.ts';
import { membershipsIn, withMembership } from './control-work.ts';
import { firstMembership, type Membership, membersOf, type Place } from './membership.ts';
import type { AskGeometry, GeometryIs, Host, Hosted, NewGroup } from './messages-growth.ts';
import { note } from './note.ts';
import type { GroupId } from './record.ts';
import { type HostId, partsOf, type SegmentId } from './topology.ts';

/** What the control plane has to know to let the volume grow. */
export interface GrowthSettings extends Pick<ClusterConfig, 'pagesPerGroup' | 'maxGroups'> {
  /** Every group begins complete to the LSN that the volume began at. */
  readonly firstLsn: Lsn;
}

/** A group that is being founded. Part of the metadata, like everything the control plane knows. */
export interface Growth {
  readonly group: GroupId;
  readonly membership: Membership;
  /** Segments that have said they are there. */
  readonly hosted: readonly SegmentId[];
  /** Hosts that were asked and have not answered. */
  readonly tried: readonly HostId[];
  /** Who waits for it; null when somebody asked by hand. */
  readonly by: ActorId | null;
}

/** So long the hosts are given before others are asked (protocol choice). */
const GROW_AGAIN_US = 1_000_000;

/** An instance wants to know the volume's geometry, or has filled what it knows of it. */
export function askGeometry(
  control: Control,
  { message, from }: Delivery<AskGeometry>,
): Outcome<Control> {
  const { groups } = control.repair;
  if (message.groups < groups) return [control, [geometry(control, from, message.groups)]];
  if (!message.full || control.growth !== null) return [control, []];
  return begin(control, from);
}

/** Somebody asks for one more group by hand. */
export const grow = (control: Control): Outcome<Control> =>
  control.growth === null ? begin(control, null) : [control, []];

/** What was appended to the groups that an instance knows. */
function geometry(control: Control, to: ActorId, known: number): Effect {
  const { repair, geometryEpoch, settings } = control;
  const groups = membershipsIn(repair)
    .slice(known)
    .map((membership): NewGroup => ({ membership, lsn: settings.firstLsn }));
  const message: GeometryIs = { type: 'GEOMETRY', epoch: geometryEpoch, groups };
  return send(to, message);
}

/** Six hosts are chosen, two in each zone, those with the fewest segments first (SIGMOD'17 §2.2). */
function begin(control: Control, by: ActorId | null): Outcome<Control> {
  const { groups } = control.repair;
  const { maxGroups } = control.settings;
  if (groups >= maxGroups)
    return [control, [note({ type: 'growth-refused', groups, limit: maxGroups })]];
  const membership = placed(control, firstMembership(control.repair.settings, groups), [], []);
  const growth: Growth = { group: groups, membership, hosted: [], tried: [], by };
  const effects: Effect[] = [note({ type: 'growth-asked', group: groups, by })];
  effects.push(...ask(control, growth));
  return [{ ...control, growth }, effects];
}

/** The membership with each place that is not `settled` on the best host that is left for it. */
function placed(
  control: Control,
  { group, places, ...rest }: Membership,
  settled: readonly SegmentId[],
  tried: readonly HostId[],
): Membership {
  const chosen: Place[] = places.filter(({ member }) => settled.includes(member));
  for (const { slot, kind, member } of places) {
    if (settled.includes(member)) continue;
    const so = { group, places: chosen, ...rest };
    const host = hostFor(control.repair, so, { slot, tried });
    const id: SegmentId = host === null ? member : `${group}/${slot}@${host}`;
    chosen.push({ slot, kind, member: id, replacement: null });
  }
  const inOrder = chosen.toSorted((a, b) => (a.slot < b.slot ? -1 : 1));
  return { group, places: inOrder, ...rest };
}

const hostsOf = (membership: Membership): readonly HostId[] =>
  membersOf(membership).map((id) => partsOf(id).host ?? '');

/** Tells each host that has not answered which segment it is to carry. */
function ask(control: Control, { group, membership, hosted }: Growth): readonly Effect[] {
  const { settings, geometryEpoch, volumeEpoch, ranges } = control;
  const { pagesPerGroup, firstLsn: lsn } = settings;
  const first = group * pagesPerGroup;
  const pages = Array.from({ length: pagesPerGroup }, (_, i) => freePage(first + i));
  const epochs = { volume: volumeEpoch, membership: 1, geometry: geometryEpoch + 1 };
  const founding = { membership, lsn, epochs, ranges, pages };
  const effects: Effect[] = [
    arm('grow', GROW_AGAIN_US, signal('GROW_AGAIN')),
    note({ type: 'growth-placed', group, hosts: hostsOf(membership) }),
  ];
  for (const segment of membersOf(membership)) {
    const host: Host = { type: 'HOST', segment, founding };
    if (!hosted.includes(segment)) effects.push(send(partsOf(segment).host ?? '', host));
  }
  return effects;
}

/**
 * A segment of the new group is there; with the last of them the group exists. Words from before another
 * claimed the volume do not count: the writer of then could make records durable in the new group that
 * the recovery never asks for (protocol choice).
 */
export function hosted(control: Control, { message }: Delivery<Hosted>): Outcome<Control> {
  const { growth } = control;
  const { segment, volume } = message;
  if (volume !== control.volumeEpoch) return [control, []];
  if (growth === null || !membersOf(growth.membership).includes(segment)) return [control, []];
  if (growth.hosted.includes(segment)) return [control, []];
  const next: Growth = { ...growth, hosted: [...growth.hosted, segment] };
  const all = next.hosted.length === membersOf(growth.membership).length;
  return all ? founded(control, next) : [{ ...control, growth: next }, []];
}

/**
 * Not all have answered: others of their zones are asked in their place. The group is founded when all its
 * places are taken, because nobody keeps what a missing member would lack (protocol choice).
 */
export function growAgain(control: Control, _: Delivery<Signal<'GROW_AGAIN'>>): Outcome<Control> {
  const { growth } = control;
  if (growth === null) return [control, []];
  const isThere = (id: SegmentId): boolean => growth.hosted.includes(id);
  const missing = membersOf(growth.membership).filter((id) => !isThere(id));
  const tried = [...growth.tried, ...missing.map((id) => partsOf(id).host ?? '')];
  const membership = placed(control, growth.membership, growth.hosted, tried);
  const next: Growth = { ...growth, membership, tried };
  return [{ ...control, growth: next }, ask(control, next)];
}

/** A host that carries part of a group to be is gone with it: another is asked at the next turn. */
export const withoutHost = (growth: Growth | null, host: HostId): Growth | null =>
  growth && { ...growth, hosted: growth.hosted.filter((id) => partsOf(id).host !== host) };

/** The group exists from now on: the map is in the metadata, under the next geometry epoch. */
function founded(control: Control, growth: Growth): Outcome<Control> {
  const { group, membership, by, hosted: there } = growth;
  const epoch = control.geometryEpoch + 1;
  const effects: Effect[] = [];
  const grown = { ...withMembership(control.repair, membership), groups: group + 1 };
  const repair = reformNewGroup(grown, group, effects);
  const next: Control = { ...control, repair, geometryEpoch: epoch, growth: null };
  const told = new Set([control.writer, ...(by === null ? [] : [by])]);
  return [
    next,
    [
      disarm('grow'),
      note({ type: 'group-founded', group, epoch, segments: there.length }),
      ...[...told].map((id) => geometry(next, id, group)),
      ...effects,
    ],
  ];
}

/** The volume was claimed: whoever is there already has to promise to refuse the writer of before. */
export function growthReclaimed(control: Control): Outcome<Control> {
  const { growth } = control;
  if (growth === null) return [control, []];
  const again: Growth = { ...growth, hosted: [] };
  return [{ ...control, growth: again }, ask(control, again)];
}

/** After an outage it goes on with what it had begun. */
export const growthResumed = ({ growth }: Control): readonly Effect[] =>
  growth === null ? [] : [arm('grow', 0, signal('GROW_AGAIN'))];
