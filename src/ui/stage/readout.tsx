import { QuorumHexagon } from '../kit/quorum-hexagon.tsx';
import { Simulated } from '../kit/simulated.tsx';
import { Narration } from './narration.tsx';
import { QuorumMeter, RecoveryQuorum, useMeteredGroup } from './quorum-meter.tsx';
import { Rules } from './rules.tsx';
import styles from './stage.module.css';

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
      </div>
      <div className={styles['marks']}>
        <Rules />
        <Simulated />
      </div>
    </>
  );
}
