import { Check } from 'lucide-react';
import { openPuzzle, puzzleName } from '../../store/story/puzzling.ts';
import { PUZZLES } from '../../stories/puzzles.ts';
import { useApp, usePage } from '../hooks/page.ts';
import styles from './pages.module.css';
import story from './story.module.css';

/** The puzzles, to choose one. */
export function Puzzles() {
  const page = usePage();
  const done = useApp((state) => state.settings.story.done);
  return (
    <>
      <p>
        Bring something about by your own means. The run tells whether it is done; nobody counts how
        often you try.
      </p>
      <ol className={styles['puzzles']}>
        {PUZZLES.map((puzzle) => (
          <li key={puzzle.id}>
            <button
              type="button"
              className={story['chapter']}
              onClick={() => openPuzzle(page, puzzle)}
            >
              <span className={story['number']}>{PUZZLES.indexOf(puzzle) + 1}</span>
              <span>
                <span className={story['title']}>{puzzle.title}</span>
                <span className={story['subtitle']}>{puzzle.goal}</span>
              </span>
              {done.includes(puzzleName(puzzle)) ? (
                <Check className={story['icon']} data-good aria-label="solved" />
              ) : null}
            </button>
          </li>
        ))}
      </ol>
    </>
  );
}
