import type { Chapter } from '../../stories/step.ts';
import { useApp } from '../hooks/page.ts';
import { later } from '../kit/later.tsx';
import { Contents } from './contents.tsx';
import { StepPanel } from './step-panel.tsx';
import styles from './story.module.css';
import { useReading, useStoryteller } from './use-story.ts';

const Pages = later(async () => (await import('./pages.tsx')).Pages);

/** The story: the step somebody is at, or one of its lists. */
export function Story() {
  const teller = useStoryteller();
  const reading = useReading(teller);
  if (!teller) return <div className={styles['story']} />;
  return (
    <div className={styles['story']}>
      {reading ? (
        <StepPanel reading={reading} teller={teller} />
      ) : (
        <Lists chapters={teller.chapters} />
      )}
    </div>
  );
}

function Lists({ chapters }: { readonly chapters: readonly Chapter[] }) {
  const page = useApp((state) => state.storyPage);
  return page === 'chapters' ? (
    <Contents chapters={chapters} />
  ) : (
    <Pages page={page} chapters={chapters} />
  );
}
