import type { ActorId } from '../../engine/effect.ts';
import { millis } from '../../engine/time.ts';
import type { ClusterConfig } from '../../protocol/config.ts';
import type { Act } from '../../protocol/intervention.ts';
import {
  CONTROL,
  hostIds,
  hostOf,
  replicaId,
  SLOTS,
  segmentId,
  WRITER,
  zoneOfHost,
} from '../../protocol/topology.ts';
import type { Dice } from './dice.ts';
import * as f from './faults.ts';
import type { Profile } from './profile.ts';
import { allAt, type Timed } from './profile-parts.ts';

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

const cutBothWays = (from: readonly ActorId[], to: readonly ActorId[]): readonly Act[] => [
  { op: 'partition', from, to, on: true },
  { op: 'partition', from: to, to: from, on: true },
];

/** A member is replaced that the control plane cannot tell: it stays, asks, goes down and comes back. */
function leftBehind(dice: Dice, { hostsPerZone }: ClusterConfig): Timed {
  const slot = dice.pick(SLOTS) ?? 'a';
  const host = hostOf(hostsPerZone, 0, slot);
  const target = segmentId(0, slot);
  return [
    ...allAt(50, [{ op: 'replace', target, reason: 'hot' }, ...cutBothWays([CONTROL], [host])]),
    ...(dice.permille(500)
      ? [
          ...allAt(dice.between(300, 600), [{ op: 'crash', target: host }]),
          ...allAt(dice.between(600, 800), [{ op: 'restore', target: host }]),
        ]
      : []),
    ...(dice.permille(500) ? allAt(dice.between(400, 950), [{ op: 'lose', target: host }]) : []),
  ];
}

/** The hosts of a zone are not heard by the control plane, which asks them again to carry a member. */
function notHeard(dice: Dice, { hostsPerZone }: ClusterConfig): Timed {
  const slot = dice.pick(SLOTS) ?? 'a';
  const zone = zoneOfHost(hostOf(hostsPerZone, 0, slot));
  const hosts = hostIds(hostsPerZone).filter((host) => zoneOfHost(host) === zone);
  const target = segmentId(0, slot);
  return [
    ...allAt(100, [
      { op: 'partition', from: hosts, to: [CONTROL], on: true },
      { op: 'replace', target, reason: 'hot' },
    ]),
    ...allAt(dice.between(700, 950), [{ op: 'partition', from: hosts, to: [CONTROL], on: false }]),
  ];
}

/** A host comes back that no peer can be heard from, and what it has is damaged. */
function alone(dice: Dice, { hostsPerZone, pagesPerGroup }: ClusterConfig): Timed {
  const slot = dice.pick(SLOTS) ?? 'a';
  const target = hostOf(hostsPerZone, 0, slot);
  const damage = Array.from(
    { length: 8 },
    (): Act => ({
      op: 'corrupt',
      target: segmentId(0, slot),
      page: dice.below(pagesPerGroup),
    }),
  );
  return [
    ...allAt(dice.between(50, 300), [{ op: 'crash', target }]),
    ...allAt(dice.between(300, 500), [
      { op: 'restore', target },
      { op: 'isolate', target, on: true },
    ]),
    ...allAt(dice.between(500, 900), damage),
  ];
}

/** A replica that hears nothing reads on, until what it would need has been collected. */
function outOfReach(dice: Dice, cluster: ClusterConfig): Timed {
  const others = [WRITER, CONTROL, ...f.replicasOf(cluster).filter((id) => id !== replicaId(0))];
  const reads = Array.from(
    { length: 6 },
    (): Timed => allAt(dice.between(700, 1_000), [{ op: 'read', target: replicaId(0) }]),
  );
  return [...allAt(20, cutBothWays(others, [replicaId(0)])), ...reads.flat()];
}

const LEFT_BEHIND: Profile = {
  id: 'left-behind',
  title: 'Left behind',
  says: 'Members that are replaced and do not hear of it, hosts that are not heard or hear nobody, and a replica that reads on without its writer, for seconds.',
  rows: ['F3', 'F12', 'F13'],
  changes: (dice) => ({
    hostsPerZone: 3,
    groups: 1,
    // Nobody replaces what was lost by itself here: a lost host may carry no other group's member.
    maxGroups: 1,
    pagesPerGroup: 31,
    replicas: dice.between(1, 2),
    cachePages: 16,
    segmentBytes: dice.pick([100_000, 2_000_000_000]),
    perSecond: dice.pick([20, 40]),
    readPermille: 100,
    detects: false,
  }),
  lengthMs: [2_600, 3_600],
  always: (dice, cluster) =>
    dice
      .some([leftBehind, notHeard, alone, outOfReach], dice.between(1, 2))
      .flatMap((story) => story(dice, cluster)),
  faults: [f.crashHost, f.restoreHost, f.restoreWriter, f.dropNext],
  count: [0, 3],
};

const NOBODY_TO_ASK: Profile = {
  id: 'nobody-to-ask',
  title: 'Nobody to ask',
  says: 'The writer is gone for longer than its clients have patience.',
  rows: ['F9'],
  changes: () => ({
    groups: 1,
    pagesPerGroup: 31,
    replicas: 0,
    connections: 2,
    perSecond: 20,
    backupEveryUs: 0,
    scrubEveryUs: millis(30_000),
    detects: false,
    endpointUs: millis(1_000),
  }),
  lengthMs: [60_500, 62_000],
  always: () => allAt(10, [{ op: 'crash', target: WRITER }]),
  faults: [f.crashHost, f.restoreHost, f.dropNext],
  count: [0, 3],
};

/**
 * What is rare by itself, done on purpose. Left out of the swarm: hosts are lost here, and every run takes
 * long.
 */
export const RARE: readonly Profile[] = [ODD_MOMENTS, LEFT_BEHIND, NOBODY_TO_ASK];
