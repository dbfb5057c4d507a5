import { BY_HAND, insert, load, sql, you } from '../scenario/demonstration.ts';
import { crashAll, insertOrder, split } from './deeds.ts';
import { prepared, type Timed } from './openings.ts';
import type { Puzzle } from './puzzle.ts';

/** One group on a few nodes, and nothing that happens unasked. */
const ONE_GROUP = {
  ...BY_HAND,
  ...{ replicas: 0, groups: 1, maxGroups: 1, pagesPerGroup: 31, hostsPerZone: 2 },
  ...{ backupEveryUs: 0, scrubEveryUs: 0 },
};

const at = (ms: number, acts: readonly Timed[number][1][]): Timed => acts.map((act) => [ms, act]);

const slow = (...targets: readonly string[]): readonly Timed[number][1][] =>
  targets.map((target) => ({ op: 'slow', target, on: true }));

const STOP_COMMITS: Puzzle = {
  id: 'stop-commits',
  title: 'The fewest crashes',
  goal: 'Make every commit wait for half a second or longer, by crashing as few storage nodes as you can. Three are enough.',
  opening: prepared({ ...BY_HAND, workload: load(200, { readPermille: 0 }) }, [], 50),
  solved: { ask: 'commit-waits', atLeastUs: 500_000 },
  rules: [
    {
      id: 'nodes-only',
      says: 'Only crash storage nodes: no zones, no instances, nothing else.',
      only: [{ ops: ['crash'], to: 'node' }],
    },
    { id: 'three', says: 'Three nodes at most.', atMost: 3, of: [{ ops: ['crash'] }] },
  ],
  hints: [
    'A commit waits when its group cannot get four of six. Which nodes keep copies of the same group?',
    'Select a node to see its groups. Three nodes that have a group in common are enough.',
    'Crash A1, B1 and C1: groups 0 and 2 are left with three copies, and every later commit waits for them.',
  ],
  solution: at(60, crashAll(['A1', 'B1', 'C1'])),
  nearMisses: [
    { acts: at(60, crashAll(['A1', 'B2', 'C3'])), breaks: null },
    { acts: at(60, crashAll(['A1', 'B2', 'C3', 'C1'])), breaks: 'three' },
    { acts: at(60, crashAll(['W'])), breaks: 'nodes-only' },
    { acts: [[60, { op: 'crash-zone', az: 'C' }]], breaks: 'nodes-only' },
  ],
};

const WITHOUT_THE_ZONE: Puzzle = {
  id: 'without-the-zone',
  title: 'A zone and a node',
  goal: 'Availability Zone C is down, and node B1 is lost for good. Get a row committed again, without zone C.',
  opening: prepared(
    { ...ONE_GROUP, hostsPerZone: 3, copyMbps: 1_000_000 },
    [
      [100, { op: 'crash-zone', az: 'C' }],
      [120, { op: 'lose', target: 'B1' }],
    ],
    150,
  ),
  solved: {
    all: [{ noted: { type: 'commit-returned' } }, { ask: 'writes', group: 0, are: 'possible' }],
  },
  rules: [
    {
      id: 'zone-stays-down',
      says: 'No node of Availability Zone C comes back.',
      never: { any: ['C1', 'C2', 'C3'].map((id) => ({ ask: 'node', id, is: 'up' }) as const) },
    },
  ],
  hints: [
    'Three copies are left: too few to write, enough to read. What can be made of what can be read?',
    'A lost copy can be made anew on another node of its zone. Zone B has a node that keeps nothing yet.',
    'Select the lost segment of B1 and choose Replace. When the new copy on B3 is full, write a row.',
  ],
  solution: [
    [200, { op: 'replace', target: '0/c', reason: 'suspected' }],
    [300, insertOrder(7, 'tea')],
  ],
  nearMisses: [
    { acts: [[200, { op: 'restore-zone', az: 'C' }]], breaks: 'zone-stays-down' },
    {
      acts: [
        [200, { op: 'restore', target: 'B1' }],
        [300, insertOrder(7, 'tea')],
      ],
      breaks: null,
    },
  ],
};

