import { createActor } from 'xstate';
import type { Happening } from '../engine/happening.ts';
import { comparePositions, type Position, START } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { Run, Scenario } from '../scenario/run.ts';
import { actDone } from './act-words.ts';
import type { Direction, Grain, PlayerState } from './contract.ts';
import type { Frames } from './frames.ts';
import { DEFAULT_RATE, frameUs } from './playback.ts';
import { playerMachine } from './player-machine.ts';
import { Playhead } from './playhead.ts';
import { acted, freshHistory, type RunHistory, redone, switched, undone } from './run-history.ts';
import type { Branch, RunPlayer } from './run-player.ts';
import type { OpenTimeline } from './run-timeline.ts';
import type { Grains } from './step-target.ts';

/** With reduced motion, play shows one beat as a still picture for this long. */
export const STILL_MS = 1_500;

export interface PlayerParts {
  readonly open: OpenTimeline;
  readonly frames: Frames;
  readonly grains: Grains;
  readonly scenarios: readonly Scenario[];
  /** Which events stop playing; null when nobody asked for that. */
  pauseAt(): ((happening: Happening) => boolean) | null;
  reducedMotion(): boolean;
  /** A step found nothing to go to: of that grain, nothing is on its way. */
  nothingAhead(grain: Grain): void;
}

/** Plays a run: the only owner of the frame loop and of the run's history. */
export class TimelinePlayer implements RunPlayer {
  readonly #parts: PlayerParts;
  readonly #chart = createActor(playerMachine).start();
  readonly #head: Playhead;
  readonly #listeners = new Set<() => void>();
  #history: RunHistory;
  #rateUs = DEFAULT_RATE;
  #fault: Error | null = null;
  /** Cancels the frame or timer asked for; null when none is. */
  #cancel: (() => void) | null = null;
  #lastFrameMs: number | null = null;

  constructor(parts: PlayerParts, run: Run) {
    this.#parts = parts;
    this.#history = freshHistory(run);
    this.#head = new Playhead(parts.open, parts.grains, run);
    const watch = (): void => {
      this.#chart.send({ type: parts.frames.visible() ? 'SHOW' : 'HIDE' });
      this.#schedule();
    };
    parts.frames.onVisibility(watch);
    watch();
  }

