import { useCallback, useEffect, useRef, useState } from 'react';
import { judgeNow } from '../../store/story/puzzling.ts';
import type { Judgement } from '../../stories/judge.ts';
import type { Puzzle } from '../../stories/puzzle.ts';
import { usePage, useSummary } from '../hooks/page.ts';

/** A judge carries the run out a second time: whoever steps through it is not kept waiting at each step. */
const STANDS_MS = 300;

interface Judged {
  /** Null before there is anything to judge. */
  readonly judgement: Judgement | null;
  check(): void;
}

/** How the run on the page stands to a puzzle: judged when asked, when something was done, and where it stands still. */
export function useJudgement(puzzle: Puzzle): Judged {
  const { player, store, frames } = usePage();
  const [judgement, setJudgement] = useState<Judgement | null>(null);
  const solvedBy = useRef<unknown>(null);
  const judged = useRef<unknown>(null);
  const stop = useRef<(() => void) | null>(null);
  const check = useCallback(() => {
    stop.current?.();
    const { interventions } = player.run();
    judged.current = interventions;
    stop.current = judgeNow({ player, store, frames }, puzzle, (found) => {
      solvedBy.current = found.solved ? interventions : null;
      setJudgement(found);
    });
  }, [player, store, frames, puzzle]);
  useEffect(() => () => stop.current?.(), []);
  const interventions = useSummary((summary) => summary.interventions);
  const stoodAt = useSummary(({ state, count }) => (state === 'paused' ? count : null));
  useEffect(() => {
    // Whatever follows a solution leaves it one, until something else is done.
    if (solvedBy.current === interventions) return;
    // While it plays nothing new is to be said of what was judged already.
    if (stoodAt === null && judged.current === interventions) return;
    return frames.after(STANDS_MS, check);
  }, [check, frames, interventions, stoodAt]);
  return { judgement, check };
}
