import type { ActorId } from '../engine/effect.ts';

/** The two Availability Zones of the mirrored pair. */
export type Zone = 'A' | 'B';
export const ZONES: readonly Zone[] = ['A', 'B'];

/** The database instances: the first is active at the start, the other stands by. */
export const INSTANCES = { A: 'mysqlA', B: 'mysqlB' } as const satisfies Record<Zone, ActorId>;

/** Each instance's block volume, and the volume's own mirror in the same zone. */
export const VOLUMES = { A: 'ebsA', B: 'ebsB' } as const satisfies Record<Zone, ActorId>;
export const MIRRORS = { A: 'mirrorA', B: 'mirrorB' } as const satisfies Record<Zone, ActorId>;

export const LOAD: ActorId = 'load';

type Role = 'instance' | 'volume' | 'client';

/** Where an actor lives and what it is: what latency and faults depend on. */
export interface Place {
  readonly zone: Zone | null;
  readonly role: Role;
}

/** The place of an actor, by its name alone. */
export function placeOf(id: ActorId): Place {
  for (const zone of ZONES) {
    if (id === INSTANCES[zone]) return { zone, role: 'instance' };
    if (id === VOLUMES[zone] || id === MIRRORS[zone]) return { zone, role: 'volume' };
  }
  return { zone: null, role: 'client' };
}

/** Everything that stands in one zone. */
export const membersOf = (zone: Zone): readonly ActorId[] => [
  INSTANCES[zone],
  VOLUMES[zone],
  MIRRORS[zone],
];

/** The other instance of the pair. */
export const peerOf = (id: ActorId): ActorId => (id === INSTANCES.A ? INSTANCES.B : INSTANCES.A);
