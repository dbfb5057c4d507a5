import type { ActorId } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { Act } from '../protocol/intervention.ts';
import type { MachineState } from '../protocol/view-actors.ts';
import type { Run } from '../scenario/run.ts';
import type { Player } from './contract.ts';
import type { Loop } from './course.ts';
import type { Fork } from './run-timeline.ts';

/** A run left behind when its past was changed. */
export interface Branch {
  readonly id: number;
  readonly run: Run;
  readonly leftAt: Position;
  readonly title: string;
}

/** A long way under way. */
export interface Seeking {
  /** Where it leads; null while the end of a step is being looked for. */
  readonly toUs: Micros | null;
  /** How much of it is done, from 0 to 1. */
  readonly part: number;
}

/** A stretch that guided pace did not show. */
export interface Skipped {
  readonly fromUs: number;
  readonly toUs: number;
}

/** The player as the page's own parts see it: the contract and what only they need. */
export interface RunPlayer extends Player {
  /** Begins another run in place of this one; undo leads back to this one's beginning. */
  beginAnew(run: Run): void;
  /** How many times slower than asked the simulation runs; 1 when it keeps up. */
  slowBy(): number;
  /** Completes a step under way at once, as pressing the key again does. */
  finishStep(): void;
  /** Goes straight to the event that would stop playing, or to a time before it. */
  seekStop(toUs: Micros): void;
  /** Goes to the furthest position computed. */
  seekEdge(): void;
  /** What guided pace skipped last since time began to run; null when nothing was. */
  skipped(): Skipped | null;
  /** True at the very end of a script: playing begins it anew. */
  replays(): boolean;
  /** The stretch that is played again and again; null when none is. */
  loop(): Loop | null;
  /** Ends in either order; null to play on. */
  setLoop(loop: Loop | null): void;
  /** The number of the event that the last step back undid; null when something else was done since. */
  undid(): number | null;
  /** What undo would take back, the newest first, in words. */
  undoList(): readonly string[];
  /** What redo would bring back, the next first. */
  redoList(): readonly string[];
  /** The same as that many times undo, or redo. */
  undo(times?: number): boolean;
  redo(times?: number): boolean;
  /** How far a long way has come; null when none is under way. */
  seeking(): Seeking | null;
  /** Comes true when nothing is under way any more: whether it got there, or was ended by something else. */
  settled(): Promise<boolean>;
  /** Runs left by changing their past, newest first, at most eight. */
  branches(): readonly Branch[];
  /** Returns to a branch at the moment it was left; the present run becomes a branch. */
  switchTo(branch: number): boolean;
  /** The event with this number, if its account is kept. */
  happening(count: number): Happening | null;
  /** The range of events whose accounts are kept: from, to, both included; empty when to < from. */
  kept(): { readonly from: number; readonly to: number };
  /** Who the writer was at a position that has been computed: whoever opened the volume last. */
  writerAt(at: Position): ActorId;
  /**
   * Events up to the present position whose accounts are never let go of, oldest first: those by which
   * somebody became the writer, and those by which pages came to whom they belong to.
   */
  landmarks(): readonly Happening[];
  /** An actor's machine and where it stands at the present position; null for a name that nobody has. */
  machineState(actor: ActorId): MachineState | null;
  /**
   * The present moment once more, with an act done or with nothing done, and nothing that was planned for
   * later: it can be played on without anybody's run, past or address changing.
   */
  fork(act: Act | null): Fork;
  /** The engine contradicted itself; the run stands where it was noticed. Cleared by going elsewhere. */
  fault(): Error | null;
}
