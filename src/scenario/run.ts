import type { ClusterConfig } from '../protocol/config.ts';
import type { Intervention } from '../protocol/intervention.ts';

/** Where a run starts from: a named preset, or a file's own configuration. */
export interface Scenario {
  readonly id: string;
  readonly title: string;
  /** One sentence: what this scenario is for. */
  readonly says: string;
  readonly config: ClusterConfig;
  /** How long it plays when nobody says otherwise. */
  readonly lengthUs: number;
}

/** Everything that decides what happens: same run, same events, on every machine. */
export interface Run {
  readonly scenario: Scenario;
  /** Unsigned 32-bit. */
  readonly seed: number;
  /** In order of position. */
  readonly interventions: readonly Intervention[];
}

/** More acts than this are not read from a link or a file, and not done on the page. */
export const MOST_INTERVENTIONS = 2_000;

/** Raised whenever the hash of any fixed run changes; links carry it. */
export const ENGINE_VERSION = 2;
