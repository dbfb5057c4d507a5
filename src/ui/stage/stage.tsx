import { useDeferredValue } from 'react';
import { useApp, useSummary } from '../hooks/page.ts';
import { useArrangement } from '../hooks/use-arrangement.ts';
import { useMedia } from '../hooks/use-media.ts';
import { later } from '../kit/later.tsx';
import { ActionMenu } from './action-menu-loader.tsx';
import { CanvasHost } from './canvas-host.tsx';
import { Caption } from './caption.tsx';
import styles from './stage.module.css';
import type { StageBarProps } from './stage-bar.tsx';

const panels = () => import('../panels.tsx');
const BarRoom = (_: StageBarProps) => <div className={styles['bar']} />;
const StageBar = later(async () => (await panels()).StageBar, BarRoom);
const Readout = later(async () => (await panels()).Readout);
const View = later(
  async () => (await import('../views/view.tsx')).View,
  () => <div className={styles['view']} aria-busy />,
);
const FollowWrite = later(async () => (await import('./follow-write.tsx')).FollowWrite);

/** The tabs and buttons of the bar take 640 pixels; on the flattest pages some tabs give way instead. */
const IN_BAR = '(min-width: 800px), (max-height: 429px)';

/** The cluster, drawn and pressable, with one sentence above it and what just happened below. */
export function Stage() {
  const arrangement = useArrangement();
  // The tab pressed lights up at once; a view takes longer to build than an eye waits.
  const pressed = useApp((state) => state.tab);
  const tab = useDeferredValue(pressed);
  const asTable = useApp((state) => state.asTable);
  // Where height is scarce it shares the row of the tabs, if the row has room for words.
  const inBar = useMedia(IN_BAR) && arrangement === 'short';
  return (
    <div className={styles['stage']} data-arrangement={arrangement}>
      <StageBar middle={inBar ? <Caption /> : null} />
      <div
        className={styles['panel']}
        role="tabpanel"
        id={`views-${tab}-panel`}
        aria-labelledby={`views-${tab}-tab`}
        aria-busy={tab !== pressed}
      >
        {inBar ? null : <Caption />}
        {tab === 'cluster' && !asTable ? <CanvasHost /> : <View tab={tab} />}
        <Following />
        <div className={styles['readout']}>
          <Readout />
        </div>
      </div>
      <ActionMenu />
    </div>
  );
}

function Following() {
  const following = useSummary((summary) => summary.following);
  return following ? <FollowWrite following={following} /> : null;
}
