import { RotateCcw } from 'lucide-react';
import type { Chapter } from '../../stories/step.ts';
import { useApp } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import { later } from '../kit/later.tsx';
import { Contents } from './contents.tsx';
import { StepPanel } from './step-panel.tsx';
import styles from './story.module.css';
import { useReading, useStoryteller } from './use-story.ts';

const Pages = later(async () => (await import('./pages.tsx')).Pages);

/** The story: the step somebody is at, or one of its lists. */
export function Story() {
  const { teller, failed, tryAgain } = useStoryteller();
  const reading = useReading(teller);
  if (!teller) {
    return (
      <div className={styles['story']} aria-busy={!failed}>
        {failed ? (
          <div className={styles['page']}>
            <p>
              The chapters of the story could not be loaded. The rest of the page goes on without.
            </p>
            <Button icon={RotateCcw} onClick={tryAgain}>
              Try again
            </Button>
          </div>
        ) : null}
      </div>
    );
  }
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
