import type { Act } from '../../protocol/intervention.ts';
import { WRITER } from '../../protocol/topology.ts';
import * as f from './faults.ts';
import type { Profile } from './profile.ts';
import { allAt, crashes, NONE, slotsDown, type Timed } from './profile-parts.ts';

/** Trouble with whoever writes and reads: F9 to F12. */
export const INSTANCES: readonly Profile[] = [
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
];
