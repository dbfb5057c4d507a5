import type { Mutable } from '../engine/mutable.ts';
import { Vector } from '../engine/vector.ts';
import type { GeometryIs } from './messages-growth.ts';
import { groupAt, type Replica, type ReplicaGroup } from './replica.ts';
import { seatsOf } from './seats.ts';

/**
 * A reader learns from the writer's stream what the volume has got by growing, before any record of it
 * (SIGMOD'18 §3.4, §4.1). Its requests present the new geometry epoch from now on.
 */
export function learnGeometry(replica: Mutable<Replica>, geometry: GeometryIs): void {
  const { epoch, groups: appended } = geometry;
  const { id, settings } = replica;
  const groups: ReplicaGroup[] = [...replica.groups];
  const volume = groups[0]?.epochs.volume ?? 1;
  for (const { membership, lsn } of appended)
    if (membership.group === groups.length)
      groups.push(groupAt(seatsOf(membership, id, settings.hostsPerZone), lsn));
  if (groups.length === replica.groups.length && groups[0]?.epochs.geometry === epoch) return;
  replica.groups = Vector.of(
    groups.map((group) => {
      const epochs = { volume, membership: group.epochs.membership, geometry: epoch };
      return { ...group, epochs };
    }),
  );
}
