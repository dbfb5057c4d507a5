import type { ClusterView } from '../../protocol/view.ts';
import { durationText, numberText } from '../../scene/words.ts';
import { worstGroup } from '../../store/cluster-words.ts';
import { lsnText } from '../format.ts';
import { useApp } from '../hooks/page.ts';
import { Simulated } from '../kit/simulated.tsx';
import { PanelHeader } from '../layout/panel-header.tsx';
import { Pairs } from './fact-list.tsx';
import styles from './inspector.module.css';

/** The whole cluster in a few lines, until something is selected. */
export function NothingSelected({ view }: { readonly view: ClusterView }) {
  const { volume, counters, instances } = view;
  const killMode = useApp((state) => state.killMode);
  const worst = worstGroup(view);
  const lag = Math.max(0, ...instances.map((instance) => instance.lagUs));
  return (
    <>
      <PanelHeader title="The cluster">
        <Simulated />
      </PanelHeader>
      <div className={styles['empty']} tabIndex={0} role="group" aria-label="The cluster">
        <p className={styles['hint']}>
          {killMode
            ? 'A click on the stage crashes what it meets, or restores it. Press X or Esc to inspect instead.'
            : 'Click anything on the stage to inspect it.'}
        </p>
        <Pairs
          facts={[
            { label: 'Commits returned', value: numberText(counters.commits) },
            { label: 'Newest record', acronym: 'LSN', value: lsnText(volume.allocated) },
            { label: 'Volume complete up to', acronym: 'VCL', value: lsnText(volume.vcl) },
            { label: 'Durable up to', acronym: 'VDL', value: lsnText(volume.vdl) },
            { label: 'Epoch', term: 'epoch', value: numberText(volume.epoch) },
            ...(worst
              ? [
                  {
                    label: `Copies up, PG ${worst.id}`,
                    term: 'PG' as const,
                    value: `${worst.healthy} of ${worst.copies}`,
                  },
                ]
              : []),
            {
              label: 'Geometry epoch',
              term: 'geometry epoch',
              value: numberText(volume.geometryEpoch),
            },
            { label: 'Replica lag, longest', value: durationText(lag) },
            { label: 'Messages in flight', value: numberText(counters.messages) },
            { label: 'Of them, to be lost', value: numberText(counters.lost) },
          ]}
        />
      </div>
    </>
  );
}
