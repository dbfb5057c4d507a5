import { numberOf } from '../../stories/chapter-number.ts';
import { CORRECTIONS_SAY } from '../../stories/contents.ts';
import { CORRECTIONS } from '../../stories/corrections.ts';
import { readPlace } from '../../stories/place.ts';
import type { Chapter } from '../../stories/step.ts';
import { Card } from './cards.tsx';
import styles from './pages.module.css';
import { SeeStep } from './see-step.tsx';

/** Everything the story puts right, each with the step that shows it. */
export function Corrections({ chapters }: { readonly chapters: readonly Chapter[] }) {
  return (
    <>
      <p>{CORRECTIONS_SAY}</p>
      <ol className={styles['cards']}>
        {CORRECTIONS.map((card) => {
          const place = readPlace(card.shownIn);
          const chapter = chapters.find(({ id }) => id === place?.chapter);
          return (
            <li key={card.id}>
              <Card card={card}>
                {place && chapter ? (
                  <SeeStep
                    place={place}
                    label={`Show me, in chapter ${numberOf(chapter)}: ${card.read}`}
                  >
                    Show me
                  </SeeStep>
                ) : null}
              </Card>
            </li>
          );
        })}
      </ol>
    </>
  );
}
