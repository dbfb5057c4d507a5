import { ArrowLeft } from 'lucide-react';
import type { ReactNode } from 'react';
import type { StoryPage } from '../../store/slices/story.ts';
import { LIST_TITLES, PUZZLES_CHAPTER } from '../../stories/contents.ts';
import { PUZZLES } from '../../stories/puzzles.ts';
import type { Chapter } from '../../stories/step.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { Corrections } from './corrections.tsx';
import { Glossary } from './glossary.tsx';
import { PuzzlePanel } from './puzzle-panel.tsx';
import { Puzzles } from './puzzles.tsx';
import { Recap } from './recap.tsx';
import styles from './story.module.css';
import { useArrival } from './use-arrival.ts';

type ListName = Exclude<StoryPage, 'chapters'>;

const TITLES: Readonly<Record<ListName, string>> = {
  ...LIST_TITLES,
  puzzles: PUZZLES_CHAPTER.title,
};

interface PagesProps {
  readonly page: ListName;
  readonly chapters: readonly Chapter[];
}

/** The lists of the story beside that of its chapters, which leads to them. */
export function Pages({ page, chapters }: PagesProps) {
  const now = useApp((state) => state.puzzle);
  const puzzle = PUZZLES.find(({ id }) => id === now?.id);
  if (page === 'puzzles' && puzzle && now) {
    return (
      <List key={puzzle.id} title={puzzle.title}>
        <PuzzlePanel puzzle={puzzle} hints={now.hints} />
      </List>
    );
  }
  return (
    <List key={page} title={TITLES[page]}>
      {page === 'puzzles' ? <Puzzles /> : null}
      {page === 'glossary' ? <Glossary /> : null}
      {page === 'recap' ? <Recap chapters={chapters} /> : null}
      {page === 'read' ? <Corrections chapters={chapters} /> : null}
    </List>
  );
}

function List({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  const { store } = usePage();
  const heading = useArrival();
  return (
    <section className={styles['page']} aria-label={title}>
      <Button icon={ArrowLeft} onClick={() => store.getState().setStoryPage('chapters')}>
        All chapters
      </Button>
      <h2 ref={heading} tabIndex={-1}>
        {title}
      </h2>
      {children}
    </section>
  );
}
