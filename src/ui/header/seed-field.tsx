import { type FormEvent, useRef } from 'react';
import { usePage, useSummary } from '../hooks/page.ts';
import styles from './header.module.css';

const MOST = 4_294_967_295;

/** The number every chance of the run comes from. Another one begins the run anew. */
export function SeedField() {
  const { player, store } = usePage();
  const seed = useSummary((summary) => summary.seed);
  const field = useRef<HTMLInputElement>(null);
  const apply = (event?: FormEvent): void => {
    event?.preventDefault();
    const text = field.current?.value.trim() ?? '';
    const next = Number(text);
    if (text === '' || !Number.isInteger(next) || next < 0 || next > MOST) {
      const problem = `A seed is a whole number from 0 to ${MOST}.`;
      store.getState().toast(problem, { tone: 'problem' });
      if (field.current) field.current.value = String(seed);
    } else if (next !== seed) {
      const { scenario, interventions } = player.run();
      player.open({ scenario, seed: next, interventions });
    }
  };
  return (
    <form onSubmit={apply}>
      <label className={styles['seed']}>
        Seed
        <input
          ref={field}
          key={seed}
          inputMode="numeric"
          autoComplete="off"
          defaultValue={seed}
          onBlur={() => apply()}
        />
      </label>
    </form>
  );
}