const A_LATE_REPLICA: Puzzle = {
  id: 'late-replica',
  title: 'A late replica',
  goal: 'Make the lag of replica R1 exceed 100 ms, without touching a replica. Everything here takes twenty times as long as usual.',
  opening: prepared(
    { ...BY_HAND, replicas: 1, latencyPermille: 20_000, workload: load(100) },
    [],
    200,
  ),
  solved: { ask: 'lag', instance: 'R1', atLeastUs: 100_000 },
  rules: [
    {
      id: 'no-replica',
      says: 'Nothing may be done to a replica, nor to its part of the network.',
      atMost: 0,
      of: [
        {
          ops: ['crash', 'restore', 'slow', 'isolate', 'drop-next', 'partition'],
          to: 'replica',
        },
      ],
    },
    {
      id: 'one-writer',
      says: 'The writer stays the writer.',
      atMost: 0,
      of: [{ ops: ['promote'] }],
    },
  ],
  hints: [
    'A replica shows what it has been told. Who tells it?',
    'Storage tells a replica nothing of what is durable: crashing or slowing nodes makes commits late, not the replica.',
    'Slow down the writer: its stream reaches R1 late, and what R1 shows is as old as that.',
  ],
  solution: at(250, slow('W')),
  nearMisses: [
    { acts: at(250, crashAll(['A1', 'B1', 'C1'])), breaks: null },
    { acts: at(250, slow('A1', 'B1', 'C1')), breaks: null },
    { acts: at(250, slow('R1')), breaks: 'no-replica' },
    { acts: at(250, split(['W'], ['R1'])), breaks: 'no-replica' },
  ],
};

const THREE_RECORDS: Puzzle = {
  id: 'three-records',
  title: 'Exactly three records',
  goal: 'Crash the writer so that its recovery annuls exactly three records.',
  opening: prepared(ONE_GROUP, [], 5),
  solved: { noted: { type: 'recovery-points', annulled: 3 } },
  rules: [
    {
      id: 'nodes-stay',
      says: 'Storage nodes stay up, and so do the zones.',
      atMost: 0,
      of: [
        { ops: ['crash', 'lose'], to: 'node' },
        { ops: ['crash-zone', 'extended-loss', 'patch'] },
      ],
    },
    {
      id: 'one-crash',
      says: 'The writer crashes once.',
      atMost: 1,
      of: [{ ops: ['crash'], to: 'instance' }],
    },
  ],
  hints: [
    'One inserted row makes three records. A record that recovery finds survives if nothing below it is missing.',
    'So leave a hole that no copy can fill: let the first row get lost on its way to all six copies.',
    'Drop the next message to each of the six segments, write a row, write another, and crash W at once.',
  ],
  solution: [
    ...at(
      10,
      [...'abcdef'].map((slot) => ({ op: 'drop-next', target: `0/${slot}` })),
    ),
    [10, insertOrder(7, 'tea')],
    [12, sql(you(2), 'cluster', insert(8, 'pot'))],
    [15, { op: 'crash', target: 'W' }],
    [20, { op: 'restore', target: 'W' }],
  ],
  nearMisses: [
    {
      acts: [
        [10, insertOrder(7, 'tea')],
        [10.5, { op: 'crash', target: 'W' }],
        [20, { op: 'restore', target: 'W' }],
      ],
      breaks: null,
    },
    { acts: at(10, crashAll(['A1'])), breaks: 'nodes-stay' },
  ],
};

