import { Check, Lightbulb, Link, List, RotateCcw, Target, X } from 'lucide-react';
import { clockText } from '../../store/clock-text.ts';
import { begin } from '../../store/story/puzzling.ts';
import type { Judgement } from '../../stories/judge.ts';
import type { Puzzle } from '../../stories/puzzle.ts';
import { useCommand, usePage, useSummary } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import styles from './pages.module.css';
import story from './story.module.css';
import { useJudgement } from './use-judgement.ts';

interface PuzzlePanelProps {
  readonly puzzle: Puzzle;
  readonly hints: number;
}

/** A puzzle that is open: what to bring about, what may not be, and how it stands. */
export function PuzzlePanel({ puzzle, hints }: PuzzlePanelProps) {
  const page = usePage();
  const { setPuzzle } = page.store.getState();
  const { judgement, check } = useJudgement(puzzle);
  return (
    <div className={styles['puzzle']}>
      <p className={styles['goal']}>
        <Target className={story['icon']} aria-hidden="true" /> {puzzle.goal}
      </p>
      <section aria-labelledby="puzzle-rules">
        <h3 id="puzzle-rules">What holds</h3>
        <ul className={styles['rules']}>
          {puzzle.rules.map(({ id, says }) => (
            <li key={id} data-broken={judgement?.broken?.rule === id || undefined}>
              {says}
            </li>
          ))}
        </ul>
      </section>
      <Outcome judgement={judgement} />
      <div className={styles['buttons']}>
        <Button kind="primary" icon={Check} onClick={check}>
          Check
        </Button>
        <Button icon={RotateCcw} onClick={() => begin(page, puzzle)}>
          Start again
        </Button>
        <Button icon={List} onClick={() => setPuzzle(null)}>
          All puzzles
        </Button>
      </div>
      <Hints puzzle={puzzle} hints={hints} />
    </div>
  );
}

/** How the run stands, said as soon as it changes. */
function Outcome({ judgement }: { readonly judgement: Judgement | null }) {
  const copyLink = useCommand('copy-link');
  const solved = judgement?.solved ?? null;
  const plays = useSummary(({ state }) => state === 'playing');
  return (
    <div className={styles['outcome']}>
      <p role="status" data-solved={solved !== null || undefined}>
        {solved ? <Check className={story['icon']} data-good aria-hidden="true" /> : null}
        {judgement?.broken ? <X className={story['icon']} aria-hidden="true" /> : null}{' '}
        {judgement ? sentenceOf(judgement, plays) : ''}
      </p>
      {solved ? (
        <Button icon={Link} onClick={() => void copyLink.run()}>
          Copy link to my solution
        </Button>
      ) : null}
    </div>
  );
}

function sentenceOf({ solved, broken }: Judgement, plays: boolean): string {
  if (solved) return `Solved at ${clockText(solved.timeUs)}, and every rule held.`;
  if (!broken && plays)
    return 'It plays: what comes of it is judged once it is paused, or by Check.';
  if (!broken) return 'Not solved yet; every rule has held so far. Time may have to pass.';
  if (broken.rule === null) return `${broken.says} Start again to try it.`;
  return `At ${clockText(broken.at.timeUs)} this did not hold: ${broken.says} Undo it, or start again.`;
}

function Hints({ puzzle, hints }: PuzzlePanelProps) {
  const { setPuzzle } = usePage().store.getState();
  const left = puzzle.hints.length - hints;
  return (
    <section aria-labelledby="puzzle-hints" className={styles['hints']}>
      <h3 id="puzzle-hints">Hints</h3>
      <ol aria-live="polite">
        {puzzle.hints.slice(0, hints).map((hint) => (
          <li key={hint}>{hint}</li>
        ))}
      </ol>
      <Button
        icon={Lightbulb}
        aria-disabled={left === 0}
        onClick={() => left > 0 && setPuzzle({ id: puzzle.id, hints: hints + 1 })}
      >
        {left === 0 ? 'No more hints' : `Show a hint: ${left} left`}
      </Button>
    </section>
  );
}
