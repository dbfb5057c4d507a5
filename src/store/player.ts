import { createActor } from 'xstate';
import type { ActorId } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import { type Micros, type Position, START } from '../engine/time.ts';
import type { Act, Intervention } from '../protocol/intervention.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { MachineState } from '../protocol/view-actors.ts';
import type { Run, Scenario } from '../scenario/run.ts';
import { actDone } from './act-words.ts';
import type { Direction, Grain, PlayerState } from './contract.ts';
import type { Loop } from './course.ts';
import { type Errand, Slice } from './errand.ts';
import type { Frames } from './frames.ts';
import { playerMachine } from './player-machine.ts';
import { Playhead } from './playhead.ts';
import {
  acted,
  begunAnew,
  freshHistory,
  fullSentence,
  momentIn,
  type Present,
  type RunHistory,
  redoable,
  redone,
  repeated,
  sameWorld,
  switched,
  undoable,
  undone,
} from './run-history.ts';
import type { Branch, RunPlayer, Seeking, Skipped } from './run-player.ts';
import type { Fork, OpenTimeline } from './run-timeline.ts';
import { Running } from './running.ts';
import type { Grains } from './step-target.ts';
import { UnderWay } from './under-way.ts';

/** With reduced motion, play shows one beat as a still picture for this long. */
export const STILL_MS = 1_500;

/** A long way is shown this often. */
const SEEN_EVERY_MS = 250;

export interface PlayerParts {
  readonly open: OpenTimeline;
  readonly frames: Frames;
  readonly grains: Grains;
  readonly scenarios: readonly Scenario[];
  /** Which events stop playing; null when nobody asked for that. */
  pauseAt(): ((happening: Happening) => boolean) | null;
  reducedMotion(): boolean;
  /** Whether stretches in which nothing worth telling happens are shortened. */
  guided(): boolean;
  /** Called whenever a part of a long way has been computed. */
  computed(): void;
  /** A step found nothing to go to: of that grain, nothing is on its way. */
  nothingAhead(grain: Grain): void;
}

/** Plays a run: the only owner of the frame loop and of the run's history. */
export class TimelinePlayer implements RunPlayer {
  readonly #parts: PlayerParts;
  readonly #chart = createActor(playerMachine).start();
  readonly #slice: Slice;
  readonly #head: Playhead;
  readonly #underWay = new UnderWay();
  readonly #listeners = new Set<() => void>();
  readonly #running: Running;
  #undid: number | null = null;
  #history: RunHistory;
  #fault: Error | null = null;
  /** Cancels the frame or timer asked for; null when none is. */
  #cancel: (() => void) | null = null;
  #lastFrameMs: number | null = null;
  /** When a long way was shown last. */
  #shownMs = 0;

