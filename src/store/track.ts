import { comparePositions, type Micros, type Position, START } from '../engine/time.ts';
import { type Track, TrackHistory } from '../history/track-history.ts';
import type { Run } from '../scenario/run.ts';
import type { RunPlayer } from './run-player.ts';

/** Where two runs part: at the beginning, at the first act that only one of them has, or nowhere. */
export function forkOf(one: Run, other: Run): Micros {
  if (one.scenario !== other.scenario || one.seed !== other.seed) return 0;
  const same = one.interventions.findIndex((act, i) => act !== other.interventions[i]);
  const at = same < 0 ? one.interventions.length : same;
  const parts = [one.interventions[at]?.at, other.interventions[at]?.at].flatMap((p) => p ?? []);
  return parts.toSorted(comparePositions)[0]?.timeUs ?? Number.POSITIVE_INFINITY;
}

/** As far back as a change at this time leaves something that was read: how things stood in a gap nobody knows. */
const readBefore = (fromUs: Micros, { unread }: Track): Micros =>
  unread.find((gap) => gap.fromUs < fromUs && fromUs <= gap.toUs)?.fromUs ?? fromUs;

/**
 * What the timeline is painted from, gathered from events as they come. Only events after the last look are
 * read, so a long history costs nothing; what a change of the past leaves as it was is kept.
 */
export class TrackReader {
  #run: Run | null = null;
  #upTo: Position = START;
  #history: TrackHistory | null = null;

  /** The track of a player's run, up to the furthest moment computed as far as accounts of it are at hand. */
  upToEdge(player: RunPlayer): Track {
    const run = player.run();
    const history = this.#historyOf(run);
    this.#run = run;
    this.#readOn(player, history);
    return history;
  }

  #historyOf(run: Run): TrackHistory {
    const fromUs = this.#run ? forkOf(this.#run, run) : 0;
    if (this.#history === null || fromUs === 0) {
      this.#history = new TrackHistory(run.scenario.config);
      this.#upTo = START;
    } else if (fromUs <= this.#upTo.timeUs) {
      const backUs = readBefore(fromUs, this.#history);
      this.#history.forget(backUs);
      this.#upTo = { timeUs: backUs, n: 0 };
    }
    return this.#history;
  }

  #readOn(player: RunPlayer, history: TrackHistory): void {
    const edge = player.edge();
    if (comparePositions(edge, this.#upTo) < 0) return;
    const { from } = player.kept();
    const oldest = from > 1 ? player.happening(from) : null;
    if (oldest && comparePositions(this.#upTo, oldest) < 0) {
      // How things stand is seen only of the present: until that is the edge, nothing is said.
      if (comparePositions(player.position(), edge) < 0) return;
      history.skip({ fromUs: this.#upTo.timeUs, toUs: edge.timeUs }, player.view());
    } else for (const happening of player.happenings(this.#upTo, edge)) history.read(happening);
    this.#upTo = { timeUs: edge.timeUs, n: edge.n + 1 };
  }
}
