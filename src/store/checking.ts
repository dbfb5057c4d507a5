import type { Frames } from './frames.ts';
import type { RunChecker } from './run-checker.ts';
import type { RunPlayer } from './run-player.ts';
import { NOTHING_CHECKED, type Verdict } from './verdict.ts';

/** Time the checker may take of a frame that plays, and of a moment in which nothing else happens. */
const PLAYING_MS = 2;
const IDLE_MS = 6;
/** Between two such moments. */
const PAUSE_MS = 12;
/** After what somebody did: a step has the page for itself, and so has the next one. */
const AWAY_MS = 100;

interface Parts {
  readonly player: RunPlayer;
  readonly frames: Frames;
  /** There is something new to show. */
  changed(): void;
}

/** Has the run checked as far as it is shown, a little at a time: it may lie behind, and catches up when there is time. */
export class Checking {
  readonly #parts: Parts;
  #Checker: typeof RunChecker | null = null;
  #checker: RunChecker | null = null;
  #verdict: Verdict = NOTHING_CHECKED;
  #later: (() => void) | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
    parts.player.subscribe(() => this.#disturbed());
    parts.frames.onVisibility(() => this.#look());
  }

  /** The checker comes after the first picture. */
  use(checker: typeof RunChecker): void {
    this.#Checker = checker;
    this.#look();
  }

  get verdict(): Verdict {
    return this.#verdict;
  }

  /** While it plays, in the frame that plays; otherwise never in the way of what somebody just did. */
  #disturbed(): void {
    if (this.#parts.player.state() === 'playing') {
      this.#look();
      return;
    }
    this.#later?.();
    this.#later = null;
    this.#look(AWAY_MS);
  }

  #look(waitMs = PAUSE_MS): void {
    const { player, frames } = this.#parts;
    if (this.#Checker === null || !frames.visible()) return;
    if (player.state() === 'playing') this.#follow();
    else this.#later ??= frames.after(waitMs, () => this.#follow());
  }

  #follow(): void {
    const { player, frames } = this.#parts;
    this.#later?.();
    this.#later = null;
    if (this.#Checker === null || !frames.visible()) return;
    const playing = player.state() === 'playing';
    const until = frames.now() + (playing ? PLAYING_MS : IDLE_MS);
    const run = player.run();
    this.#checker ??= new this.#Checker(run);
    const isThere = this.#checker.follow(run, player.edge(), () => frames.now() >= until);
    // While it plays, the next frame brings it here again.
    if (!isThere && !playing) this.#look();
    const before = this.#verdict;
    this.#verdict = this.#checker.verdict;
    const { rules, violations } = this.#verdict;
    if (rules !== before.rules || violations.length !== before.violations.length)
      this.#parts.changed();
  }
}
