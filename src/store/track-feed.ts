import type { Track } from '../history/track-history.ts';
import type { RunPlayer } from './run-player.ts';
import type { TrackReader } from './track.ts';

/** The track of the page's run, kept up with the run from when its code is there. */
export class TrackFeed {
  readonly #player: RunPlayer;
  #reader: TrackReader | null = null;

  constructor(player: RunPlayer) {
    this.#player = player;
  }

  use(reader: TrackReader): void {
    this.#reader = reader;
  }

  /** As far as anybody has seen; null before its code is there. */
  track(): Track | null {
    return this.#reader?.upToEdge(this.#player) ?? null;
  }
}
