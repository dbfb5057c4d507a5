import type { Happening } from '../engine/happening.ts';
import type { Position } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { Run, Scenario } from '../scenario/run.ts';

export type Grain = 'event' | 'beat' | 'commit';
export type Direction = 1 | -1;

/** What the player is doing, a state of its chart. */
export type PlayerState = 'paused' | 'playing' | 'stepping' | 'seeking';

/**
 * The one object that owns a run in the page: time, playback and interventions. React and the console
 * API use it alike. Nothing here renders; a painter reads `view()` by reference in its own frame.
 */
export interface Player {
  run(): Run;
  position(): Position;
  /** Time as shown: between two events while playing or stepping, never beyond the next event. */
  shownUs(): number;
  /** The furthest position computed so far. */
  edge(): Position;
  state(): PlayerState;
  /** Simulated microseconds per second of the wall clock. */
  rateUs(): number;
  /** Plain data of the current position; the same object until an event changes it. */
  view(): ClusterView;
  /** Events already computed, oldest first; `from`/`to` inclusive, default everything kept. */
  happenings(from?: Position, to?: Position): readonly Happening[];
  /** Number of events up to the position. */
  count(): number;
  hash(): string;
  /**
   * Goes elsewhere. What is near is there at once; what takes longer than a slice of a frame goes on
   * frame by frame, in the state `seeking`, and whatever is asked next ends it. The same holds for `step`
   * and for changes of the past: `settled` tells when.
   */
  open(run: Run, at?: Position): void;
  seek(to: Position): void;
  step(grain: Grain, direction: Direction): void;
  play(): void;
  pause(): void;
  setRate(rateUs: number): void;
  /** Applies an act at the present position; events after it are recomputed. Returns its sentence, or why it was not done. */
  intervene(act: Act): string;
  /** Takes back the last intervention (or brings it back), keeping the present time. False when there is none. */
  undo(): boolean;
  redo(): boolean;
  canUndo(): boolean;
  canRedo(): boolean;
  /** Called after every change of state, position or run; at most once per animation frame while playing. */
  subscribe(listener: () => void): () => void;
  scenarios(): readonly Scenario[];
}
