import { useSummary } from '../hooks/page.ts';
import styles from './stage.module.css';

/** The sentence that says what just happened. Read aloud by the status region, not from here. */
export function Narration() {
  const sentence = useSummary((summary) => summary.sentence);
  return (
    <p className={styles['narration']} title={sentence}>
      <span>{sentence || 'Nothing has happened yet. Press Play, or W for one write.'}</span>
    </p>
  );
}
