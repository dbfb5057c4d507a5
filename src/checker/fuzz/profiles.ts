import type { ActorId } from '../../engine/effect.ts';
import { millis } from '../../engine/time.ts';
import type { ClusterConfig } from '../../protocol/config.ts';
import type { Act } from '../../protocol/intervention.ts';
import { AZS, hostOf, SLOTS, type Slot, WRITER } from '../../protocol/topology.ts';
import type { Dice } from './dice.ts';
import * as f from './faults.ts';
import type { Profile } from './profile.ts';

type Timed = readonly { readonly atPermille: number; readonly act: Act }[];

/** Hosts that carry some places of one group: what a quorum depends on. */
function hostsOfSlots(
  dice: Dice,
  cluster: ClusterConfig,
  slots: readonly Slot[],
): readonly ActorId[] {
  const group = dice.below(cluster.groups);
  return slots.map((slot) => hostOf(cluster.hostsPerZone, group, slot));
}

const allAt = (atPermille: number, acts: readonly Act[]): Timed =>
  acts.map((act) => ({ atPermille, act }));

const crashes = (targets: readonly ActorId[]): readonly Act[] =>
  targets.map((target) => ({ op: 'crash', target }));

/** A whole zone goes, and perhaps some copies more. */
function zoneAnd(more: number): NonNullable<Profile['always']> {
  return (dice, cluster) => {
    const az = dice.pick(AZS) ?? 'C';
    const others = f.hostsOf(cluster).filter((host) => !host.startsWith(az));
    const atPermille = dice.between(200, 600);
    return allAt(atPermille, [{ op: 'crash-zone', az }, ...crashes(dice.some(others, more))]);
  };
}

/** So many places of one group go at once. */
function slotsDown(
  count: number,
  op: 'crash' | 'lose' | 'isolate',
): NonNullable<Profile['always']> {
  return (dice, cluster) => {
    const targets = hostsOfSlots(dice, cluster, dice.some(SLOTS, count));
    const atPermille = op === 'lose' ? dice.between(500, 800) : dice.between(200, 600);
    return allAt(
      atPermille,
      targets.map((target): Act => (op === 'isolate' ? { op, target, on: true } : { op, target })),
    );
  };
}

const NONE = (): object => ({});

