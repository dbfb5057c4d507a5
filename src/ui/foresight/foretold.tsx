import { span } from '../../protocol/narration/words.ts';
import type { Prospect } from '../../store/app-store.ts';
import styles from './foretold.module.css';

/** What would come of an act: sentences, and how far ahead they were seen. */
export function Foretold({ answer }: Pick<Prospect, 'answer'>) {
  const sentences = answer?.sentences ?? [];
  return (
    <>
      <span className={styles['sentences']}>
        {sentences.length > 0 ? sentences.join(' ') : 'Trying it out …'}
      </span>
      <span className={styles['ahead']}>
        {answer?.done
          ? `Tried on a copy of this run, ${span(answer.aheadUs)} ahead. Nothing is done yet.`
          : 'Trying it on a copy of this run …'}
      </span>
    </>
  );
}
