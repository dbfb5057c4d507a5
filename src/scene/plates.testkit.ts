/** The plates everything else is judged by, and two for a close look: all states, and a crowd. */
import { type Az, azOfSlot, type SegmentId, type Slot, segmentId } from '../protocol/topology.ts';
import type { ClusterView, FlightView, GroupView, RebuildView } from '../protocol/view.ts';
import { membershipChange, promoting, recovering, troubles, zombie } from './failures.testkit.ts';
import { flight, hostOf, NEWEST, restingView, SHAPE, segment } from './fixtures.testkit.ts';
import { DEFAULT_LOOK, type Look } from './look.ts';
import { crowd, everyState } from './states.testkit.ts';

interface Copy {
  readonly slot: Slot;
  readonly state: 'acked' | 'stored' | 'sent' | 'down';
  /** Message in flight: its kind, and the share of its way at the view's time. */
  readonly air: readonly ['redo' | 'ack', number] | null;
}

const SENT = 12_400;
const HOP: Readonly<Record<Az, number>> = { A: 250, B: 800, C: 860 };

function inTheAir(view: ClusterView, copies: readonly Copy[]): readonly FlightView[] {
  return copies.flatMap(({ slot, air }, k) => {
    if (!air) return [];
    const [kind, share] = air;
    // All six leave together; what differs is how long each takes.
    const sentUs = kind === 'redo' ? SENT : Math.round(view.timeUs - share * HOP[azOfSlot(slot)]);
    const hop = kind === 'redo' ? Math.round((view.timeUs - SENT) / share) : HOP[azOfSlot(slot)];
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
        slots: each.segments.map(({ slot, member, host }) => ({
          slot,
          member,
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
  return {
    ...view,
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

const to = (slot: Slot) => {
  const id = segmentId(0, slot);
  return { to: id, toHost: hostOf(0, slot, SHAPE) };
};

/** What is in the air while zone C is gone: a commit on its way back, the next record on its way out. */
function flightsWithoutC(): readonly FlightView[] {
  const next = { kind: 'redo', from: 'W', first: 1043, last: 1043, sentUs: 12_480 } as const;
  const dead = { lost: 'the host is down', dueUs: 12_866 };
  return [
    flight({ id: 400, kind: 'reply', from: 'W', to: 'app2', sentUs: 12_600, dueUs: 13_000 }),
    flight({ ...next, ...to('a'), id: 401, sentUs: 12_730, dueUs: 12_980 }),
    flight({ ...next, ...to('b'), id: 402, sentUs: 12_730, dueUs: 12_990 }),
    flight({ ...next, ...to('c'), id: 403, dueUs: 13_080 }),
    flight({ ...next, ...to('d'), id: 404, dueUs: 13_280 }),
    flight({ ...next, ...to('e'), ...dead, id: 405, reach: 0.62 }),
    flight({ ...next, ...to('f'), ...dead, id: 406, reach: 0.6 }),
  ];
}

/** Plate 2: zone C is gone, four acknowledgements still make a quorum, commits return. */
function zoneDown(): ClusterView {
  const copies = [...'abcdef'].map((slot, k) => ({
    slot: slot as Slot,
    state: k < 4 ? ('acked' as const) : ('down' as const),
    air: null,
  }));
  const view = withRecord(restingView(), copies);
  const inC = <T extends { readonly az: Az }>(list: readonly T[], patch: Partial<T>) =>
    list.map((each) => (each.az === 'C' ? { ...each, ...patch } : each));
  return {
    ...view,
    volume: { ...view.volume, allocated: 1043 },
    zones: inC(view.zones, { state: 'down' }),
    hosts: inC(view.hosts, { state: 'down', chart: 'down' }),
    instances: inC(view.instances, { state: 'down', chart: 'down', readPoint: 1036 }),
    groups: view.groups.map((each) => ({
      ...each,
      healthy: 4,
      segments: inC(each.segments, { state: 'down' }),
    })),
    clients: view.clients.map((client, k) =>
      k === 1 ? { ...client, waitingSinceUs: 12_100, chart: 'waiting' } : client,
    ),
    flights: flightsWithoutC(),
    counters: { ...view.counters, commits: 141, lost: 2 },
  };
}

const row = (key: number, item: string) => ({
  ...{ key, values: [key, item], txn: 9, undo: null, deleted: false },
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
      { lsn: 1038, what: 'row 104 put' },
      { lsn: 1040, what: 'row 107 put' },
      { lsn: 1041, what: 'row 101 put' },
    ],
    done: [
      { lsn: 1033, what: 'row 105 put' },
      { lsn: 1036, what: 'row 102 put' },
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

const still = (name: string, view: ClusterView): Plate => ({
  ...{ name, view, shownUs: view.timeUs, look: DEFAULT_LOOK },
});

/** All plates by name; the first three are the ones to get right. */
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
    still('4-states', everyState()),
    still('5-crowd', crowd()),
    still('6-recovering', recovering()),
    still('7-promoting', promoting()),
    still('8-zombie', zombie()),
    still('9-membership', membershipChange()),
    still('10-troubles', troubles()),
    { ...still('11-all-groups', troubles()), look: { ...DEFAULT_LOOK, focusGroup: 'all' } },
  ];
}
