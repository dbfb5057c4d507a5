import { useView } from '../hooks/page.ts';
import { QuorumHexagon } from '../kit/quorum-hexagon.tsx';
import { Simulated } from '../kit/simulated.tsx';
import { Narration } from './narration.tsx';
import { QuorumMeter, RecoveryQuorum, useMeteredGroup } from './quorum-meter.tsx';
import { Rules } from './rules.tsx';
import styles from './stage.module.css';

/** What holds the writer up although its quorums are there. */
function Stalled() {
  const view = useView();
  const writer = view?.instances.find(({ role }) => role === 'writer');
  const lost = view?.groups.some(({ writesOk }) => !writesOk);
  if (!view || !writer?.stalled || lost) return null;
  const oldest = view.instances.find(
    ({ id, oldestReadView }) => id !== writer.id && oldestReadView <= view.volume.pgmrpl,
  );
  const because = oldest ? `${oldest.id} still reads as of ${oldest.oldestReadView}. ` : '';
  return (
    <p className={styles['stalled']}>
      Writes wait: {because}
      {writer.stalled}
    </p>
  );
}

/** The instrument's dial: what just happened, and how far the newest record has come. */
export function Readout() {
  const group = useMeteredGroup();
  return (
    <>
      {group ? <QuorumHexagon group={group} /> : null}
      <div className={styles['reading']}>
        <Narration />
        {group ? <QuorumMeter group={group} /> : null}
        {group ? <RecoveryQuorum group={group} /> : null}
        <Stalled />
      </div>
      <div className={styles['marks']}>
        <Rules />
        <Simulated />
      </div>
    </>
  );
}
