import { type Membership, placeOf, placesHeld, readSet, writeSet } from './membership.ts';
import type { Write } from './messages.ts';
import { leastMembers, satisfies } from './quorum.ts';
import type { GroupId, LogRecord, LsnRange } from './record.ts';
import type { Segment } from './segment.ts';
import { percentCopied } from './segment-hydrate.ts';
import { type HostId, partsOf, type SegmentId, type Slot, zoneOfHost } from './topology.ts';
import type { GroupView, HostView, MeterView, SegmentView } from './view.ts';
import { controlIn, nodeIn, type Seen, segmentIn, type World } from './view-actors.ts';
import { damageOf } from './view-backup.ts';
import { placeView, stateOf } from './view-members.ts';
import { lettered, quorumText } from './view-quorum.ts';
import type { WriterGroup } from './writer.ts';

/** LSNs that a segment's ruler shows at most. */
const RECENT = 12;

const HOST_STATES: Readonly<Record<string, HostView['state']>> = {
  down: 'down',
  restarting: 'restarting',
  lost: 'lost',
};

/** A storage host: its power, its faults and what waits for its disk. */
export function hostView(world: World, id: HostId): HostView {
  const { context, chart, state } = nodeIn(world, id);
  const { isolated, slow, dropNext, blocked } = world.network;
  return {
    id,
    az: zoneOfHost(id),
    state: HOST_STATES[state] ?? 'up',
    slow: slow.includes(id),
    isolated: isolated.includes(id),
    cutFrom: blocked.filter(({ from }) => from === id).map(({ to }) => to),
    dropNext: dropNext.includes(id),
    patching: controlIn(world).context.repair.patching?.current === id,
    diskQueue: context.queue.length,
    chart,
    segments: context.segments,
  };
}

/** One protection group with its six members. */
export function groupView(world: World, group: WriterGroup): GroupView {
  const { config, firstLsn } = world.network.cluster;
  const { members, membership } = group;
  const write = writeSet(membership);
  const read = readSet(membership);
  const segments = members.map((id, at) => segmentView(world, group, id, at));
  const reachable = (id: SegmentId): boolean => isReachable(world, segments[members.indexOf(id)]);
  const places = membership.places.map((place) => placeView(world, membership, place));
  const counted = places.filter(({ struck }) => !struck);
  const writesOk = satisfies(write, reachable);
  const readsOk = satisfies(read, reachable);
  return {
    id: group.id,
    pgcl: group.points.pgcl,
    tail: group.points.tail,
    write: lettered(write),
    read: lettered(read),
    writeText: quorumText(lettered(write)),
    readText: quorumText(lettered(read)),
    writesOk,
    readsOk,
    membershipEpoch: membership.epoch,
    places,
    segments,
    copies: counted.length,
    healthy: placesHeld(membership, reachable),
    health: writesOk ? 'writes continue' : readsOk ? 'writes wait' : 'data at risk',
    firstPage: group.id * config.pagesPerGroup,
    lastPage: (group.id + 1) * config.pagesPerGroup - 1,
    meter: meterOf(world, group, segments, firstLsn, leastMembers(write)),
  };
}

function isReachable(world: World, segment: SegmentView | undefined): boolean {
  if (segment === undefined || GONE.includes(segment.state)) return false;
  return !world.network.isolated.includes(segment.host);
}

const GONE: readonly SegmentView['state'][] = ['down', 'absent', 'retired'];

const memo = new WeakMap<Segment, SegmentView>();

function segmentView(world: World, group: WriterGroup, id: SegmentId, at: number): SegmentView {
  const seen = segmentIn(world, id);
  const ackedScl = group.points.scl[at] ?? 0;
  const state = stateOf(seen, group.membership);
  const percent = percentCopied(seen.context, world.position.timeUs);
  const known = memo.get(seen.context);
  if (known?.ackedScl === ackedScl && known.state === state && known.percent === percent)
    return known;
  const slot = slotIn(group.membership, id);
  const view = { ...freshView(seen, slot, ackedScl), state, percent };
  memo.set(seen.context, view);
  return view;
}

