import * as f from './faults.ts';
import type { Profile } from './profile.ts';
import { allAt } from './profile-parts.ts';
import { INSTANCES } from './profiles-instances.ts';
import { STORAGE } from './profiles-storage.ts';
import { UPKEEP } from './profiles-upkeep.ts';

/** Every kind of trouble by itself, in the order of the fault matrix. */
const KINDS: readonly Profile[] = [...STORAGE, ...INSTANCES, ...UPKEEP];

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
  ...new Set(KINDS.filter(({ excused }) => excused === undefined).flatMap(({ faults }) => faults)),
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
export const PROFILES: readonly Profile[] = [...KINDS, ODD_MOMENTS, SWARM];

export const profileOf = (id: string): Profile | undefined =>
  PROFILES.find((profile) => profile.id === id);
