import { seconds } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import { BY_HAND, load, type Script } from './demonstration.ts';

/** The writer and one replica hear nothing of each other; both reach storage and their clients. */
const parted = (ms: number, on: boolean): readonly (readonly [number, Act])[] => [
  [ms, { op: 'partition', from: ['W'], to: ['R1'], on }],
  [ms, { op: 'partition', from: ['R1'], to: ['W'], on }],
];

/** Replicas: what they miss, and how they come back. */
export const ON_REPLICAS: readonly Script[] = [
  {
    id: 'fallen-behind',
    title: 'A replica falls behind',
    says: 'Cut off for a moment, a replica is given what it missed; cut off for two seconds, it has to restart.',
    config: () => ({ ...BY_HAND, workload: load(200), replicaBehindUs: seconds(1) }),
    acts: [
      ...parted(100, true),
      ...parted(300, false),
      ...parted(2_500, true),
      ...parted(4_600, false),
    ],
    atMs: 95,
    lengthUs: seconds(8),
  },
];