const slotIn = (membership: Membership, id: SegmentId): Slot =>
  placeOf(membership, id)?.slot ?? 'a';

function freshView(
  seen: Seen<Segment>,
  slot: Slot,
  ackedScl: number,
): Omit<SegmentView, 'state' | 'percent'> {
  const { context: segment, chart } = seen;
  const { id, group, kind, host, scl, floor, log, ahead, pages, firstPage, steps } = segment;
  const recent = log.slice(log.length - RECENT);
  return {
    id,
    group,
    slot,
    member: partsOf(id).member,
    host,
    az: zoneOfHost(host),
    chart,
    kind,
    epochs: segment.epochs,
    ranges: segment.ranges,
    pgmrpl: segment.pgmrpl,
    backedUpTo: segment.backup.upTo,
    damage: damageOf(segment),
    scl,
    floor,
    highest: ahead[ahead.length - 1]?.lsn ?? scl,
    ahead: rangesOf(ahead),
    recent: recent.map(({ lsn }) => lsn),
    undoes: recent.filter((record) => record.kind === 'clr').map(({ lsn }) => lsn),
    hotRecords: log.length + ahead.length,
    ackedScl,
    pages: pages.flatMap(({ versions, head, chain }, i) =>
      versions.length > 1 || chain > 0
        ? [{ page: firstPage + i, lsn: versions[versions.length - 1]?.lsn ?? head, chain }]
        : [],
    ),
    steps,
    gossipKnown: segment.allCompleteTo,
  };
}

/** Waiting records as runs that follow each other in the group's chain. */
function rangesOf(records: readonly LogRecord[]): readonly LsnRange[] {
  const ranges: { first: number; last: number }[] = [];
  for (const { lsn, prevSegmentLsn } of records) {
    const open = ranges[ranges.length - 1];
    if (open !== undefined && open.last === prevSegmentLsn) open.last = lsn;
    else ranges.push({ first: lsn, last: lsn });
  }
  return ranges;
}

/** The newest record that has been sent, and how far it has come at each of the six. */
function meterOf(
  world: World,
  group: WriterGroup,
  segments: readonly SegmentView[],
  firstLsn: number,
  needed: number,
): MeterView | null {
  const { boxcar, points } = group;
  const lsn = boxcar[0]?.prevSegmentLsn ?? points.tail;
  if (lsn <= firstLsn) return null;
  const under = underWay(world, group.id, lsn);
  const slots = segments.map((segment) => ({
    slot: segment.slot,
    member: segment.member,
    host: segment.host,
    state: meterState(segment, lsn, under.has(segment.id)),
  }));
  const states = new Map(segments.map(({ id }, at) => [id, slots[at]?.state]));
  const acked = placesHeld(group.membership, (id) => states.get(id) === 'acked');
  return { lsn, slots, acked, needed, durable: points.pgcl >= lsn };
}

function meterState(
  segment: SegmentView,
  lsn: number,
  sent: boolean,
): MeterView['slots'][number]['state'] {
  if (segment.ackedScl >= lsn) return 'acked';
  if (segment.state === 'down') return 'down';
  if (segment.scl >= lsn || segment.ahead.some(({ last }) => last >= lsn)) return 'stored';
  return sent ? 'sent' : 'missing';
}

/** Members for which a batch with this record is in flight or waits for a disk. */
function underWay(world: World, group: GroupId, lsn: number): ReadonlySet<string> {
  const flying = world.waiting.flatMap(({ message, to, lost }) =>
    lost === null && message.type === 'WRITE' && carries(message as Write, group, lsn) ? [to] : [],
  );
  const queued = world.network.cluster.hosts.flatMap((host) =>
    nodeIn(world, host).context.queue.flatMap(({ disk: { job, segment } }) =>
      job.kind === 'write' && carries(job.write, group, lsn) ? [segment] : [],
    ),
  );
  return new Set([...flying, ...queued]);
}

const carries = (write: Write, group: GroupId, lsn: number): boolean =>
  write.group === group && write.records.some((record) => record.lsn === lsn);
