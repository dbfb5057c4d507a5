import { Check, X } from 'lucide-react';
import { durationText } from '../../scene/words.ts';
import { clockText } from '../../store/clock-text.ts';
import type { Following, FollowStage, StageKind } from '../../store/following.ts';
import { usePage } from '../hooks/page.ts';
import { IconButton } from '../kit/button.tsx';
import styles from './follow-write.module.css';

/** As long as a column is wide; the whole title is read aloud and shown when pointed at. */
const SHORT: Readonly<Record<StageKind, string>> = {
  statement: 'Statement',
  records: 'Redo cut',
  sent: 'Sent',
  stored: 'On disk',
  acknowledged: 'Quorum',
  durable: 'Durable',
  returned: 'Returned',
  replicas: 'Replicas',
  stragglers: 'Last copies',
};

/** One write on its way: the stages it goes through, each with its own clock. */
export function FollowWrite({ following }: { readonly following: Following }) {
  const { store } = usePage();
  const { txn, stages, present } = following;
  const startUs = stages.find(({ doneAt }) => doneAt !== null)?.doneAt?.timeUs ?? null;
  return (
    <section className={styles['strip']} aria-label={`Following transaction ${txn}`}>
      <p className={styles['title']}>
        Following
        <button
          type="button"
          onClick={() => store.getState().select({ kind: 'transaction', id: String(txn) })}
        >
          transaction {txn}
        </button>
      </p>
      <ol className={styles['stages']} tabIndex={0}>
        {stages.map((stage) => (
          <Stage
            key={stage.kind}
            stage={stage}
            present={stage.kind === present}
            startUs={startUs}
          />
        ))}
      </ol>
      <IconButton label="Stop following" icon={X} onClick={() => store.getState().follow(null)} />
    </section>
  );
}

interface StageProps {
  readonly stage: FollowStage;
  readonly present: boolean;
  readonly startUs: number | null;
}

function Stage({ stage: { kind, title, done, doneAt, points }, present, startUs }: StageProps) {
  const { player } = usePage();
  const last = points.at(-1);
  const clock = doneAt ? sinceText(doneAt.timeUs, startUs) : present ? 'now' : '';
  const detail = last ? `${title}. ${last.where}: ${last.text}` : title;
  return (
    <li
      className={styles['stage']}
      data-done={done || undefined}
      aria-current={present ? 'step' : undefined}
    >
      <button
        type="button"
        title={doneAt ? `${detail}. Go to ${clockText(doneAt.timeUs)}` : detail}
        aria-disabled={doneAt === null}
        onClick={() => doneAt && player.seek(doneAt)}
      >
        <i aria-hidden="true">{done ? <Check /> : null}</i>
        <span className={styles['name']} aria-hidden="true">
          {SHORT[kind]}
        </span>
        <span className="visually-hidden">{title}</span>
        <span className={styles['clock']}>{clock}</span>
      </button>
    </li>
  );
}

/** The first stage shows the clock; the others what has passed since. */
const sinceText = (timeUs: number, startUs: number | null): string =>
  startUs === null || timeUs === startUs ? clockText(timeUs) : `+${durationText(timeUs - startUs)}`;
