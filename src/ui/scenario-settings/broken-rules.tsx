import { useId } from 'react';
import { MUTATIONS, type Mutation } from '../../protocol/mutations.ts';
import styles from './fields.module.css';
import type { Draft } from './fields.tsx';

interface BrokenRulesProps {
  readonly draft: Draft;
  onWrite(config: Draft['config']): void;
}

const ALL: readonly Mutation[] = MUTATIONS;

/** Rules that can be broken on purpose: the checker has to notice. */
export function BrokenRules({ draft, onWrite }: BrokenRulesProps) {
  const { config } = draft;
  const set = (id: Mutation['id'], on: boolean): void => {
    const others = config.mutations.filter((each) => each !== id);
    onWrite({ ...config, mutations: on ? [...others, id] : others });
  };
  return (
    <>
      <p className={styles['says']}>
        Each makes the simulation do something that Aurora must not do. The checker watches the run
        and names the rule that no longer holds.
      </p>
      {ALL.map((mutation) => (
        <BrokenRule
          key={mutation.id}
          mutation={mutation}
          on={config.mutations.includes(mutation.id)}
          onChange={(on) => set(mutation.id, on)}
        />
      ))}
    </>
  );
}

interface BrokenRuleProps {
  readonly mutation: Mutation;
  readonly on: boolean;
  onChange(on: boolean): void;
}

function BrokenRule({ mutation: { title, says, caughtBy }, on, onChange }: BrokenRuleProps) {
  const id = useId();
  return (
    <div className={styles['option']}>
      <input
        id={id}
        type="checkbox"
        checked={on}
        aria-describedby={`${id}-says`}
        onChange={({ target }) => onChange(target.checked)}
      />
      <label htmlFor={id}>{title}</label>
      <p id={`${id}-says`} className={styles['says']}>
        {says} Caught by {caughtBy.join(' or ')}.
      </p>
    </div>
  );
}
