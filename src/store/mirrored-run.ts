import { type BaselineView, baselineViewOf } from '../baseline/view.ts';
import { afterAll, type Micros } from '../engine/time.ts';
import { MirroredCommits } from '../history/mirrored-commits.ts';
import { type MirroredTimeline, mirroredActs, openMirrored } from '../scenario/mirrored.ts';
import type { Run } from '../scenario/run.ts';
import type { Frames } from './frames.ts';
import { sameWorld } from './run-history.ts';
import type { RunPlayer } from './run-player.ts';

/** Time it may take of a frame that plays, and of a moment in which nothing else happens. */
const PLAYING_MS = 2;
const IDLE_MS = 6;
/** Events between two looks at the clock. */
const CHUNK = 64;

interface Parts {
  readonly player: RunPlayer;
  readonly frames: Frames;
}

/**
 * The player's run on the other system, at the time that the player shows: played on, sought back and
 * forked with it, a little at a time and only while somebody watches. It may lie behind, and says so.
 */
export class MirroredRun {
  readonly #parts: Parts;
  readonly #listeners = new Set<() => void>();
  #run: Run | null = null;
  #timeline: MirroredTimeline | null = null;
  #commits = new MirroredCommits();
  #read = 0;
  #version = 0;
  #view: BaselineView | null = null;
  #isThere = false;
  #later: (() => void) | null = null;
  #stop: (() => void) | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** What it has committed up to the furthest moment computed. */
  get commits(): MirroredCommits {
    return this.#commits;
  }

  /** Raised by every move: who has seen this number has seen everything. */
  readonly version = (): number => this.#version;

  /** Whether it stands where the player does. */
  get isThere(): boolean {
    return this.#isThere;
  }

  get timeUs(): Micros {
    return this.#timeline?.position.timeUs ?? 0;
  }

  /** What may be shown of it; null before anybody watched. */
  view(): BaselineView | null {
    if (this.#timeline === null) return null;
    this.#view ??= baselineViewOf(this.#timeline.world);
    return this.#view;
  }

  /** Follows the player as long as somebody watches; calls back after every move. Returns what ends that. */
  readonly watch = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    if (this.#stop === null) {
      const { player, frames } = this.#parts;
      const stops = [
        player.subscribe(() => this.#follow()),
        frames.onVisibility(() => this.#follow()),
      ];
      this.#stop = () => {
        for (const stop of stops) stop();
      };
      this.#follow();
    }
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#later?.();
      this.#later = null;
      this.#stop?.();
      this.#stop = null;
    };
  };

  #follow(): void {
    const { player, frames } = this.#parts;
    this.#later?.();
    this.#later = null;
    if (!frames.visible()) return;
    const playing = player.state() === 'playing';
    const until = frames.now() + (playing ? PLAYING_MS : IDLE_MS);
    const timeline = this.#adopt(player.run());
    const to = afterAll(Math.floor(player.shownUs()));
    timeline.leap(to);
    let arrived = false;
    do {
      arrived = timeline.onward(to, CHUNK);
      this.#readOn(timeline);
    } while (!arrived && frames.now() < until);
    this.#isThere = arrived;
    // While it plays, the next frame brings it here again.
    if (!arrived && !playing) this.#later = frames.after(0, () => this.#follow());
    this.#view = null;
    this.#version++;
    for (const listener of this.#listeners) listener();
  }

  /** The timeline of this run: another one for another world, the same one replanned for other acts. */
  #adopt(run: Run): MirroredTimeline {
    const before = this.#run;
    this.#run = run;
    if (this.#timeline === null || before === null || !sameWorld(before, run)) {
      this.#timeline = openMirrored(run);
      this.#forget(0);
    } else if (before !== run) {
      this.#timeline.replan(mirroredActs(run));
      // What was read of a future that is no more cannot be taken out again.
      if (this.#timeline.edgeCount < this.#read) this.#forget(this.#timeline.oldestKept - 1);
    }
    return this.#timeline;
  }

  #forget(read: number): void {
    this.#commits = new MirroredCommits();
    this.#read = read;
  }

  #readOn(timeline: MirroredTimeline): void {
    while (this.#read < timeline.edgeCount) {
      this.#read++;
      const happening = timeline.happening(this.#read);
      if (happening !== null) this.#commits.read(happening);
    }
  }
}
