import type { ActorId } from '../engine/effect.ts';
import type { HostId } from './topology.ts';

/** What somebody breaks and mends, and the load. */
export type FaultNote =
  | {
      readonly type: 'node';
      readonly host: HostId;
      readonly state:
        | 'down'
        | 'restarting'
        | 'up'
        | 'slow'
        | 'normal speed'
        | 'isolated'
        | 'connected'
        | 'patching'
        | 'lost';
    }
  | {
      readonly type: 'instance';
      readonly instance: ActorId;
      readonly state: 'down' | 'restarting' | 'up';
    }
  | { readonly type: 'zone'; readonly az: string; readonly state: 'down' | 'restored' }
  | { readonly type: 'drop-armed'; readonly target: ActorId }
  | { readonly type: 'loss-rate'; readonly ppm: number }
  | { readonly type: 'duplicate-rate'; readonly ppm: number }
  | {
      readonly type: 'partition';
      readonly from: readonly ActorId[];
      readonly to: readonly ActorId[];
      readonly state: 'cut' | 'mended';
    }
  | { readonly type: 'control'; readonly state: 'down' | 'up' }
  | { readonly type: 'workload'; readonly on: boolean; readonly perSecond: number };
