import { numberOf } from '../../stories/chapter-number.ts';
import { PASSAGES_TITLE, RECAP_SAYS } from '../../stories/contents.ts';
import { PASSAGES } from '../../stories/passages.ts';
import { RECAP } from '../../stories/recap.ts';
import type { Chapter } from '../../stories/step.ts';
import type { Outcome } from '../../stories/verdict.ts';
import { VerdictWord } from './cards.tsx';
import styles from './pages.module.css';
import { SeeStep } from './see-step.tsx';

interface RecapProps {
  readonly chapters: readonly Chapter[];
}

/** What one may have read, row by row of its summaries and passage by passage, and what the story made of it. */
export function Recap({ chapters }: RecapProps) {
  return (
    <>
      <p>{RECAP_SAYS}</p>
      {RECAP.map(({ id, title, rows }) => (
        <section key={id} aria-labelledby={`recap-${id}`} className={styles['table']}>
          <h3 id={`recap-${id}`}>{title}</h3>
          {rows.map(({ feature, read, verdict, says, chapters: ids }) => (
            <article key={feature} className={styles['row']} aria-label={feature}>
              <h4>{feature}</h4>
              <Told read={read} verdict={verdict} says={says} shown={shownIn(chapters, ids)} />
            </article>
          ))}
        </section>
      ))}
      <section aria-labelledby="recap-passages" className={styles['table']}>
        <h3 id="recap-passages">{PASSAGES_TITLE}</h3>
        {PASSAGES.map(({ id, passage, verdict, says, chapters: ids }) => (
          <article key={id} className={styles['row']} aria-label={passage}>
            <Told read={passage} verdict={verdict} says={says} shown={shownIn(chapters, ids)} />
          </article>
        ))}
      </section>
    </>
  );
}

const shownIn = (chapters: readonly Chapter[], ids: readonly string[]): readonly Chapter[] =>
  chapters.filter(({ id }) => ids.includes(id));

interface ToldProps {
  readonly read: string;
  readonly verdict: Outcome;
  readonly says: string;
  readonly shown: readonly Chapter[];
}

/** What is told, what is made of it, and the chapters that show it. */
function Told({ read, verdict, says, shown }: ToldProps) {
  return (
    <>
      <p className={styles['read']}>{read}</p>
      <VerdictWord verdict={verdict} />
      <p>{says}</p>
      <div className={styles['buttons']}>
        {shown.map(({ id, title, steps: [first] }) => (
          <SeeStep key={id} place={{ chapter: id, step: first.id }}>
            {`Chapter ${numberOf({ id })}: ${title}`}
          </SeeStep>
        ))}
      </div>
    </>
  );
}
