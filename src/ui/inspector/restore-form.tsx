import { History } from 'lucide-react';
import { type FormEvent, useId, useState } from 'react';
import type { StoreView } from '../../protocol/view-change.ts';
import { clockText } from '../../store/clock-text.ts';
import { useIntervene } from '../hooks/use-perform.ts';
import { Button } from '../kit/button.tsx';
import styles from './restore-form.module.css';

/** Whole microseconds that a person's milliseconds mean; null when they mean none that can be restored to. */
function microsIn(text: string, latestUs: number): number | null {
  const us = Math.round(Number(text.trim().replace(',', '.')) * 1_000);
  return text.trim() !== '' && us >= 0 && us <= latestUs ? us : null;
}

const millisIn = (us: number): string => (us / 1_000).toFixed(3);

/** Restores to a moment of one's own choice, up to the latest that the backup covers. */
export function RestoreForm({ store }: { readonly store: StoreView }) {
  const intervene = useIntervene();
  const id = useId();
  // Nothing chosen yet: the latest, which moves on with time.
  const [chosen, setChosen] = useState<string | null>(null);
  const latestUs = store.restorableToUs;
  const text = chosen ?? millisIn(latestUs);
  const toUs = microsIn(text, latestUs);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (toUs !== null) intervene({ op: 'restore-volume', toUs });
  };
  return (
    <form className={styles['form']} onSubmit={submit} aria-label="Restore to a point in time">
      <label htmlFor={id}>As it was at, in milliseconds</label>
      <input
        type="range"
        aria-label="As it was at"
        aria-valuetext={clockText(toUs ?? latestUs)}
        min={0}
        max={Math.max(1, Math.floor(latestUs / 1_000))}
        value={Math.floor((toUs ?? latestUs) / 1_000)}
        onChange={({ target }) => setChosen(millisIn(Number(target.value) * 1_000))}
      />
      <input
        id={id}
        inputMode="decimal"
        autoComplete="off"
        value={text}
        aria-invalid={toUs === null}
        aria-describedby={`${id}-says`}
        onChange={({ target }) => setChosen(target.value)}
      />
      <Button icon={History} submits aria-disabled={toUs === null}>
        Restore
      </Button>
      <p id={`${id}-says`}>
        {toUs === null
          ? `A time from 0 to ${millisIn(latestUs)}: later ones are not in the backup yet.`
          : `A new volume, as this one was at ${clockText(toUs)}.`}
      </p>
    </form>
  );
}
