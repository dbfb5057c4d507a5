import * as f from './faults.ts';
import type { Profile } from './profile.ts';
import { INSTANCES } from './profiles-instances.ts';
import { RARE } from './profiles-rare.ts';
import { STORAGE } from './profiles-storage.ts';
import { UPKEEP } from './profiles-upkeep.ts';

/** Every kind of trouble by itself, in the order of the fault matrix. */
const KINDS: readonly Profile[] = [...STORAGE, ...INSTANCES, ...UPKEEP];

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
export const PROFILES: readonly Profile[] = [...KINDS, ...RARE, SWARM];

export const profileOf = (id: string): Profile | undefined =>
  PROFILES.find((profile) => profile.id === id);
