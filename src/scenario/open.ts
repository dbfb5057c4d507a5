import { Kernel } from '../engine/kernel.ts';
import { type Landmark, Timeline } from '../engine/timeline.ts';
import { auroraModel } from '../protocol/aurora.ts';
import type { Intervention } from '../protocol/intervention.ts';
import type { Network } from '../protocol/network.ts';
import type { World } from '../protocol/view-actors.ts';
import type { Run } from './run.ts';

/**
 * A run ready to be played from its beginning, with the landmarks that somebody wants. Throws when its
 * volume cannot be built: check runs first.
 */
export const openTimeline = (
  { scenario, seed, interventions }: Run,
  isLandmark?: Landmark,
): Timeline<Network, Intervention> =>
  new Timeline(auroraModel(scenario.config), seed, interventions, undefined, undefined, isLandmark);

/** The same without a past to go back to: for whoever only looks on. */
export const openWorld = ({ scenario, seed, interventions }: Run): World =>
  new Kernel(auroraModel(scenario.config), seed, interventions);