  constructor(parts: PlayerParts, run: Run) {
    this.#parts = parts;
    this.#history = freshHistory(run);
    this.#slice = new Slice(() => parts.frames.now());
    this.#head = new Playhead(parts.open, parts.grains, this.#slice, run);
    this.#running = new Running({
      ...{ ...parts, head: this.#head, run: this.run },
      pause: () => this.#chart.send({ type: 'PAUSE' }),
    });
    const watch = (): void => {
      this.#chart.send({ type: parts.frames.visible() ? 'SHOW' : 'HIDE' });
      this.#unschedule();
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
  rateUs = (): number => this.#running.rateUs;
  slowBy = (): number => this.#head.pace.slowBy();
  view = (): ClusterView => this.#head.view();
  count = (): number => this.#head.timeline.count;
  hash = (): string => this.#head.timeline.hash();
  fault = (): Error | null => this.#fault;
  scenarios = (): readonly Scenario[] => this.#parts.scenarios;
  branches = (): readonly Branch[] => this.#history.branches;
  canUndo = (): boolean => undone(this.#history) !== null;
  canRedo = (): boolean => redone(this.#history) !== null;
  writerAt = (at: Position): ActorId => this.#head.writerAt(at);
  landmarks = (): readonly Happening[] => this.#head.landmarks();
  skipped = (): Skipped | null => this.#running.skipped;
  undid = (): number | null => this.#undid;
  loop = (): Loop | null => this.#running.loop;
  replays = (): boolean => this.state() === 'paused' && this.#running.beginning() !== null;
  undoList = (): readonly string[] => undoable(this.#history, this.#say);
  redoList = (): readonly string[] => redoable(this.#history, this.#say);
  machineState = (actor: ActorId): MachineState | null => this.#head.timeline.machineState(actor);
  fork = (act: Act | null): Fork =>
    this.#head.timeline.fork(act === null ? [] : [{ at: this.position(), act }]);
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

  seeking(): Seeking | null {
    if (this.state() !== 'seeking') return null;
    const { way } = this.#head;
    if (way === null) return { toUs: null, part: 0 };
    const { fromUs, toUs } = way;
    return { toUs, part: (this.position().timeUs - fromUs) / Math.max(1, toUs - fromUs) };
  }

  settled(): Promise<boolean> {
    return this.#underWay.settled();
  }

  open(run: Run, at: Position = START): void {
    this.#do(() => {
      this.#chart.send({ type: 'JUMP' });
      this.#fault = null;
      // A run that cannot be built throws here, and the old one stays.
      this.#head.openRun(run);
      this.#history = freshHistory(run);
      this.#running.opened(run, at);
      this.#begin(this.#head.seek(at));
    });
  }

  beginAnew(run: Run): void {
    this.#become(begunAnew(this.#history, run));
  }

  seek(to: Position): void {
    this.#jump(() => this.#head.seek(to));
  }

  seekStop(toUs: Micros): void {
    this.#jump(() => this.#head.seekStop(toUs, this.#parts.pauseAt()));
  }

  seekEdge(): void {
    this.seek(this.edge());
  }

  step(grain: Grain, direction: Direction): void {
    // A key held down does not make a long look begin anew.
    if (this.#underWay.isStep) return;
    this.#do(() => {
      const underWay = this.#head.stepping;
      this.#head.finishStep();
      this.#chart.send({ type: 'JUMP' });
      this.#running.jumped();
      if (direction === -1) {
        this.#fault = null;
        this.#begin(this.#stepBack(grain), { isStep: true });
      } else if (!underWay) this.#begin(this.#stepForward(grain), { isStep: true });
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
      this.#abandon();
      const from = this.#running.begin();
      this.#chart.send({ type: 'PLAY' });
      if (from !== null) this.#begin(this.#head.seek(from), { plays: true });
    });
  }

  pause(): void {
    this.#do(() => {
      this.#abandon();
      this.#chart.send({ type: 'PAUSE' });
      this.#head.pace.reset();
    });
  }

  setRate(rateUs: number): void {
    this.#do(() => this.#running.setRate(rateUs));
  }

  setLoop(loop: Loop | null): void {
    this.#do(() => this.#running.setLoop(loop));
  }

  intervene(act: Act): string {
    const at = this.position();
    const { applied } = this.#head.timeline;
    const full = fullSentence(applied);
    if (full !== null) return full;
    this.#become(acted(this.#history, act, { at, applied, ...this.#leaving() }));
    return actDone(act, at.timeUs, this.writerAt(at));
  }

  /** What is left is called by what was done, and to whom as they were called then. */
  #leaving(): Pick<Present, 'edge' | 'say'> {
    return { edge: this.edge(), say: this.#say };
  }

  #say = ({ act, at }: Intervention): string => actDone(act, at.timeUs, this.writerAt(at));

  undo(times = 1): boolean {
    return this.#become(repeated(undone, this.#history, times));
  }

  redo(times = 1): boolean {
    return this.#become(repeated(redone, this.#history, times));
  }

  switchTo(branch: number): boolean {
    return this.#become(switched(this.#history, branch, this.#leaving()));
  }

