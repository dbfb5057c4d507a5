import type { ActorId } from '../../engine/effect.ts';
import { millis } from '../../engine/time.ts';
import type { ClusterConfig } from '../../protocol/config.ts';
import type { Act } from '../../protocol/intervention.ts';
import {
  AZS,
  CONTROL,
  hostIds,
  replicaId,
  SLOTS,
  STORE,
  segmentId,
  WRITER,
} from '../../protocol/topology.ts';
import type { Dice } from './dice.ts';

/** One thing that goes wrong, or is asked for at a bad moment: drawn for a cluster. */
export type Fault = (dice: Dice, cluster: ClusterConfig) => readonly Act[];

export const hostsOf = ({ hostsPerZone }: ClusterConfig): readonly ActorId[] =>
  hostIds(hostsPerZone);
export const replicasOf = ({ replicas }: ClusterConfig): readonly ActorId[] =>
  Array.from({ length: replicas }, (_, i) => replicaId(i));
export const instancesOf = (cluster: ClusterConfig): readonly ActorId[] => [
  WRITER,
  ...replicasOf(cluster),
];

const anySegment = (dice: Dice, { groups }: ClusterConfig): ActorId =>
  segmentId(dice.below(groups), dice.pick(SLOTS) ?? 'a');

const on = (dice: Dice): boolean => dice.permille(600);

const ofOne =
  (targets: (cluster: ClusterConfig) => readonly ActorId[], act: (target: ActorId) => Act): Fault =>
  (dice, cluster) => {
    const target = dice.pick(targets(cluster));
    return target === undefined ? [] : [act(target)];
  };

const writer = (): readonly ActorId[] => [WRITER];
const crash = (target: ActorId): Act => ({ op: 'crash', target });
const restore = (target: ActorId): Act => ({ op: 'restore', target });

export const crashHost = ofOne(hostsOf, crash);
export const restoreHost = ofOne(hostsOf, restore);
export const loseHost = ofOne(hostsOf, (target) => ({ op: 'lose', target }));
/** A host is lost for good in the moment in which it starts again. */
export const loseRestarting: Fault = (dice, cluster) => {
  const target = dice.pick(hostsOf(cluster));
  return target === undefined ? [] : [crash(target), restore(target), { op: 'lose', target }];
};
export const crashWriter = ofOne(writer, crash);
export const restoreWriter = ofOne(writer, restore);
export const crashInstance = ofOne(instancesOf, crash);
export const restoreInstance = ofOne(instancesOf, restore);
export const crashReplica = ofOne(replicasOf, crash);
export const restoreReplica = ofOne(replicasOf, restore);

export const loss: Fault = (dice) => [{ op: 'loss', ppm: dice.pick([0, 5_000, 50_000, 200_000]) }];
export const duplicates: Fault = (dice) => [
  { op: 'duplicate', ppm: dice.pick([0, 20_000, 300_000]) },
];

export const slow: Fault = (dice, cluster) => {
  const target = dice.pick([...hostsOf(cluster), ...instancesOf(cluster)]);
  return target === undefined ? [] : [{ op: 'slow', target, on: on(dice) }];
};

export const dropNext: Fault = (dice, cluster) => {
  const target = dice.permille(500)
    ? anySegment(dice, cluster)
    : (dice.pick([...hostsOf(cluster), ...instancesOf(cluster)]) ?? WRITER);
  return [{ op: 'drop-next', target }];
};

export const isolate =
  (targets: (cluster: ClusterConfig) => readonly ActorId[]): Fault =>
  (dice, cluster) => {
    const target = dice.pick(targets(cluster));
    return target === undefined ? [] : [{ op: 'isolate', target, on: on(dice) }];
  };

export const crashZone: Fault = (dice) => [{ op: 'crash-zone', az: dice.pick(AZS) ?? 'B' }];
export const restoreZone: Fault = (dice) => [{ op: 'restore-zone', az: dice.pick(AZS) ?? 'B' }];

/** A zone with storage only: the writer's own stays. */
export const crashOtherZone: Fault = (dice) => [{ op: 'crash-zone', az: dice.pick(['B', 'C']) }];

/** Some hosts or instances hear nothing of some others, one way or both. */
export const partition: Fault = (dice, cluster) => {
  const all = [...hostsOf(cluster), ...instancesOf(cluster)];
  const from = dice.some(all, dice.between(1, 3));
  const to = dice.some(
    all.filter((id) => !from.includes(id)),
    dice.between(1, all.length),
  );
  return cut(dice, from, to);
};

/** An instance hears nothing of some of the storage, or is not heard there, or both. */
export const partitionWriter: Fault = (dice, cluster) => {
  const hosts = hostsOf(cluster);
  const target = dice.permille(700) ? WRITER : (dice.pick(instancesOf(cluster)) ?? WRITER);
  return cut(dice, [target], dice.some(hosts, dice.between(1, hosts.length)));
};

function cut(dice: Dice, from: readonly ActorId[], to: readonly ActorId[]): readonly Act[] {
  if (from.length === 0 || to.length === 0) return [];
  const there: Act = { op: 'partition', from, to, on: true };
  const back: Act = { op: 'partition', from: to, to: from, on: true };
  return dice.pick([[there], [back], [there, back], [there, back]]);
}

/** Every link works again. */
export const mend: Fault = (_, cluster) => [mendAll(cluster)];

export const mendAll = (cluster: ClusterConfig): Act => {
  const all = [...hostsOf(cluster), ...instancesOf(cluster), CONTROL, STORE];
  return { op: 'partition', from: all, to: all, on: false };
};

/** The object store is out of reach of some hosts. */
export const cutStore: Fault = (dice, cluster) => {
  const hosts = hostsOf(cluster);
  const from = dice.some(hosts, dice.between(1, hosts.length));
  return [{ op: 'partition', from, to: [STORE], on: on(dice) }];
};

/** A replica hears nothing of the writer, though the writer may hear it. */
export const deafReplica: Fault = (dice, cluster) => {
  const target = dice.pick(replicasOf(cluster));
  return target === undefined
    ? []
    : [{ op: 'partition', from: [WRITER], to: [target], on: on(dice) }];
};

export const control: Fault = (dice) => [{ op: 'control', on: dice.permille(400) }];
export const promote: Fault = (dice, cluster) => [
  { op: 'promote', target: dice.permille(500) ? null : (dice.pick(replicasOf(cluster)) ?? null) },
];
export const replace: Fault = (dice, cluster) => {
  const target = dice.permille(700) ? anySegment(dice, cluster) : dice.pick(hostsOf(cluster));
  const reason = dice.pick(['suspected', 'hot'] as const);
  return target === undefined ? [] : [{ op: 'replace', target, reason }];
};
export const patch: Fault = (dice, cluster) => {
  const target = dice.pick([...hostsOf(cluster), ...AZS]);
  return target === undefined ? [] : [{ op: 'patch', target }];
};
export const extendedLoss: Fault = (dice) => [
  { op: 'extended-loss', az: dice.pick(AZS) ?? 'C', on: dice.permille(700) },
];
export const grow: Fault = () => [{ op: 'grow' }];
export const restoreVolume: Fault = (dice) => [
  { op: 'restore-volume', toUs: millis(dice.below(100)) },
];
export const corrupt: Fault = (dice, cluster) => [
  {
    op: 'corrupt',
    target: anySegment(dice, cluster),
    page: dice.below(cluster.groups * cluster.pagesPerGroup),
  },
];
