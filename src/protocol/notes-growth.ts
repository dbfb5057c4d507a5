import type { ActorId } from '../engine/effect.ts';
import type { GroupId } from './record.ts';
import type { HostId } from './topology.ts';

/** The volume grows: a group is asked for, placed, founded, and used (SIGMOD'17 §2.2, '18 §4.1). */
export type GrowthNote =
  /** Nobody where somebody asked for a group by hand. */
  | { readonly type: 'growth-asked'; readonly group: GroupId; readonly by: ActorId | null }
  | {
      readonly type: 'growth-placed';
      readonly group: GroupId;
      readonly hosts: readonly HostId[];
    }
  | { readonly type: 'growth-refused'; readonly groups: number; readonly limit: number }
  /** The group exists: the geometry epoch says so. */
  | {
      readonly type: 'group-founded';
      readonly group: GroupId;
      readonly epoch: number;
      readonly segments: number;
    }
  /** An instance has the new map. */
  | {
      readonly type: 'geometry-learnt';
      readonly instance: ActorId;
      readonly epoch: number;
      readonly groups: number;
    };
