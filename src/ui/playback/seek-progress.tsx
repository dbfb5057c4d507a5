import { clockText } from '../../store/clock-text.ts';
import { usePage, useSummary } from '../hooks/page.ts';
import { Button } from '../kit/button.tsx';
import styles from './seek-progress.module.css';

/** A long way through a run: how far it has come, and a way to end it where it is. */
export function SeekProgress() {
  const { player } = usePage();
  const seeking = useSummary((summary) => summary.seeking);
  if (!seeking) return null;
  const { toUs, part } = seeking;
  const words = toUs === null ? 'Looking for the next one' : `Going to ${clockText(toUs)}`;
  return (
    <div className={styles['seeking']}>
      <label>
        <span>{words}</span>
        <progress value={toUs === null ? undefined : part} />
      </label>
      {toUs === null ? null : <span className={styles['part']}>{Math.floor(100 * part)} %</span>}
      <Button keys="K" onClick={() => player.pause()}>
        Stop here
      </Button>
    </div>
  );
}
