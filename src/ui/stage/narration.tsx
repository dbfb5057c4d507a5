import { useSummary } from '../hooks/page.ts';
import styles from './stage.module.css';

const NOTHING = 'Nothing has happened yet. Press Play, or W for one write.';
/** What was worth telling lies further back than one looks. */
const QUIET = 'Nothing worth telling lately.';

/** The sentence that says what just happened. Read aloud by the status region, not from here. */
export function Narration() {
  const sentence = useSummary((summary) => summary.sentence);
  const begun = useSummary((summary) => summary.count > 0);
  return (
    <p className={styles['narration']} title={sentence}>
      <span>{sentence || (begun ? QUIET : NOTHING)}</span>
    </p>
  );
}
