import type { ActorId } from '../engine/effect.ts';
import type { Happening } from '../engine/happening.ts';
import type { Kernel } from '../engine/kernel.ts';
import type { Micros, Position } from '../engine/time.ts';
import type { Timeline } from '../engine/timeline.ts';
import type { Intervention } from '../protocol/intervention.ts';
import type { ClusterView } from '../protocol/view.ts';
import type { MachineState } from '../protocol/view-actors.ts';
import type { Run } from '../scenario/run.ts';

/** A run that went another way from some moment on, for whoever wants to know what would happen. */
export interface Fork {
  readonly position: Position;
  /** Time of the next event; null when nothing is due any more. */
  nextUs(): Micros | null;
  step(): Happening | null;
  view(): ClusterView;
}

/** What the player needs of a timeline: the engine's own, seen through the Aurora model. */
export interface RunTimeline {
  readonly position: Position;
  /** Events up to the position. */
  readonly count: number;
  /** The oldest event whose account is kept. */
  readonly oldestKept: number;
  /** Interventions carried out up to the position. */
  readonly applied: number;
  /** Time of the next event; null when nothing is due any more. */
  nextUs(): Micros | null;
  seek(to: Position): void;
  /** To the nearest moment at or before `to` that is at hand; `onward` goes the rest of the way. */
  leap(to: Position): void;
  /** False when it stopped because of `maxEvents`. */
  onward(to: Position, maxEvents: number): boolean;
  stepForward(): Happening | null;
  /** To the nearest moment at hand with no more than `count` events behind it. */
  leapToCount(count: number): void;
  /** After `from`, up to and with `to`. */
  happenings(from: Position, to: Position): readonly Happening[];
  happening(count: number): Happening | null;
  /** The events computed whose accounts are kept as long as the run, oldest first. */
  readonly landmarks: readonly Happening[];
  /** Keeps what both lists have in common and forgets the rest; it then stands at or before the change. */
  replan(interventions: readonly Intervention[]): void;
  hash(): string;
  /** Remembers this moment; what it returns comes back to it at once, as long as the past stays the same. */
  mark(): () => void;
  view(): ClusterView;
  /** An actor's machine and where it stands; null for a name that nobody has. */
  machineState(actor: ActorId): MachineState | null;
  /** The same moment with another future. Nothing it does is felt here. */
  fork(later: readonly Intervention[]): Fork;
}

export type OpenTimeline = (run: Run) => RunTimeline;

/** Ways to see a world. */
interface Lens<N> {
  view(world: Kernel<N, Intervention>): ClusterView;
  machineState(world: Kernel<N, Intervention>, actor: ActorId): MachineState | null;
}

/** The engine's timeline of any world, with ways to see that world. */
export function overTimeline<N>(timeline: Timeline<N, Intervention>, lens: Lens<N>): RunTimeline {
  return {
    get position() {
      return timeline.position;
    },
    get count() {
      return timeline.count;
    },
    get oldestKept() {
      return timeline.oldestKept;
    },
    get applied() {
      return timeline.world.applied;
    },
    get landmarks() {
      return timeline.landmarks;
    },
    nextUs: () => timeline.nextUs(),
    seek: (to) => timeline.seek(to),
    leap: (to) => timeline.leap(to),
    onward: (to, maxEvents) => timeline.onward(to, maxEvents),
    stepForward: () => timeline.stepForward(),
    leapToCount: (count) => timeline.leapToCount(count),
    happenings: (from, to) => timeline.happenings(from, to),
    happening: (count) => timeline.happening(count),
    replan: (interventions) => timeline.replan(interventions),
    hash: () => timeline.hash(),
    mark: () => {
      const moment = timeline.world.save();
      return () => timeline.world.restore(moment);
    },
    view: () => lens.view(timeline.world),
    machineState: (actor) => lens.machineState(timeline.world, actor),
    fork: (later) => {
      const world = timeline.world.fork(later);
      return {
        get position() {
          return world.position;
        },
        nextUs: () => world.nextUs(),
        step: () => world.step(),
        view: () => lens.view(world),
      };
    },
  };
}