  run = (): Run => this.#history.run;
  position = (): Position => this.#head.timeline.position;
  shownUs = (): number => this.#head.shownUs;
  edge = (): Position => this.#head.seen;
  state = (): PlayerState => this.#chart.getSnapshot().value.mode;
  rateUs = (): number => this.#rateUs;
  slowBy = (): number => this.#head.pace.slowBy();
  view = (): ClusterView => this.#head.view();
  count = (): number => this.#head.timeline.count;
  hash = (): string => this.#head.timeline.hash();
  fault = (): Error | null => this.#fault;
  scenarios = (): readonly Scenario[] => this.#parts.scenarios;
  branches = (): readonly Branch[] => this.#history.branches;
  canUndo = (): boolean => undone(this.#history) !== null;
  canRedo = (): boolean => redone(this.#history) !== null;
  happening = (count: number): Happening | null =>
    count > this.#head.seenCount ? null : this.#head.timeline.happening(count);
  kept = (): { readonly from: number; readonly to: number } => ({
    from: this.#head.timeline.oldestKept,
    to: this.#head.seenCount,
  });

  happenings(from: Position = START, to: Position = this.edge()): readonly Happening[] {
    return this.#head.happenings(from, to);
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  open(run: Run, at: Position = START): void {
    this.#do(() => {
      this.#chart.send({ type: 'JUMP' });
      this.#fault = null;
      // A run that cannot be built throws here, and the old one stays.
      this.#head.openRun(run, at);
      this.#history = freshHistory(run);
    });
  }

  seek(to: Position): void {
    this.#do(() => {
      this.#chart.send({ type: 'JUMP' });
      this.#fault = null;
      this.#head.seek(to);
    });
  }

  seekEdge(): void {
    this.seek(this.edge());
  }

  step(grain: Grain, direction: Direction): void {
    this.#do(() => {
      const underWay = this.#head.stepping;
      this.#head.finishStep();
      this.#chart.send({ type: 'JUMP' });
      if (direction === -1) this.#head.back(grain);
      else if (!underWay) this.#stepForward(grain);
    });
  }

  finishStep(): void {
    this.#do(() => {
      this.#head.finishStep();
      this.#chart.send({ type: 'ARRIVE' });
    });
  }

  play(): void {
    this.#do(() => {
      this.#head.abandonStep();
      this.#chart.send({ type: 'PLAY' });
    });
  }

  pause(): void {
    this.#do(() => {
      this.#head.abandonStep();
      this.#chart.send({ type: 'PAUSE' });
      this.#head.pace.reset();
    });
  }

  setRate(rateUs: number): void {
    this.#do(() => {
      this.#rateUs = rateUs;
      this.#head.pace.reset();
    });
  }

  intervene(act: Act): string {
    const at = this.position();
    const { applied } = this.#head.timeline;
    this.#become(acted(this.#history, act, { at, applied, edge: this.edge() }));
    return actDone(act, at.timeUs);
  }

  undo(): boolean {
    return this.#become(undone(this.#history));
  }

  redo(): boolean {
    return this.#become(redone(this.#history));
  }

  switchTo(branch: number): boolean {
    return this.#become(switched(this.#history, branch, this.edge()));
  }

  #stepForward(grain: Grain): void {
    if (!this.#head.beginStep(grain, this.#rateUs)) this.#parts.nothingAhead(grain);
    else if (this.#parts.reducedMotion()) this.#head.finishStep();
    else this.#chart.send({ type: 'STEP' });
  }

  /** Puts another run in place of the present one, at the same moment. */
  #become(history: RunHistory | null): boolean {
    if (history === null) return false;
    this.#do(() => {
      if (this.#head.stepping) this.#chart.send({ type: 'JUMP' });
      const before = this.#history.run;
      this.#history = history;
      this.#head.rerun(history.run, this.#momentIn(before, history.run));
    });
    return true;
  }

  /**
   * The present moment in a run with other interventions: an act that was just done is left by its
   * own way in, and one that is due at this very place is entered.
   */
  #momentIn(before: Run, after: Run): Position {
    const position = this.position();
    const last = before.interventions[this.#head.timeline.applied - 1];
    if (last && !after.interventions.includes(last) && isSame(position, behind(last.at)))
      return last.at;
    const due = after.interventions.find(
      (i) => isSame(i.at, position) && !before.interventions.includes(i),
    );
    return due ? behind(due.at) : position;
  }

  /** Every way in from outside: contradictions of the engine stop the player and not the page. */
  #do(work: () => void): void {
    try {
      work();
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error));
      this.#head.abandonStep();
      this.#chart.send({ type: 'PAUSE' });
    }
    this.#schedule();
    for (const listener of this.#listeners) listener();
  }

  /** Asks for the next frame if, and only if, something moves and somebody can see it. */
  #schedule(): void {
    const chart = this.#chart.getSnapshot();
    if (!chart.hasTag('moving') || !chart.hasTag('seen')) {
      this.#cancel?.();
      this.#cancel = null;
      this.#lastFrameMs = null;
      return;
    }
    if (this.#cancel !== null) return;
    const { frames } = this.#parts;
    if (this.#parts.reducedMotion()) {
      this.#cancel = frames.after(STILL_MS, () => this.#still());
      return;
    }
    const request = frames.request((nowMs) => this.#frame(nowMs));
    this.#cancel = () => frames.cancel(request);
  }

  #frame(nowMs: number): void {
    const wallMs = this.#lastFrameMs === null ? 0 : nowMs - this.#lastFrameMs;
    this.#cancel = null;
    this.#lastFrameMs = nowMs;
    this.#do(() => {
      if (this.#head.stepping) {
        if (this.#head.showStep(nowMs)) this.#chart.send({ type: 'ARRIVE' });
      } else this.#runOn(wallMs);
    });
  }

  #runOn(wallMs: number): void {
    const { frames } = this.#parts;
    const running = { now: () => frames.now(), stops: this.#parts.pauseAt() };
    const goesOn = this.#head.runOn(frameUs(wallMs, this.#rateUs), running);
    if (!goesOn) this.#chart.send({ type: 'PAUSE' });
  }

  /** One still picture of reduced motion: the next beat. */
  #still(): void {
    this.#cancel = null;
    this.#do(() => {
      if (this.#head.beginStep('beat', this.#rateUs)) {
        if (!this.#head.finishStep(this.#parts.pauseAt())) this.#chart.send({ type: 'PAUSE' });
      } else {
        this.#chart.send({ type: 'PAUSE' });
        this.#parts.nothingAhead('beat');
      }
    });
  }
}

const isSame = (a: Position, b: Position): boolean => comparePositions(a, b) === 0;
const behind = ({ timeUs, n }: Position): Position => ({ timeUs, n: n + 1 });
