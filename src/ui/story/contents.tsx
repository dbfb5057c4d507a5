import { BookA, Check, ListChecks, PencilLine, Play } from 'lucide-react';
import { puzzleName } from '../../store/story/puzzling.ts';
import { numberOf } from '../../stories/chapter-number.ts';
import { extentOf, inOrder, LIST_TITLES, PUZZLES_CHAPTER } from '../../stories/contents.ts';
import { printPlace } from '../../stories/place.ts';
import { PUZZLES } from '../../stories/puzzles.ts';
import type { Chapter } from '../../stories/step.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import styles from './story.module.css';
import { useArrival } from './use-arrival.ts';

const LISTS = [
  ['read', PencilLine],
  ['recap', ListChecks],
  ['glossary', BookA],
] as const;

/** All chapters, and the ways to the other lists. */
export function Contents({ chapters }: { readonly chapters: readonly Chapter[] }) {
  const { story, store } = usePage();
  const { done, last } = useApp((state) => state.settings.story);
  const heading = useArrival();
  const begun = last !== null;
  return (
    <div className={styles['page']}>
      <h2 ref={heading} tabIndex={-1}>
        The story
      </h2>
      <p>Every question answered by a run that you drive: {extentOf(chapters)}.</p>
      <Button kind="primary" icon={Play} onClick={() => void story.open()}>
        {begun ? 'Go on' : 'Start the story'}
      </Button>
      <ol start={0} className={styles['chapters']}>
        {inOrder(chapters).map((chapter) =>
          'steps' in chapter ? (
            <ChapterLine key={chapter.id} chapter={chapter} done={done} />
          ) : (
            <PuzzlesLine key={chapter.id} done={done} />
          ),
        )}
      </ol>
      <h3>To look things up</h3>
      <ul className={styles['lists']}>
        {LISTS.map(([page, icon]) => (
          <li key={page}>
            <Button icon={icon} onClick={() => store.getState().setStoryPage(page)}>
              {LIST_TITLES[page]}
            </Button>
          </li>
        ))}
      </ul>
      <p>
        <a href="./transcript.html">The whole story as one page</a>, to read, print or search.
      </p>
    </div>
  );
}

function ChapterLine({
  chapter,
  done,
}: {
  readonly chapter: Chapter;
  readonly done: readonly string[];
}) {
  const { story } = usePage();
  const [first] = chapter.steps;
  const isRead = chapter.steps.every(({ id }) =>
    done.includes(printPlace({ chapter: chapter.id, step: id })),
  );
  return (
    <li>
      <button
        type="button"
        className={styles['chapter']}
        onClick={() => void story.open({ chapter: chapter.id, step: first.id })}
      >
        <span className={styles['number']}>{numberOf(chapter)}</span>
        <span>
          <span className={styles['title']}>{chapter.title}</span>
          <span className={styles['subtitle']}>{chapter.asks}</span>
        </span>
        {isRead ? (
          <Check className={styles['icon']} data-good aria-label="read" />
        ) : (
          <span className={styles['number']}>{chapter.minutes} min</span>
        )}
      </button>
    </li>
  );
}

function PuzzlesLine({ done }: { readonly done: readonly string[] }) {
  const { store } = usePage();
  const solved = PUZZLES.filter((puzzle) => done.includes(puzzleName(puzzle))).length;
  return (
    <li>
      <button
        type="button"
        className={styles['chapter']}
        onClick={() => store.getState().setStoryPage('puzzles')}
      >
        <span className={styles['number']}>{numberOf(PUZZLES_CHAPTER)}</span>
        <span>
          <span className={styles['title']}>{PUZZLES_CHAPTER.title}</span>
          <span className={styles['subtitle']}>{PUZZLES_CHAPTER.asks}</span>
        </span>
        {solved === PUZZLES.length ? (
          <Check className={styles['icon']} data-good aria-label="all solved" />
        ) : (
          <span className={styles['number']}>
            {solved} of {PUZZLES.length} solved
          </span>
        )}
      </button>
    </li>
  );
}
