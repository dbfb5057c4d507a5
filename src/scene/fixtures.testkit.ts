/** Hand-made moments of a cluster: 12 hosts, 4 groups of six segments, a writer and two replicas. */
import { AZS, type Az, azOfSlot, SLOTS, type Slot, segmentId } from '../protocol/topology.ts';
import type {
  ClusterView,
  FlightView,
  GroupView,
  HostView,
  InstanceView,
  SegmentView,
} from '../protocol/view.ts';

export interface Shape {
  readonly hostsPerZone: number;
  readonly replicas: number;
  readonly groups: number;
}

export const SHAPE: Shape = { hostsPerZone: 4, replicas: 2, groups: 4 };

/** Where a group's slot lives: two neighbours in its zone, the next two for the next group. */
export function hostOf(group: number, slot: Slot, { hostsPerZone }: Shape): string {
  const second = SLOTS.indexOf(slot) % 2;
  return `${azOfSlot(slot)}${((group * 2 + second) % hostsPerZone) + 1}`;
}

export const NEWEST = 1042;

export function segment(group: number, slot: Slot, shape: Shape, behind = 0): SegmentView {
  // Groups take turns in the log: each has every record whose number it gets.
  const newest = group === 0 ? NEWEST : NEWEST - 3 - group;
  const own = Array.from({ length: 14 }, (_, k) => newest - (13 - k) * (group === 0 ? 1 : 3));
  const held = own.slice(0, own.length - behind).slice(-12);
  const scl = held[held.length - 1] ?? 0;
  return {
    id: segmentId(group, slot),
    group,
    slot,
    member: slot,
    host: hostOf(group, slot, shape),
    az: azOfSlot(slot),
    state: 'complete',
    chart: 'complete',
    kind: 'full',
    percent: null,
    epochs: { volume: 3, membership: 1, geometry: 1 },
    ranges: [],
    pgmrpl: 1030,
    backedUpTo: 0,
    damage: [],
    scl,
    floor: 1000,
    highest: scl,
    ahead: [],
    recent: held,
    undoes: [],
    hotRecords: 12,
    ackedScl: scl,
    pages: [{ page: 7, lsn: 1031, chain: 4 }],
    steps: [9, 9, 4, 2, group === 0 ? 3 : 0, 0, 1, 0],
    gossipKnown: scl,
  };
}

function group(id: number, shape: Shape): GroupView {
  const segments = SLOTS.map((slot) => segment(id, slot, shape));
  return {
    id,
    pgcl: segments[0]?.scl ?? 0,
    tail: segments[0]?.scl ?? 0,
    write: { k: 4, of: SLOTS },
    read: { k: 3, of: SLOTS },
    writeText: '4/6 of abcdef',
    readText: '3/6 of abcdef',
    writesOk: true,
    readsOk: true,
    membershipEpoch: 1,
    places: segments.map((each) => ({
      ...{ slot: each.slot, member: each.member, segment: each.id },
      ...{ struck: false, replacement: null },
    })),
    segments,
    copies: 6,
    healthy: 6,
    health: 'writes continue',
    firstPage: id * 16,
    lastPage: id * 16 + 15,
    meter: {
      lsn: segments[0]?.scl ?? 0,
      slots: segments.map(({ slot, member, host }) => ({
        ...{ slot, member, host },
        state: 'acked',
      })),
      acked: 6,
      needed: 4,
      durable: true,
    },
  };
}

function instance(id: string, az: Az, patch: Partial<InstanceView>): InstanceView {
  const pages = [7, 3, 1, 12, 18];
  return {
    id,
    role: id === 'W' ? 'writer' : 'replica',
    az,
    state: 'open',
    chart: 'open',
    epoch: 3,
    tier: 1,
    isolated: false,
    cutFrom: [],
    refusedBy: null,
    recovery: null,
    undoLeft: 0,
    oldestReadView: 1036,
    cacheCapacity: 8,
    cache: pages.map((page, k) => ({
      page,
      group: 0,
      lsn: NEWEST - k * 3,
      durable: id !== 'W' || k > 0,
      kind: 'leaf',
    })),
    readPoint: 1039,
    highestReceived: 1041,
    lagUs: 2_100,
    applied: 41,
    skipped: 63,
    hits: 90,
    misses: 4,
    waitingCommits: [],
    pendingReads: [],
    status: null,
    sessions: [],
    stalled: null,
    ...patch,
  };
}

function hosts(shape: Shape, groups: readonly GroupView[]): readonly HostView[] {
  const segments = groups.flatMap((each) => each.segments);
  return AZS.flatMap((az) =>
    Array.from({ length: shape.hostsPerZone }, (_, k): HostView => {
      const id = `${az}${k + 1}`;
      return {
        id,
        az,
        state: 'up',
        slow: false,
        isolated: false,
        cutFrom: [],
        dropNext: false,
        patching: false,
        diskQueue: 0,
        chart: 'up',
        segments: segments.filter(({ host }) => host === id).map((each) => each.id),
      };
    }),
  );
}

/** A cluster in which nothing moves. */
export function restingView(shape: Shape = SHAPE): ClusterView {
  const groups = Array.from({ length: shape.groups }, (_, id) => group(id, shape));
  const replicas = Array.from({ length: shape.replicas }, (_, k) =>
    instance(`R${k + 1}`, AZS[(k + 1) % 3] ?? 'B', {}),
  );
  return {
    timeUs: 12_850,
    volume: {
      allocated: NEWEST,
      vcl: NEWEST,
      vdl: NEWEST,
      allocationLimit: 2041,
      epoch: 3,
      geometryEpoch: 1,
      model: '4/6',
      ranges: [],
      pgmrpl: 1030,
    },
    zones: AZS.map((az) => ({ az, state: 'up' })),
    instances: [instance('W', 'A', { readPoint: NEWEST }), ...replicas],
    hosts: hosts(shape, groups),
    groups,
    flights: [],
    transactions: [],
    rebuilds: [],
    clients: [
      ...['app1', 'app2', 'app3', 'app4'].map((id) => ({
        id,
        kind: 'application' as const,
        endpoint: 'W',
        chart: 'idle',
        waitingSinceUs: null,
        queued: 0,
      })),
      { id: 'you', kind: 'console', endpoint: 'W', chart: 'idle', waitingSinceUs: null, queued: 0 },
    ],
    endpoint: { writer: 'W', sinceUs: 0, moving: false },
    control: {
      state: 'available',
      chart: 'available',
      failover: null,
      suspects: [],
      patching: [],
      withoutZone: null,
      growing: null,
    },
    store: null,
    restored: null,
    counters: { events: 4_210, messages: 1_204, commits: 128, batches: 130, lost: 0 },
  };
}

/** A message with what a test does not care about filled in. */
export function flight(
  patch: Partial<FlightView> & Pick<FlightView, 'id' | 'kind' | 'from' | 'to'>,
): FlightView {
  return {
    fromHost: patch.from,
    toHost: patch.to,
    sentUs: 12_400,
    dueUs: 13_200,
    lost: null,
    reach: 1,
    group: 0,
    first: NEWEST,
    last: NEWEST,
    count: 1,
    undoes: 0,
    txns: [17],
    page: null,
    label: '',
    ...patch,
  };
}