/** Every kind of trouble by itself, in the order of the fault matrix. */
const SINGLE: readonly Profile[] = [
  {
    id: 'network',
    title: 'Bad network',
    says: 'Messages are lost, arrive twice, late and out of order; links are cut.',
    rows: ['F1'],
    changes: (dice) => ({
      lossPpm: dice.pick([0, 20_000, 100_000]),
      duplicatePpm: dice.pick([0, 100_000]),
    }),
    faults: [
      f.loss,
      f.duplicates,
      f.slow,
      f.dropNext,
      f.dropNext,
      f.partition,
      f.partitionWriter,
      f.mend,
    ],
    count: [4, 14],
  },
  {
    id: 'storage-restarts',
    title: 'Storage hosts crash and restart',
    says: 'Hosts lose what was in memory and keep their disks.',
    rows: ['F2'],
    changes: NONE,
    faults: [f.crashHost, f.crashHost, f.restoreHost, f.slow, f.dropNext],
    count: [4, 14],
  },
  {
    id: 'lost-copies',
    title: 'One or two copies lost for good',
    says: 'Hosts and their disks are gone: the members are replaced.',
    rows: ['F3'],
    changes: (dice) => ({ hostsPerZone: dice.pick([3, 4]) }),
    always: (dice, cluster) => slotsDown(dice.between(1, 2), 'lose')(dice, cluster),
    faults: [f.dropNext, f.slow, f.loss, f.replace],
    count: [1, 6],
  },
  {
    id: 'zone-out',
    title: 'One zone out',
    says: 'Two of six copies and every instance there: writes go on with the four others.',
    rows: ['F4'],
    changes: NONE,
    always: zoneAnd(0),
    faults: [f.restoreZone, f.dropNext, f.slow, f.loss],
    count: [1, 6],
  },
  {
    id: 'zone-and-one',
    title: 'A zone and one more',
    says: 'Three of six copies: no writes until repair, reads go on.',
    rows: ['F5'],
    changes: NONE,
    always: zoneAnd(1),
    faults: [f.restoreHost, f.restoreZone, f.dropNext, f.slow],
    count: [1, 6],
  },
  {
    id: 'three-lost',
    title: 'Three copies lost for good',
    says: 'With full and tail copies these may be all the full ones: outside of what the design survives.',
    rows: ['F6'],
    changes: () => ({ quorumModel: 'full-tail' }),
    lengthMs: [80, 130],
    always: slotsDown(3, 'lose'),
    faults: [f.dropNext, f.slow],
    count: [0, 3],
    excused: ['I12', 'I13', 'I15', 'I34'],
    heals: false,
  },
  {
    id: 'four-lost',
    title: 'Four copies lost for good',
    says: 'More than a write quorum of one group: only the backup has the data.',
    rows: ['F7'],
    changes: NONE,
    lengthMs: [80, 130],
    always: slotsDown(4, 'lose'),
    faults: [f.dropNext, f.slow],
    count: [0, 3],
    excused: ['I12', 'I13', 'I15', 'I34'],
    heals: false,
  },
  {
    id: 'quorum-away',
    title: 'Four or more copies out of reach for a while',
    says: 'Neither writes nor recovery are possible, and nothing is answered wrongly.',
    rows: ['F8'],
    changes: NONE,
    always: (dice, cluster) =>
      slotsDown(dice.between(4, 6), dice.pick(['crash', 'isolate']))(dice, cluster),
    faults: [f.restoreHost, f.dropNext, f.isolate(f.hostsOf), f.crashWriter],
    count: [1, 8],
  },
  {
    id: 'writer-crash',
    title: 'The writer crashes, again and again',
    says: 'Crashes of the writer and of whoever recovers in its place, in the middle of recovery too.',
    rows: ['F9'],
    changes: (dice) => ({ detects: dice.permille(700) }),
    always: (dice) => [
      { atPermille: dice.between(150, 500), act: { op: 'crash', target: WRITER } },
    ],
    faults: [
      f.crashInstance,
      f.crashInstance,
      f.restoreInstance,
      f.restoreWriter,
      f.crashHost,
      f.restoreHost,
      f.dropNext,
      f.loss,
    ],
    count: [2, 8],
  },
  {
    id: 'ragged-edge',
    title: 'Crashes with a ragged edge',
    says: 'Batches get lost on their way to some members while the writer crashes: what recovery finds differs from member to member, and so does what a second recovery finds.',
    rows: ['F1', 'F9'],
    changes: (dice) => ({
      perSecond: dice.pick([400, 800]),
      lossPpm: dice.pick([50_000, 200_000, 400_000]),
      pgclRule: dice.pick(['scl', 'perRecord']),
      latencyPermille: dice.pick([1_000, 3_000]),
    }),
    always: (dice, cluster) => {
      const first = dice.between(200, 500);
      const hosts = f.hostsOf(cluster);
      return [
        ...allAt(first, crashes(dice.some(hosts, dice.below(3)))),
        ...allAt(first, [{ op: 'crash', target: WRITER }]),
        ...allAt(first + dice.between(50, 300), [{ op: 'restore', target: WRITER }]),
        ...allAt(first + dice.between(300, 450), crashes(dice.some(hosts, dice.below(3)))),
        ...allAt(first + dice.between(300, 490), [{ op: 'crash', target: WRITER }]),
      ];
    },
    faults: [
      f.crashHost,
      f.restoreHost,
      f.crashInstance,
      f.restoreInstance,
      f.dropNext,
      f.isolate(f.hostsOf),
    ],
    count: [2, 8],
  },
  {
    id: 'holes',
    title: 'A crash among holes',
    says: 'So many batches are lost that hardly a member is complete, when the writer and half of a group go at once and the writer is asked to recover from the rest.',
    rows: ['F1', 'F9', 'F5'],
    changes: (dice) => ({
      perSecond: dice.pick([400, 800]),
      readPermille: 300,
      lossPpm: dice.pick([200_000, 350_000]),
      pgclRule: dice.pick(['perRecord', 'perRecord', 'scl']),
      groups: 1,
      pagesPerGroup: 31,
      hostsPerZone: 2,
      replicas: dice.between(0, 1),
    }),
    lengthMs: [60, 120],
    always: (dice, cluster) => {
      const first = dice.between(150, 400);
      const down = (atPermille: number): Timed => [
        ...slotsDown(3, 'crash')(dice, cluster).map(({ act }) => ({ atPermille, act })),
        { atPermille, act: { op: 'crash', target: WRITER } },
      ];
      const hosts = f.hostsOf(cluster);
      const back = hosts.map((target): Act => ({ op: 'restore', target }));
      // Gossip would fill the holes before anybody recovers.
      const silence: Act = { op: 'partition', from: hosts, to: hosts, on: dice.permille(700) };
      return [
        { atPermille: 0, act: silence },
        ...down(first),
        { atPermille: first + 10, act: { op: 'restore', target: WRITER } },
        ...allAt(first + 300, back),
        ...down(first + dice.between(250, 500)),
      ];
    },
    faults: [f.dropNext, f.restoreWriter, f.restoreHost],
    count: [1, 4],
  },
  {
    id: 'writer-cut-off',
    title: 'The writer is cut off and lives on',
    says: 'It cannot reach the storage, or some of it, while another takes over.',
    rows: ['F10'],
    changes: NONE,
    always: (dice, cluster) => allAt(dice.between(150, 500), f.partitionWriter(dice, cluster)),
    faults: [f.partitionWriter, f.mend, f.promote, f.isolate(f.instancesOf), f.dropNext],
    count: [2, 7],
  },
  {
    id: 'two-writers',
    title: 'Two would-be writers',
    says: 'Links fail one way only, so that two instances take themselves for the writer.',
    rows: ['F11'],
    changes: (dice) => ({ replicas: dice.between(1, 3) }),
    always: (dice) => [
      { atPermille: dice.between(150, 500), act: { op: 'promote', target: null } },
    ],
    faults: [f.promote, f.partitionWriter, f.partition, f.mend, f.loss, f.slow],
    count: [2, 8],
  },
  {
    id: 'replicas',
    title: 'Slow and dead replicas',
    says: 'Replicas fall behind, die and come back; long reads on them hold back collection.',
    rows: ['F12'],
    changes: (dice) => ({ replicas: dice.between(1, 4), readPermille: dice.pick([300, 600]) }),
    faults: [f.crashReplica, f.restoreReplica, f.isolate(f.replicasOf), f.slow, f.dropNext],
    count: [3, 12],
  },
  {
    id: 'corruption',
    title: 'Damaged pages',
    says: 'Stored pages are damaged on disk: found by their checksum, never answered, mended from peers.',
    rows: ['F13'],
    changes: (dice) => ({ cachePages: 16, readPermille: dice.pick([300, 600]) }),
    faults: [f.corrupt, f.corrupt, f.corrupt, f.crashHost, f.restoreHost, f.restoreVolume],
    count: [3, 12],
  },
  {
    id: 'housekeeping',
    title: 'Collection, backup and purge over seconds',
    says: 'Long reads, lagging replicas and an object store out of reach, while log is dropped behind them.',
    rows: ['F12', 'F2'],
    changes: (dice) => ({
      replicas: dice.between(1, 3),
      perSecond: dice.pick([20, 40]),
      replicaBehindUs: millis(5_000),
      latencyPermille: dice.pick([1_000, 10_000]),
    }),
    lengthMs: [800, 1_600],
    faults: [f.cutStore, f.deafReplica, f.deafReplica, f.crashHost, f.restoreHost, f.slow, f.mend],
    count: [2, 8],
  },
  {
    id: 'control-down',
    title: 'Metadata service down',
    says: 'A running volume goes on; nothing can be opened, changed or grown meanwhile.',
    rows: ['F15'],
    changes: NONE,
    always: (dice) => [{ atPermille: dice.between(50, 500), act: { op: 'control', on: false } }],
    faults: [
      f.control,
      f.control,
      f.crashInstance,
      f.restoreInstance,
      f.promote,
      f.replace,
      f.grow,
    ],
    count: [2, 8],
  },
  {
    id: 'membership',
    title: 'Members come and go',
    says: 'Members are suspected, replaced, come back or fail in the middle of it, a second one too.',
    rows: ['F3', 'F9'],
    changes: (dice) => ({ hostsPerZone: dice.pick([3, 4]), replicas: dice.between(0, 2) }),
    always: (dice, cluster) => allAt(dice.between(100, 400), f.replace(dice, cluster)),
    faults: [
      f.replace,
      f.replace,
      f.crashHost,
      f.restoreHost,
      f.crashInstance,
      f.restoreInstance,
      f.dropNext,
      f.loss,
      f.loseHost,
    ],
    count: [2, 8],
  },
  {
    id: 'operations',
    title: 'Patching, growth and a zone given up',
    says: 'What operators do, while hosts fail: new software, one more group, three of four copies.',
    rows: ['F4', 'F9'],
    changes: (dice) => ({ hostsPerZone: dice.pick([3, 4]) }),
    faults: [
      f.patch,
      f.grow,
      f.extendedLoss,
      f.crashZone,
      f.restoreZone,
      f.crashInstance,
      f.restoreInstance,
      f.promote,
      f.dropNext,
      f.restoreVolume,
    ],
    count: [2, 8],
  },
  {
    id: 'full-tail',
    title: 'Full and tail copies',
    says: 'Three copies keep pages, three only the log: the quorum sets of the 2018 paper under restarts and a writer that crashes.',
    rows: ['F2', 'F9'],
    changes: () => ({ quorumModel: 'full-tail' }),
    faults: [
      f.crashHost,
      f.restoreHost,
      f.crashInstance,
      f.restoreInstance,
      f.dropNext,
      f.loss,
      f.slow,
      f.crashOtherZone,
      f.restoreZone,
    ],
    count: [3, 10],
  },
];