  #jump(way: () => Errand<unknown>): void {
    this.#do(() => {
      this.#chart.send({ type: 'JUMP' });
      this.#fault = null;
      this.#running.jumped();
      this.#begin(way());
    });
  }

  *#stepBack(grain: Grain): Errand {
    const undone = this.count();
    yield* this.#head.back(grain);
    this.#undid = undone > 0 ? undone : null;
  }

  *#stepForward(grain: Grain): Errand {
    const found = yield* this.#head.beginStep(grain, this.rateUs());
    if (!found) this.#parts.nothingAhead(grain);
    else if (this.#parts.reducedMotion()) this.#head.finishStep();
    else this.#chart.send({ type: 'STEP' });
  }

  /** Puts another run in place of the present one: at the same moment, or at its beginning when it is another world. */
  #become(history: RunHistory | null): boolean {
    if (history === null) return false;
    this.#do(() => {
      if (!sameWorld(this.#history.run, history.run)) {
        this.#chart.send({ type: 'JUMP' });
        this.#head.openRun(history.run);
        this.#history = history;
        this.#running.leftWorld();
        this.#begin(this.#head.seek(START));
        return;
      }
      if (this.#head.stepping) this.#chart.send({ type: 'JUMP' });
      const before = this.#history.run;
      this.#history = history;
      const { applied } = this.#head.timeline;
      const at = momentIn(before, history.run, { at: this.position(), applied });
      const plays = this.state() === 'playing' || this.#underWay.plays;
      this.#begin(this.#head.rerun(history.run, at), { plays });
    });
    return true;
  }

  /** Does the first slice of something in place of what is under way; `plays`: time runs on afterwards. */
  #begin(errand: Errand<unknown>, { plays = false, isStep = false } = {}): void {
    this.#underWay.begin(errand, { plays, isStep });
    this.#goOn();
  }

  /** Does one slice of what is under way. */
  #goOn(): void {
    this.#slice.begin();
    const { plays } = this.#underWay;
    const done = this.#underWay.goOn();
    this.#parts.computed();
    if (done) {
      if (this.state() === 'seeking') this.#chart.send({ type: plays ? 'PLAY' : 'FOUND' });
      return;
    }
    this.#chart.send({ type: 'SEEK' });
    // Whatever frame was asked for, for another purpose, is not the one wanted now.
    this.#unschedule();
  }

  /** Ends what is under way where it is. */
  #abandon(): void {
    this.#underWay.end();
    this.#head.abandon();
  }

  /** Every way in from outside: contradictions of the engine stop the player and not the page. */
  #do(work: () => void, shown = true): void {
    this.#undid = null;
    try {
      work();
    } catch (error) {
      this.#fault = error instanceof Error ? error : new Error(String(error));
      this.#abandon();
      this.#chart.send({ type: 'PAUSE' });
    }
    this.#schedule();
    if (shown || !this.#underWay.busy) for (const listener of this.#listeners) listener();
  }

  /** Asks for the next frame if, and only if, something moves and somebody can see it. */
  #schedule(): void {
    const chart = this.#chart.getSnapshot();
    const { frames } = this.#parts;
    // Somebody waits for a long way to end, whether or not they look.
    const wanted = chart.hasTag('moving') && (chart.hasTag('seen') || this.#underWay.busy);
    if (!wanted) {
      this.#unschedule();
      this.#lastFrameMs = null;
      return;
    }
    if (this.#cancel !== null) return;
    if (this.#underWay.busy) this.#cancel = frames.after(0, () => this.#nextSlice());
    else if (this.#parts.reducedMotion()) {
      this.#cancel = frames.after(STILL_MS, () => this.#still());
    } else {
      const request = frames.request((nowMs) => this.#frame(nowMs));
      this.#cancel = () => frames.cancel(request);
    }
  }

  #unschedule(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #frame(nowMs: number): void {
    const wallMs = this.#lastFrameMs === null ? 0 : nowMs - this.#lastFrameMs;
    this.#cancel = null;
    this.#lastFrameMs = nowMs;
    this.#do(() => {
      if (this.#head.stepping) {
        if (this.#head.showStep(nowMs)) this.#chart.send({ type: 'ARRIVE' });
        return;
      }
      this.#slice.begin();
      const instead = this.#running.pass(wallMs);
      if (instead !== null) this.#begin(instead, { plays: true });
    });
  }

  /** A slice of a long way: drawing every one of them would take most of the time. */
  #nextSlice(): void {
    this.#cancel = null;
    const nowMs = this.#parts.frames.now();
    const shown = nowMs - this.#shownMs >= SEEN_EVERY_MS;
    if (shown) this.#shownMs = nowMs;
    this.#do(() => this.#goOn(), shown);
  }

  #still(): void {
    this.#cancel = null;
    this.#do(() => this.#begin(this.#running.still(), { plays: true }));
  }
}
