import { numberOf } from '../../stories/chapter-number.ts';
import { glossaryInOrder } from '../../stories/introduced.ts';
import { Glyph } from '../kit/glyph.tsx';
import { markOf } from './marks.ts';
import styles from './pages.module.css';
import { SeeStep } from './see-step.tsx';

const ENTRIES = glossaryInOrder();

/** All words that have to be learned, each with the step that introduces it. */
export function Glossary() {
  return (
    <>
      <p>The words of the page, and the step of the story that introduces each.</p>
      <dl className={styles['glossary']}>
        {ENTRIES.map(({ key, entry: { term, acronym, says }, introduced }) => {
          const { glyph } = markOf(key);
          return (
            <div key={key} className={styles['entry']}>
              <dt>
                {glyph ? <Glyph name={glyph} /> : null} {term}
                {acronym ? <span className={styles['acronym']}> {acronym}</span> : null}
              </dt>
              <dd>{says}</dd>
              {introduced ? (
                <dd>
                  <SeeStep
                    place={{ chapter: introduced.chapter.id, step: introduced.step.id }}
                    label={`See it: ${term}, in chapter ${numberOf(introduced.chapter)}`}
                  >
                    See it
                  </SeeStep>
                </dd>
              ) : null}
            </div>
          );
        })}
      </dl>
    </>
  );
}