const TWO_SLOW_NODES: Puzzle = {
  id: 'two-slow-nodes',
  title: 'Two slow nodes',
  goal: 'Node C1 is down. Slow down two other nodes, both at the same time, so that 99 in 100 of 300 commits still take less than 5 ms.',
  opening: prepared(
    { ...BY_HAND, replicas: 0, workload: load(400, { readPermille: 0 }) },
    at(10, crashAll(['C1'])),
    50,
  ),
  solved: {
    all: [
      { noted: { type: 'commit-returned' }, times: 300 },
      {
        few: { type: 'commit-returned', waitedUs: { atLeast: 5_000 } },
        among: { type: 'commit-returned' },
        permille: 10,
      },
    ],
  },
  rules: [
    {
      id: 'slow-only',
      says: 'Only slow down storage nodes.',
      only: [{ ops: ['slow'], to: 'node' }],
    },
    {
      id: 'two-slow',
      says: 'From 50 ms after the start on, two nodes are slow all the time.',
      never: {
        all: [{ ask: 'clock', atLeastUs: 100_000 }, { not: { ask: 'slow-nodes', atLeast: 2 } }],
      },
    },
  ],
  hints: [
    'A commit waits for the fourth copy. How many fast copies does a group have when C1 is down?',
    'A group that has lost C1 can bear one slow copy, not two. Pick nodes that share no group.',
    'Slow down A1 and A3: no group has a copy on both, so each is left with four or more that are fast.',
  ],
  solution: at(60, slow('A1', 'A3')),
  nearMisses: [
    { acts: at(60, slow('A1', 'B1')), breaks: null },
    { acts: [], breaks: 'two-slow' },
    { acts: at(60, [{ op: 'restore', target: 'C1' }]), breaks: 'slow-only' },
  ],
};

/** All nodes but those of zone C. */
const FAR = ['A1', 'A2', 'B1', 'B2'];

const WITHOUT_THE_WRITER: Puzzle = {
  id: 'without-the-writer',
  title: 'Whole again without a writer',
  goal: 'The writer is down. Node C1 missed two rows, and reaches nobody outside its zone. Make its copy complete all the same.',
  opening: prepared(
    ONE_GROUP,
    [
      ...at(1, split(['C1'], FAR)),
      ...at(5, crashAll(['C1', 'C2'])),
      [10, insertOrder(7, 'tea')],
      [12, sql(you(2), 'cluster', insert(8, 'pot'))],
      [30, { op: 'crash', target: 'W' }],
    ],
    50,
  ),
  solved: { ask: 'complete', segment: '0/e' },
  rules: [
    {
      id: 'writer-off',
      says: 'The writer stays down.',
      never: { not: { ask: 'instance', id: 'W', is: 'down' } },
    },
    {
      id: 'no-other-writer',
      says: 'No other instance takes its place.',
      atMost: 0,
      of: [{ ops: ['promote'] }],
    },
    {
      id: 'network-stays',
      says: 'The network stays as it is.',
      atMost: 0,
      of: [{ ops: ['partition', 'isolate'] }],
    },
  ],
  hints: [
    'Who repairs a copy: the writer, or its peers?',
    'Copies ask each other for what they lack. C1 can talk to one peer: that one has to have the rows first.',
    'Restore C2 and C1. C2 gets the rows from zones A and B by gossip, and C1 gets them from C2.',
  ],
  solution: at(60, [
    { op: 'restore', target: 'C2' },
    { op: 'restore', target: 'C1' },
  ]),
  nearMisses: [
    { acts: at(60, [{ op: 'restore', target: 'C1' }]), breaks: null },
    { acts: at(60, [{ op: 'restore', target: 'W' }]), breaks: 'writer-off' },
    { acts: at(60, split(['C1'], FAR, false)), breaks: 'network-stays' },
  ],
};

/** The puzzles, in the order in which they are offered. */
export const PUZZLES: readonly Puzzle[] = [
  STOP_COMMITS,
  WITHOUT_THE_ZONE,
  A_LATE_REPLICA,
  THREE_RECORDS,
  TWO_SLOW_NODES,
  WITHOUT_THE_WRITER,
];
