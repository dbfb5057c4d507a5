import { type Micros, millis } from '../../engine/time.ts';
import type { ClusterConfig } from '../../protocol/config.ts';
import type { Act, Intervention } from '../../protocol/intervention.ts';
import type { MutationName } from '../../protocol/mutations.ts';
import { AZS, SLOTS, segmentId } from '../../protocol/topology.ts';
import { smallCluster } from './cluster.ts';
import { Dice } from './dice.ts';
import { type Fault, hostsOf, instancesOf, mendAll } from './faults.ts';
import type { Profile } from './profile.ts';
import { request } from './requests.ts';
import type { Schedule } from './schedule.ts';

/** Simulated time that everything may take to be well again: gossip, repair and attaching are slow. */
const RECOVERY_US = millis(30_000);
const FIRST_FAULT_US = millis(15);
/** Many short ones find more than few long ones, and some things only a longer one comes to. */
const SHORT_MS = [25, 50] as const;
const LONG_MS = [60, 120] as const;
const LONG_PERMILLE = 200;
const BURSTS = 5;
const MOST_REQUESTS = 4;
/** Once healed, the volume is written to again: whoever is the writer then has to answer. */
const WRITE_AFTER_US = millis(20);
const WRITES_AFTER = 8;
/** A swarm's seed draws so many kinds of trouble. */
const MOST_KINDS = 5;

/** The schedule that a seed stands for. The same seed gives the same one, on every machine. */
export function scheduleOf(
  profile: Profile,
  seed: number,
  mutations: readonly MutationName[] = [],
): Schedule {
  const dice = new Dice(seed);
  const cluster = { ...smallCluster(dice, profile.changes(dice)), mutations };
  const [leastMs, mostMs] = profile.lengthMs ?? (dice.permille(LONG_PERMILLE) ? LONG_MS : SHORT_MS);
  const lengthUs = millis(dice.between(leastMs, mostMs));
  const kinds =
    profile.id === 'swarm'
      ? dice.some(profile.faults, dice.between(2, MOST_KINDS))
      : profile.faults;
  const drawn = [
    // So that something goes wrong in every one.
    at(dice.below(FIRST_FAULT_US), {
      op: 'drop-next',
      target: segmentId(0, dice.pick(SLOTS) ?? 'a'),
    }),
    ...always(profile, dice, cluster, lengthUs),
    ...faults(dice, cluster, lengthUs, kinds, profile.count),
    ...requests(dice, cluster, lengthUs),
    ...(cluster.workload.on ? [] : bursts(dice, lengthUs)),
  ];
  const heals = profile.heals ?? true;
  const healing = heals ? healed(cluster, lengthUs) : [];
  return {
    profile: profile.id,
    config: cluster,
    seed,
    interventions: [...drawn.toSorted((a, b) => a.at.timeUs - b.at.timeUs), ...healing],
    healedUs: heals ? lengthUs : null,
    endUs: heals ? lengthUs + RECOVERY_US : lengthUs,
    excused: profile.excused ?? [],
  };
}

const at = (timeUs: Micros, act: Act): Intervention => ({ at: { timeUs, n: 0 }, act });

const always = (
  { always: fixed }: Profile,
  dice: Dice,
  cluster: ClusterConfig,
  lengthUs: Micros,
): readonly Intervention[] =>
  (fixed?.(dice, cluster) ?? []).map(({ atPermille, act }) =>
    at(Math.floor((lengthUs * atPermille) / 1_000), act),
  );

function faults(
  dice: Dice,
  cluster: ClusterConfig,
  lengthUs: Micros,
  kinds: readonly Fault[],
  [least, most]: Profile['count'],
): readonly Intervention[] {
  return Array.from({ length: dice.between(least, most) }, () => {
    const timeUs = dice.below(lengthUs);
    return (dice.pick(kinds)?.(dice, cluster) ?? []).map((act) => at(timeUs, act));
  }).flat();
}

const requests = (dice: Dice, cluster: ClusterConfig, lengthUs: Micros): readonly Intervention[] =>
  Array.from({ length: dice.below(MOST_REQUESTS + 1) }, () =>
    at(dice.below(lengthUs), request(dice, cluster)),
  );

/** Load that comes all at once, now and then. */
const bursts = (dice: Dice, lengthUs: Micros): readonly Intervention[] =>
  Array.from({ length: BURSTS }, () =>
    at(dice.below(lengthUs), { op: 'write', count: dice.between(2, 6) }),
  );

/** Everything broken is whole again, and the load stops. */
function healed(cluster: ClusterConfig, timeUs: Micros): readonly Intervention[] {
  const acts: Act[] = [
    { op: 'workload', workload: { ...cluster.workload, on: false } },
    { op: 'control', on: true },
    { op: 'loss', ppm: 0 },
    { op: 'duplicate', ppm: 0 },
    mendAll(cluster),
    // Instances that were started in the place of others are known to their zones alone.
    ...AZS.map((az): Act => ({ op: 'restore-zone', az })),
  ];
  for (const target of [...hostsOf(cluster), ...instancesOf(cluster)])
    acts.push(
      { op: 'isolate', target, on: false },
      { op: 'slow', target, on: false },
      { op: 'restore', target },
    );
  const again: Act = { op: 'write', count: WRITES_AFTER };
  return [...acts.map((act) => at(timeUs, act)), at(timeUs + WRITE_AFTER_US, again)];
}
