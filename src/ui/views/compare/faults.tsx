import { HardDrive, MapPinOff, PowerOff } from 'lucide-react';
import type { Intervention } from '../../../protocol/intervention.ts';
import { WRITER } from '../../../protocol/topology.ts';
import { whyNoCounterpart, withoutCounterpart } from '../../../scenario/mirrored.ts';
import type { Run } from '../../../scenario/run.ts';
import { actDone } from '../../../store/act-words.ts';
import { type Deed, perform, power, slowness, zonePower } from '../../../store/acts.ts';
import { usePage, useSummary, useView } from '../../hooks/page.ts';
import { Button } from '../../kit/button.tsx';
import styles from './compare.module.css';

/** The node whose disk is slowed, and what stands for it on the other side. */
const SLOWED = 'B1';

/** What can be done to both systems at once; pressed again it is taken back. */
export function Faults() {
  const { player, store } = usePage();
  const view = useView();
  if (!view) return null;
  // The first writer stays the one that is brought back, whoever has taken over meanwhile.
  const { instances } = view;
  const database =
    instances.find(({ id, state }) => id === WRITER && state === 'down') ??
    instances.find(({ role }) => role === 'writer');
  const press = ({ act, reason }: Deed): void => {
    if (act) perform(player, store, act);
    else if (reason) store.getState().toast(reason, { tone: 'problem' });
  };
  const fault = (title: string, to: string, icon: typeof HardDrive, deed: Deed) => (
    <Button
      key={title}
      icon={icon}
      title={to}
      aria-pressed={deed.on}
      aria-disabled={deed.reason !== null}
      onClick={() => press(deed)}
    >
      {title}
    </Button>
  );
  return (
    <div className={styles['faults']} role="toolbar" aria-label="Do to both">
      {fault(
        'Slow one disk ×10',
        `${SLOWED} on Aurora, the EBS volume of zone B on MySQL`,
        HardDrive,
        slowness(view, SLOWED),
      )}
      {fault(
        'Take AZ B down',
        'Two copies and a replica; the standby',
        MapPinOff,
        zonePower(view, 'B'),
      )}
      {fault(
        'Take AZ C down',
        'Two copies and a replica; nothing of MySQL',
        MapPinOff,
        zonePower(view, 'C'),
      )}
      {fault(
        'Crash the database',
        'The writer; the primary',
        PowerOff,
        power(view, database?.id ?? null),
      )}
    </div>
  );
}

/** What was done by now and means nothing to the other side. */
const unmatched = (run: Run, nowUs: number): readonly Intervention[] =>
  withoutCounterpart(run).filter(({ at }) => at.timeUs <= nowUs);

/** Says what was done to Aurora alone, and why. */
export function Unmatched() {
  const { player } = usePage();
  const nowUs = useSummary((summary) => summary.shownUs);
  const acts = unmatched(player.run(), nowUs);
  const last = acts.at(-1);
  if (!last) return null;
  const done = actDone(last.act, last.at.timeUs, player.writerAt(last.at));
  const others = acts.length > 1 ? ` (and ${acts.length - 1} more before)` : '';
  return (
    <p className={styles['unmatched']}>
      <strong>On Aurora alone:</strong> {done}
      {others}. MySQL has no counterpart: {whyNoCounterpart(last.act)}.
    </p>
  );
}
