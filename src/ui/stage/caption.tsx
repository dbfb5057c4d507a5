import { Power, TriangleAlert } from 'lucide-react';
import type { ClusterView, GroupView } from '../../protocol/view.ts';
import { useApp, usePage, useView } from '../hooks/page.ts';
import { useIntervene } from '../hooks/use-perform.ts';
import { worstOf } from '../inspector/nothing-selected.tsx';
import { Button } from '../kit/button.tsx';
import { Glyph } from '../kit/glyph.tsx';
import styles from './caption.module.css';
import { useFirstRun } from './use-first-run.ts';

/**
 * One line above the stage, always as high: what is blocked, else kill mode, else what one is
 * looking at. Nothing is covered and nothing moves when it changes.
 */
export function Caption() {
  const view = useView();
  const killMode = useApp((state) => state.killMode);
  const firstRun = useFirstRun();
  const worst = view ? worstOf(view.groups) : undefined;
  if (view && worst && worst.health !== 'writes continue') {
    return <Blocked view={view} group={worst} />;
  }
  if (firstRun === 'before') return <KillBanner first />;
  if (firstRun === 'after' && worst) return <FirstKill group={worst} />;
  if (killMode) return <KillBanner first={false} />;
  return (
    <div className={styles['caption']}>
      <p>
        Three Availability Zones. Instances on top, storage nodes below.
        <span className={styles['key']}>
          <Glyph name="redo" /> redo going down
        </span>
        <span className={styles['key']}>
          <Glyph name="ack" /> acks coming up
        </span>
      </p>
    </div>
  );
}

function KillBanner({ first }: { readonly first: boolean }) {
  const { store } = usePage();
  return (
    <div className={styles['caption']} data-tone="kill">
      <Power aria-hidden="true" />
      <p>
        {first
          ? 'Six copies of every change. Click a storage node to kill it.'
          : 'Kill mode: click anything.'}
      </p>
      <Button kind="quiet" keys="Esc" onClick={() => store.getState().setKillMode(false)}>
        {first ? 'Not now' : 'Stop'}
      </Button>
    </div>
  );
}

function FirstKill({ group }: { readonly group: GroupView }) {
  const copies = group.segments.length;
  const needed = 'k' in group.write ? group.write.k : group.meter?.needed;
  return (
    <div className={styles['caption']} data-tone="told">
      <p>
        PG {group.id} has {group.healthy} of {copies}. The next commit still needs only {needed}.
      </p>
    </div>
  );
}

function Blocked({ view, group }: { readonly view: ClusterView; readonly group: GroupView }) {
  const intervene = useIntervene();
  const down = group.segments.find(({ state }) => state === 'down');
  const zone = view.zones.find(({ state }) => state === 'down');
  const needed = 'k' in group.write ? group.write.k : (group.meter?.needed ?? 0);
  const risk = group.health === 'data at risk';
  return (
    <div className={styles['caption']} data-tone="blocked" role="group" aria-label="Writes wait">
      <TriangleAlert aria-hidden="true" />
      <p>
        {risk ? 'Data at risk' : 'Writes wait'}: PG {group.id} has {group.healthy} of{' '}
        {group.segments.length} copies, needs {needed}.
      </p>
      {down ? (
        <Button onClick={() => intervene({ op: 'restore', target: down.host })}>
          Restore {down.host}
        </Button>
      ) : null}
      {zone ? (
        <Button onClick={() => intervene({ op: 'restore-zone', az: zone.az })}>
          Restore AZ {zone.az}
        </Button>
      ) : null}
    </div>
  );
}
