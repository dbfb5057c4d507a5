import { numberOf } from '../../stories/chapter-number.ts';
import { RECAP } from '../../stories/recap.ts';
import type { Chapter } from '../../stories/step.ts';
import { VerdictWord } from './cards.tsx';
import styles from './pages.module.css';
import { SeeStep } from './see-step.tsx';
import story from './story.module.css';

type Row = (typeof RECAP)[number]['rows'][number];

interface RecapProps {
  readonly chapters: readonly Chapter[];
}

/** Two summaries that one may have read, row by row, and what the story made of them. */
export function Recap({ chapters }: RecapProps) {
  return (
    <>
      <p>Two summaries that you may have read, row by row, and what the runs made of them.</p>
      {RECAP.map(({ id, title, rows }) => (
        <section key={id} aria-labelledby={`recap-${id}`} className={styles['table']}>
          <h3 id={`recap-${id}`}>{title}</h3>
          {rows.map((row) => (
            <RecapRow key={row.feature} row={row} chapters={chapters} />
          ))}
        </section>
      ))}
    </>
  );
}

function RecapRow({ row, chapters }: RecapProps & { readonly row: Row }) {
  const shown = chapters.filter(({ id }) => row.chapters.some((each) => each === id));
  return (
    <article className={styles['row']} aria-label={row.feature}>
      <h4>{row.feature}</h4>
      <p className={story['read']}>{row.read}</p>
      <VerdictWord verdict={row.verdict} />
      <p>{row.says}</p>
      <div className={styles['buttons']}>
        {shown.map(({ id, title, steps: [first] }) => (
          <SeeStep key={id} place={{ chapter: id, step: first.id }}>
            {`Chapter ${numberOf({ id })}: ${title}`}
          </SeeStep>
        ))}
      </div>
    </article>
  );
}
