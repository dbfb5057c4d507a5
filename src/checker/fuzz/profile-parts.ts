import type { ActorId } from '../../engine/effect.ts';
import type { ClusterConfig } from '../../protocol/config.ts';
import type { Act } from '../../protocol/intervention.ts';
import { AZS, hostOf, SLOTS, type Slot } from '../../protocol/topology.ts';
import type { Dice } from './dice.ts';
import * as f from './faults.ts';
import type { Profile } from './profile.ts';

export type Timed = readonly { readonly atPermille: number; readonly act: Act }[];

/** Hosts that carry some places of one group: what a quorum depends on. */
function hostsOfSlots(
  dice: Dice,
  cluster: ClusterConfig,
  slots: readonly Slot[],
): readonly ActorId[] {
  const group = dice.below(cluster.groups);
  return slots.map((slot) => hostOf(cluster.hostsPerZone, group, slot));
}

export const allAt = (atPermille: number, acts: readonly Act[]): Timed =>
  acts.map((act) => ({ atPermille, act }));

export const crashes = (targets: readonly ActorId[]): readonly Act[] =>
  targets.map((target) => ({ op: 'crash', target }));

/** A whole zone goes, and perhaps some copies more. */
export function zoneAnd(more: number): NonNullable<Profile['always']> {
  return (dice, cluster) => {
    const az = dice.pick(AZS) ?? 'C';
    const others = f.hostsOf(cluster).filter((host) => !host.startsWith(az));
    const atPermille = dice.between(200, 600);
    return allAt(atPermille, [{ op: 'crash-zone', az }, ...crashes(dice.some(others, more))]);
  };
}

/** So many places of one group go at once. */
export function slotsDown(
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

export const NONE = (): object => ({});
