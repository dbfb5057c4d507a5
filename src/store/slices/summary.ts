import { type Position, START } from '../../engine/time.ts';
import type { Intervention } from '../../protocol/intervention.ts';
import type { Told } from '../../protocol/narration/told.ts';
import type { ClusterView } from '../../protocol/view.ts';
import type { Run } from '../../scenario/run.ts';
import type { PlayerState } from '../contract.ts';
import type { Loop } from '../course.ts';
import type { Following } from '../following.ts';
import type { Seeking, Skipped } from '../run-player.ts';
import { NOTHING_CHECKED, type Verdict } from '../verdict.ts';
import type { Slice } from './slice.ts';

/** One row of the Events panel: an account, and where it belongs. */
export interface ToldEvent extends Told {
  /** Unique within a run: event number, then row within the event. */
  readonly key: string;
  readonly position: Position;
  readonly count: number;
  /** After the present position: computed before, dimmed. */
  readonly future: boolean;
}

/** A contradiction inside the engine, as the page reports it. */
export interface Fault {
  readonly sentence: string;
  readonly details: string;
}

/** A run that was left by changing its past: it can be returned to. */
interface BranchSummary {
  readonly id: number;
  /** Named by the first act in which it differs. */
  readonly title: string;
  /** Where it was left. */
  readonly leftAt: Position;
  readonly run: Run;
}

/** What React shows of the player: a copy, at most ten times a second while playing. */
export interface Summary {
  readonly state: PlayerState;
  readonly position: Position;
  readonly shownUs: number;
  readonly edge: Position;
  readonly atEdge: boolean;
  readonly rateUs: number;
  /** How many times slower than asked the simulation runs; 1 when it keeps up. */
  readonly slowBy: number;
  /** A long way under way, and how far it has come; null mostly. */
  readonly seeking: Seeking | null;
  /** What guided pace skipped last; null when nothing was since time began to run. */
  readonly skipped: Skipped | null;
  /** At the very end of a script: playing begins it anew. */
  readonly replays: boolean;
  readonly loop: Loop | null;
  readonly count: number;
  readonly view: ClusterView | null;
  readonly scenarioId: string;
  readonly seed: number;
  readonly interventions: readonly Intervention[];
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  readonly branches: readonly BranchSummary[];
  /** What just happened, in a sentence: the last beat at or before the position. */
  readonly sentence: string;
  /** What the last step back undid, in a sentence; empty after anything else. */
  readonly undid: string;
  /** The engine contradicted itself: our bug, with what a report needs. */
  readonly fault: Fault | null;
  /** Rows around the position that pass the filter, oldest first. */
  readonly told: readonly ToldEvent[];
  /** True when rows older than the window were not searched. */
  readonly toldClipped: boolean;
  /** The followed write, as far as it has come; null when none is followed. */
  readonly following: Following | null;
  /** Which rules of the protocol were checked, and which of them this run has broken: in a run without mutations, our bug. */
  readonly checker: Verdict;
}

export interface SummarySlice {
  readonly summary: Summary;
  setSummary(summary: Summary): void;
}

const NO_SUMMARY: Summary = {
  state: 'paused',
  position: START,
  shownUs: 0,
  edge: START,
  atEdge: true,
  rateUs: 1_000,
  slowBy: 1,
  seeking: null,
  skipped: null,
  replays: false,
  loop: null,
  count: 0,
  view: null,
  scenarioId: '',
  seed: 0,
  interventions: [],
  canUndo: false,
  canRedo: false,
  branches: [],
  sentence: '',
  undid: '',
  fault: null,
  told: [],
  toldClipped: false,
  following: null,
  checker: NOTHING_CHECKED,
};

export const summarySlice: Slice<SummarySlice> = (set) => ({
  summary: NO_SUMMARY,
  setSummary: (summary) => set({ summary }),
});
