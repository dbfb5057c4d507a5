/** Hand-made moments of a cluster: 12 hosts, 4 groups of six segments, a writer and two replicas. */
import {
  AZS,
  type Az,
  azOfSlot,
  type SegmentId,
  SLOTS,
  type Slot,
  segmentId,
} from '../protocol/topology.ts';
import type {
  ClusterView,
  FlightView,
  GroupView,
  HostView,
  InstanceView,
  RebuildView,
  SegmentView,
} from '../protocol/view.ts';
import { DEFAULT_LOOK, type Look } from './look.ts';

export interface Shape {
  readonly hostsPerZone: number;
  readonly replicas: number;
  readonly groups: number;
}

const SHAPE: Shape = { hostsPerZone: 4, replicas: 2, groups: 4 };

/** Where a group's slot lives: two neighbours in its zone, the next two for the next group. */
function hostOf(group: number, slot: Slot, { hostsPerZone }: Shape): string {
  const second = SLOTS.indexOf(slot) % 2;
  return `${azOfSlot(slot)}${((group * 2 + second) % hostsPerZone) + 1}`;
}

const NEWEST = 1042;

function segment(group: number, slot: Slot, shape: Shape, behind = 0): SegmentView {
  // Groups take turns in the log: each has every record whose number it gets.
  const own = Array.from(
    { length: 14 },
    (_, k) => NEWEST - group - (13 - k) * (group === 0 ? 1 : 3),
  );
  const held = own.slice(0, own.length - behind).slice(-12);
  const scl = held[held.length - 1] ?? 0;
  return {
    id: segmentId(group, slot),
    group,
    slot,
    host: hostOf(group, slot, shape),
    az: azOfSlot(slot),
    state: 'complete',
    chart: 'complete',
    scl,
    floor: 1000,
    highest: scl,
    ahead: [],
    recent: held,
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
    segments,
    healthy: 6,
    health: 'writes continue',
    firstPage: id * 16,
    lastPage: id * 16 + 15,
    meter: {
      lsn: segments[0]?.scl ?? 0,
      slots: segments.map(({ slot, host }) => ({ slot, host, state: 'acked' })),
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
        dropNext: false,
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
    txns: [17],
    page: null,
    label: '',
    ...patch,
  };
}

interface Copy {
  readonly slot: Slot;
  readonly state: 'acked' | 'stored' | 'sent' | 'down';
  /** Message in flight: its kind, and the share of its way at the view's time. */
  readonly air: readonly ['redo' | 'ack', number] | null;
}

const HOP: Readonly<Record<Az, number>> = { A: 250, B: 800, C: 860 };

function inTheAir(view: ClusterView, copies: readonly Copy[]): readonly FlightView[] {
  return copies.flatMap(({ slot, air }, k) => {
    if (!air) return [];
    const [kind, share] = air;
    const hop = HOP[azOfSlot(slot)];
    const sentUs = Math.round(view.timeUs - share * hop);
    const id: SegmentId = segmentId(0, slot);
    const host = hostOf(0, slot, SHAPE);
    const ends =
      kind === 'redo'
        ? { from: 'W', to: id, fromHost: 'W', toHost: host }
        : { from: id, to: 'W', fromHost: host, toHost: 'W' };
    return [
      flight({
        id: 100 + k,
        kind,
        ...ends,
        sentUs,
        dueUs: sentUs + hop,
        ...(kind === 'redo' ? { first: 1040, count: 3 } : { label: '4 of 6' }),
      }),
    ];
  });
}

/** Group 0 with a record (1040–1042) under way: who has it, who has said so. */
function withRecord(view: ClusterView, copies: readonly Copy[]): ClusterView {
  const acked = copies.filter(({ state }) => state === 'acked').length;
  const groups = view.groups.map((each): GroupView => {
    if (each.id !== 0) return each;
    return {
      ...each,
      pgcl: acked >= 4 ? NEWEST : 1039,
      tail: NEWEST,
      healthy: copies.filter(({ state }) => state !== 'down').length,
      segments: each.segments.map((one) => {
        const copy = copies.find(({ slot }) => slot === one.slot);
        const has = copy?.state === 'acked' || copy?.state === 'stored';
        return has ? one : segment(0, one.slot, SHAPE, 3);
      }),
      meter: {
        lsn: NEWEST,
        slots: each.segments.map(({ slot, host }) => ({
          slot,
          host,
          state: copies.find((copy) => copy.slot === slot)?.state ?? 'missing',
        })),
        acked,
        needed: 4,
        durable: acked >= 4,
      },
    };
  });
  const vdl = acked >= 4 ? NEWEST : 1039;
  return {
    ...view,
    groups,
    volume: { ...view.volume, vcl: vdl, vdl },
    flights: [...view.flights, ...inTheAir(view, copies)],
  };
}

const WAITING = [{ txn: 17, lsn: NEWEST, sinceUs: 12_400 }];

/** Plate 1: a full write crossing the air, three acknowledgements home, the fourth about to land. */
export function firstWrite(): ClusterView {
  const view = withRecord(restingView(), [
    { slot: 'a', state: 'acked', air: null },
    { slot: 'b', state: 'acked', air: null },
    { slot: 'c', state: 'acked', air: null },
    { slot: 'd', state: 'stored', air: ['ack', 0.8] },
    { slot: 'e', state: 'sent', air: ['redo', 0.72] },
    { slot: 'f', state: 'sent', air: ['redo', 0.5] },
  ]);
  const next = SLOTS.map((slot, k) => {
    const host = hostOf(1, slot, SHAPE);
    const sentUs = view.timeUs - Math.round((0.34 - k * 0.01) * HOP[azOfSlot(slot)]);
    return flight({
      id: 200 + k,
      kind: 'redo',
      from: 'W',
      to: segmentId(1, slot),
      fromHost: 'W',
      toHost: host,
      group: 1,
      sentUs,
      dueUs: sentUs + HOP[azOfSlot(slot)],
      first: 1043,
      last: 1043,
      txns: [18],
    });
  });
  return {
    ...view,
    volume: { ...view.volume, allocated: 1043 },
    instances: view.instances.map((each) =>
      each.id === 'W'
        ? { ...each, waitingCommits: WAITING, readPoint: 1039 }
        : {
            ...each,
            readPoint: each.id === 'R1' ? 1039 : 1036,
            lagUs: each.id === 'R1' ? 900 : 1_700,
          },
    ),
    clients: view.clients.map((client, k) =>
      k === 0 ? { ...client, waitingSinceUs: 12_380, chart: 'waiting' } : client,
    ),
    transactions: [
      {
        txn: 17,
        session: 1,
        state: 'waiting for durability',
        first: 1040,
        last: NEWEST,
        commitLsn: NEWEST,
        groups: [0],
      },
    ],
    flights: [
      ...view.flights,
      ...next.slice(0, 0),
      flight({
        id: 300,
        kind: 'stream',
        from: 'W',
        to: 'R1',
        sentUs: 12_420,
        dueUs: 13_150,
        first: 1040,
        count: 3,
      }),
      flight({
        id: 301,
        kind: 'stream',
        from: 'W',
        to: 'R2',
        sentUs: 12_420,
        dueUs: 13_220,
        first: 1040,
        count: 3,
      }),
    ],
  };
}

/** Plate 2: zone C is gone, four acknowledgements still make a quorum, commits return. */
export function zoneDown(): ClusterView {
  const view = withRecord(restingView(), [
    { slot: 'a', state: 'acked', air: null },
    { slot: 'b', state: 'acked', air: null },
    { slot: 'c', state: 'acked', air: null },
    { slot: 'd', state: 'acked', air: null },
    { slot: 'e', state: 'down', air: null },
    { slot: 'f', state: 'down', air: null },
  ]);
  return {
    ...view,
    zones: view.zones.map((zone) => (zone.az === 'C' ? { ...zone, state: 'down' } : zone)),
    hosts: view.hosts.map((host) =>
      host.az === 'C' ? { ...host, state: 'down', chart: 'down' } : host,
    ),
    instances: view.instances.map((each) =>
      each.az === 'C' ? { ...each, state: 'down', chart: 'down', readPoint: 1036 } : each,
    ),
    groups: view.groups.map((each) => ({
      ...each,
      healthy: 4,
      segments: each.segments.map((one) => (one.az === 'C' ? { ...one, state: 'down' } : one)),
    })),
    clients: view.clients.map((client, k) =>
      k === 1 ? { ...client, waitingSinceUs: 12_100, chart: 'waiting' } : client,
    ),
    flights: [
      ...view.flights,
      flight({ id: 400, kind: 'reply', from: 'W', to: 'app2', sentUs: 12_600, dueUs: 13_000 }),
      flight({
        id: 401,
        kind: 'redo',
        from: 'W',
        to: '0/a',
        toHost: 'A1',
        first: 1043,
        last: 1043,
        sentUs: 12_730,
        dueUs: 12_980,
      }),
      flight({
        id: 402,
        kind: 'redo',
        from: 'W',
        to: '0/b',
        toHost: 'A2',
        first: 1043,
        last: 1043,
        sentUs: 12_730,
        dueUs: 12_990,
      }),
      flight({
        id: 403,
        kind: 'redo',
        from: 'W',
        to: '0/c',
        toHost: 'B1',
        first: 1043,
        last: 1043,
        sentUs: 12_480,
        dueUs: 13_080,
      }),
      flight({
        id: 404,
        kind: 'redo',
        from: 'W',
        to: '0/d',
        toHost: 'B2',
        first: 1043,
        last: 1043,
        sentUs: 12_480,
        dueUs: 13_280,
      }),
      flight({
        id: 405,
        kind: 'redo',
        from: 'W',
        to: '0/e',
        toHost: 'C1',
        first: 1043,
        last: 1043,
        sentUs: 12_480,
        dueUs: 12_860,
        lost: 'C1 is down',
        reach: 0.62,
      }),
      flight({
        id: 406,
        kind: 'redo',
        from: 'W',
        to: '0/f',
        toHost: 'C2',
        first: 1043,
        last: 1043,
        sentUs: 12_480,
        dueUs: 12_870,
        lost: 'C2 is down',
        reach: 0.6,
      }),
    ],
    counters: { ...view.counters, commits: 141, lost: 2 },
  };
}

const row = (key: number, item: string) => ({
  key,
  values: [key, item],
  txn: 9,
  undo: null,
  deleted: false,
});

/** Plate 3: R1 lacks page 7; B2 builds it from an old version and the records since. */
export function pageRebuild(): ClusterView {
  const view = restingView();
  const rebuild: RebuildView = {
    segment: '0/d',
    host: 'B2',
    instance: 'R1',
    page: 7,
    readPoint: 1041,
    baseLsn: 1031,
    hit: false,
    phase: 'applying',
    startedUs: 12_500,
    nextUs: 12_890,
    left: [
      { lsn: 1038, what: 'update 104' },
      { lsn: 1040, what: 'insert 107' },
      { lsn: 1041, what: 'update 101' },
    ],
    done: [
      { lsn: 1033, what: 'insert 105' },
      { lsn: 1036, what: 'update 102' },
    ],
    pageLsn: 1036,
    rows: [row(101, 'lamp'), row(102, 'blue kettle'), row(104, 'chair'), row(105, 'desk')],
    kind: 'leaf',
  };
  return {
    ...view,
    instances: view.instances.map((each) =>
      each.id === 'R1'
        ? { ...each, pendingReads: [{ page: 7, readPoint: 1041, segment: '0/d' }], readPoint: 1041 }
        : each,
    ),
    rebuilds: [rebuild],
    flights: [
      flight({
        id: 500,
        kind: 'stream',
        from: 'W',
        to: 'R1',
        sentUs: 12_600,
        dueUs: 13_100,
        first: 1042,
      }),
      flight({
        id: 501,
        kind: 'gossip',
        from: '2/b',
        to: '2/c',
        fromHost: 'A2',
        toHost: 'B1',
        group: 2,
        sentUs: 12_500,
        dueUs: 13_250,
        txns: [],
      }),
    ],
  };
}

export interface Plate {
  readonly name: string;
  readonly view: ClusterView;
  readonly shownUs: number;
  readonly look: Look;
}

/** The three pictures everything else is judged by. */
export function plates(): readonly Plate[] {
  const first = firstWrite();
  const gone = zoneDown();
  const page = pageRebuild();
  return [
    {
      name: '1-first-write',
      view: first,
      shownUs: first.timeUs,
      look: { ...DEFAULT_LOOK, changed: new Set(['acked:0/c']) },
    },
    {
      name: '2-zone-down',
      view: gone,
      shownUs: gone.timeUs,
      look: { ...DEFAULT_LOOK, changed: new Set(['vdl', 'acked:0/d', 'commits']) },
    },
    {
      name: '3-page-rebuild',
      view: page,
      shownUs: page.timeUs + 6,
      look: { ...DEFAULT_LOOK, followedRead: { instance: 'R1', page: 7 } },
    },
  ];
}
