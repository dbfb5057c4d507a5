import { PUZZLES_ID } from '../../stories/chapter-number.ts';
import { isFrom, type Judgement, judging } from '../../stories/judge.ts';
import { printPlace } from '../../stories/place.ts';
import type { Puzzle } from '../../stories/puzzle.ts';
import type { AppStore } from '../app-store.ts';
import { Slice } from '../errand.ts';
import type { Frames } from '../frames.ts';
import type { RunPlayer } from '../run-player.ts';

/** Half a second of a run is over in ten of the reader's. */
const RATE_US = 50_000;

const NO_RUN = 'This run stops with a fault of the simulation, so it cannot be judged.';

interface PuzzlingParts {
  readonly player: RunPlayer;
  readonly store: AppStore;
}

/** The name under which a solved puzzle is kept, among the steps that came true: chapter 15 is the puzzles'. */
export const puzzleName = ({ id }: Puzzle): string => printPlace({ chapter: PUZZLES_ID, step: id });

/** Shows a puzzle: a run that is of it already is gone on with, as when a link has brought a solution. */
export function openPuzzle(parts: PuzzlingParts, puzzle: Puzzle): void {
  const { player, store } = parts;
  const isOpen = isFrom(puzzle, player.run());
  if (!isOpen || player.position().timeUs < puzzle.opening.at.timeUs) begin(parts, puzzle);
  store.getState().setPuzzle({ id: puzzle.id, hints: 0 });
}

/** Opens the run of a puzzle as it is before anybody has done anything. */
export function begin({ player, store }: PuzzlingParts, { opening }: Puzzle): void {
  const { select, setKillMode, setTab } = store.getState();
  select(null);
  setKillMode(false);
  setTab('cluster');
  player.open(opening.run, opening.at);
  player.setRate(RATE_US);
}

/**
 * Tells what the run on the page makes of a puzzle by now, worked out a little at a time. A solution is kept.
 * Returns what ends it.
 */
export function judgeNow(
  { player, store, frames }: PuzzlingParts & { readonly frames: Frames },
  puzzle: Puzzle,
  tell: (judgement: Judgement) => void,
): () => void {
  const work = judging(puzzle, player.run(), player.position());
  const slice = new Slice(() => frames.now());
  let cancel = (): void => {};
  const some = (): IteratorResult<void, Judgement> => {
    slice.begin();
    let next = work.next();
    while (!next.done && !slice.late()) next = work.next();
    return next;
  };
  const goOn = (): void => {
    let judgement: Judgement;
    try {
      const next = some();
      if (!next.done) {
        cancel = frames.after(0, goOn);
        return;
      }
      judgement = next.value;
    } catch {
      // The page tells of the fault itself where the run comes to it.
      judgement = { solved: null, broken: { says: NO_RUN, rule: null, at: player.position() } };
    }
    if (judgement.solved) store.getState().keepStoryDone(puzzleName(puzzle));
    tell(judgement);
  };
  goOn();
  return () => cancel();
}
