import { Check, X } from 'lucide-react';
import type { Storyteller } from '../../store/story/storyteller.ts';
import type { Prediction as Asked } from '../../stories/step.ts';
import { useApp } from '../hooks/page.ts';
import { Prose } from './prose.tsx';
import styles from './story.module.css';

interface PredictionProps {
  readonly asked: Asked;
  readonly teller: Storyteller;
}

/** A guess before the run. It is never counted; what is said to it comes at once. */
export function Prediction({ asked, teller }: PredictionProps) {
  const choice = useApp((state) => state.story?.choice ?? null);
  const chosen = choice === null ? null : (asked.choices[choice] ?? null);
  return (
    <section className={styles['prediction']} aria-label="Your guess">
      <p className={styles['asks']} id="story-asks">
        {asked.asks}
      </p>
      <ul aria-labelledby="story-asks">
        {asked.choices.map(({ says, right }, i) => (
          <li key={says}>
            <button
              type="button"
              className={styles['choice']}
              aria-pressed={choice === i}
              data-right={(choice !== null && right) || undefined}
              onClick={() => teller.choose(i)}
            >
              <span>{says}</span>
              {choice !== null && right ? (
                <Check className={styles['icon']} data-good aria-label="This is so" />
              ) : null}
              {choice === i && !right ? <X className={styles['icon']} aria-label="Not so" /> : null}
            </button>
          </li>
        ))}
      </ul>
      {chosen ? (
        <p className={styles['feedback']}>
          <Prose text={chosen.feedback} />
        </p>
      ) : null}
    </section>
  );
}
