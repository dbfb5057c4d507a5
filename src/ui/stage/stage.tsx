import { useSummary } from '../hooks/page.ts';
import { useArrangement } from '../hooks/use-arrangement.ts';
import { later } from '../kit/later.tsx';
import { QuorumHexagon } from '../kit/quorum-hexagon.tsx';
import { Simulated } from '../kit/simulated.tsx';
import { ActionMenu } from './action-menu-loader.tsx';
import { CanvasHost } from './canvas-host.tsx';
import { Caption } from './caption.tsx';
import { Narration } from './narration.tsx';
import { QuorumMeter, RecoveryQuorum, useMeteredGroup } from './quorum-meter.tsx';
import styles from './stage.module.css';
import { StageBar } from './stage-bar.tsx';

const FollowWrite = later(async () => (await import('./follow-write.tsx')).FollowWrite);

/** The cluster, drawn and pressable, with one sentence above it and what just happened below. */
export function Stage() {
  const arrangement = useArrangement();
  // Where height is scarce it shares the row of the tabs.
  const inBar = arrangement === 'short';
  return (
    <div className={styles['stage']} data-arrangement={arrangement}>
      <StageBar middle={inBar ? <Caption /> : null} />
      <div
        className={styles['panel']}
        role="tabpanel"
        id="views-cluster-panel"
        aria-labelledby="views-cluster-tab"
      >
        {inBar ? null : <Caption />}
        <CanvasHost />
        <Following />
        <Readout />
      </div>
      <ActionMenu />
    </div>
  );
}

function Following() {
  const following = useSummary((summary) => summary.following);
  return following ? <FollowWrite following={following} /> : null;
}

/** The instrument's dial: what just happened, and how far the newest record has come. */
function Readout() {
  const group = useMeteredGroup();
  return (
    <div className={styles['readout']}>
      {group ? <QuorumHexagon group={group} /> : null}
      <div className={styles['reading']}>
        <Narration />
        {group ? <QuorumMeter group={group} /> : null}
        {group ? <RecoveryQuorum group={group} /> : null}
      </div>
      <Simulated />
    </div>
  );
}
