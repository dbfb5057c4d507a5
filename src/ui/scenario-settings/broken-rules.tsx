import { MUTATIONS, type Mutation } from '../../protocol/mutations.ts';
import styles from './fields.module.css';
import type { Draft } from './fields.tsx';
import { Option } from './option.tsx';

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
      {ALL.map(({ id, title, says, caughtBy }) => (
        <Option
          key={id}
          label={title}
          on={config.mutations.includes(id)}
          onChange={(on) => set(id, on)}
        >
          {says} Caught by {caughtBy.join(' or ')}.
        </Option>
      ))}
    </>
  );
}
