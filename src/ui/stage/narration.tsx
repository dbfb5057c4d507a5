import { useEffect, useState } from 'react';
import { useSummary } from '../hooks/page.ts';
import styles from './stage.module.css';

const NOTHING = 'Nothing has happened yet. Press Play, or W for one write.';
/** What was worth telling lies further back than one looks. */
const QUIET = 'Nothing worth telling lately.';

/** How long a step back says what it undid, before what happened last is said again. */
const UNDID_MS = 2_500;

/** What the last step back undid, for a moment; empty otherwise. */
function useUndid(): string {
  const undid = useSummary((summary) => summary.undid);
  const count = useSummary((summary) => summary.count);
  const [over, setOver] = useState(-1);
  useEffect(() => {
    if (undid === '') return;
    const timer = setTimeout(() => setOver(count), UNDID_MS);
    return () => {
      clearTimeout(timer);
      setOver(-1);
    };
  }, [undid, count]);
  return over === count ? '' : undid;
}

/** The sentence that says what just happened. Read aloud by the status region, not from here. */
export function Narration() {
  const last = useSummary((summary) => summary.sentence);
  const undid = useUndid();
  const sentence = undid === '' ? last : `Undid: ${undid}`;
  const begun = useSummary((summary) => summary.count > 0);
  return (
    <p className={styles['narration']} title={sentence}>
      <span>{sentence || (begun ? QUIET : NOTHING)}</span>
    </p>
  );
}