/** Left out of the swarm: hosts are lost here, and every run takes long. */
const ODD_MOMENTS: Profile = {
  id: 'odd-moments',
  title: 'Odd moments',
  says: 'What is rare by itself, done on purpose and for long: hosts lost while they restart or while nobody hears of it, pages damaged during catch-up, clients and replaced members without anybody to ask.',
  rows: ['F3', 'F13', 'F15'],
  changes: (dice) => ({
    hostsPerZone: 4,
    groups: 1,
    pagesPerGroup: 31,
    replicas: dice.between(0, 1),
    lossPpm: dice.pick([0, 50_000, 200_000]),
    perSecond: dice.pick([60, 100]),
  }),
  lengthMs: [250, 700],
  // Two copies may be lost for good, and no more: nobody promises progress after that.
  always: (dice, cluster) => [
    ...allAt(dice.between(10, 300), f.replace(dice, cluster)),
    ...allAt(dice.between(200, 700), f.control(dice, cluster)),
    ...allAt(dice.below(1_000), f.loseRestarting(dice, cluster)),
    ...(dice.permille(500) ? allAt(dice.below(1_000), f.loseHost(dice, cluster)) : []),
  ],
  faults: [
    f.control,
    f.replace,
    f.corrupt,
    f.corrupt,
    f.crashHost,
    f.restoreHost,
    f.crashInstance,
    f.restoreInstance,
  ],
  count: [4, 10],
};

