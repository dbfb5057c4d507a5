import { useEffect } from 'react';
import { useApp, usePage } from '../hooks/page.ts';
import type { Action } from '../power-action.ts';
import { foreseeable } from './foreseeable.ts';
import styles from './foretold.module.css';
import { Foretold } from './foretold.tsx';
import { FORESEEN_ID, placeOf } from './use-foresight.ts';

/** As long as no item is pointed at, the first is asked for: a finger points at none. */
const FIRST = 'menu first';

interface MenuForesightProps {
  readonly first: Action | undefined;
  readonly all: readonly Action[];
}

/** The foot of a menu: what the item pointed at would do, or else the first that does something. */
export function MenuForesight({ first, all }: MenuForesightProps) {
  const { foresight } = usePage();
  const foreseen = useApp((state) => state.foreseen);
  const act = first ? foreseeable(first) : null;
  const key = JSON.stringify(act);
  const isFree = foreseen === null || foreseen.asker === FIRST;
  // biome-ignore lint/correctness/useExhaustiveDependencies: an act that says the same is the same.
  useEffect(() => {
    if (act && isFree) foresight.ask({ asker: FIRST, act, aloud: false });
  }, [key, isFree, foresight]);
  useEffect(() => () => foresight.forget(FIRST), [foresight]);
  if (!act) return null;
  const told = foreseen && placeOf(foreseen.asker) === 'menu' ? foreseen : null;
  const said = JSON.stringify(told?.act);
  const what = all.find((action) => JSON.stringify(foreseeable(action)) === said) ?? first;
  return (
    <div className={styles['footer']} id={told ? FORESEEN_ID : undefined}>
      <span className={styles['what']}>{what?.label}</span>
      <Foretold answer={told?.answer ?? null} />
    </div>
  );
}
