import { Check, Play } from 'lucide-react';
import type { Chapter } from '../../stories/step.ts';
import { useApp, usePage } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { StepPanel } from './step-panel.tsx';
import styles from './story.module.css';
import { useReading, useStoryteller } from './use-story.ts';

/** The story: the step somebody is at, or all chapters. */
export function Story() {
  const teller = useStoryteller();
  const reading = useReading(teller);
  if (!teller) return <div className={styles['story']} />;
  return (
    <div className={styles['story']}>
      {reading ? (
        <StepPanel reading={reading} teller={teller} />
      ) : (
        <Contents chapters={teller.chapters} />
      )}
    </div>
  );
}

function Contents({ chapters }: { readonly chapters: readonly Chapter[] }) {
  const { story } = usePage();
  const { done, last } = useApp((state) => state.settings.story);
  const minutes = chapters.reduce((sum, chapter) => sum + chapter.minutes, 0);
  const begun = last !== null;
  return (
    <div className={styles['contents']}>
      <h2>The story</h2>
      <p>
        Every question answered by a run that you drive: {chapters.length} chapters, about {minutes}{' '}
        minutes.
      </p>
      <Button kind="primary" icon={Play} onClick={() => void story.open()}>
        {begun ? 'Go on' : 'Start the story'}
      </Button>
      <ol start={0}>
        {chapters.map((chapter) => (
          <ChapterLine key={chapter.id} chapter={chapter} done={done} />
        ))}
      </ol>
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
  const isRead = chapter.steps.every(({ id }) => done.includes(`${chapter.id}.${id}`));
  return (
    <li>
      <button
        type="button"
        className={styles['chapter']}
        onClick={() => void story.open({ chapter: chapter.id, step: first.id })}
      >
        <span className={styles['number']}>{Number(chapter.id.slice(1))}</span>
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