/** All that can go wrong and come back. */
const EVERYTHING = [
  ...new Set(SINGLE.filter(({ excused }) => excused === undefined).flatMap(({ faults }) => faults)),
].filter((fault) => fault !== f.loseHost);

const SWARM: Profile = {
  id: 'swarm',
  title: 'Swarm',
  says: 'Each seed draws its own few kinds of trouble out of all that can come back, and its own rates.',
  rows: ['F1', 'F2', 'F4', 'F5', 'F8', 'F9', 'F10', 'F11', 'F12', 'F13', 'F15'],
  changes: (dice) => ({
    lossPpm: dice.pick([0, 0, 10_000, 100_000]),
    duplicatePpm: dice.pick([0, 0, 50_000]),
    quorumModel: dice.pick(['4/6', '4/6', '4/6', 'full-tail']),
    pgclRule: dice.pick(['scl', 'scl', 'scl', 'perRecord']),
    hostsPerZone: dice.pick([2, 3, 4]),
  }),
  faults: EVERYTHING,
  count: [3, 14],
};

/** Every profile that has a name, the swarm last. */
export const PROFILES: readonly Profile[] = [...SINGLE, ODD_MOMENTS, SWARM];

export const profileOf = (id: string): Profile | undefined =>
  PROFILES.find((profile) => profile.id === id);
